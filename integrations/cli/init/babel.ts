/** Where Babel is configured, and who compiles with it. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { IsRun } from "./commands.js";
import type { Manifest } from "./manifest.js";

export interface BabelConfig {
  /** A file, of which package.json may be one; it may not be there yet. */
  readonly config: string;
  /** Who compiles with it, as scripts call them; undefined where that is Jest, or not known. */
  readonly host: string | undefined;
}

const entry = "aclose/babel";

/** The plugin, as Babel's documentation writes one that is not called `babel-plugin-`. */
export const babelPlugin = `module:${entry}`;

/** Whether a configuration has it: Babel takes the name without the prefix too, because of the slash in it. */
export const hasBabelPlugin = (text: string): boolean => text.includes(entry);

/** As scripts call them → the preset that they have where there is no configuration, and a new one must name. */
const hosts: Readonly<Record<string, string | undefined>> = {
  babel: undefined,
  "babel-node": undefined,
  metro: "module:@react-native/babel-preset",
  "react-native": "module:@react-native/babel-preset",
  expo: "babel-preset-expo",
  parcel: undefined,
  preconstruct: undefined,
};

const files = ["babel.config", ".babelrc"].flatMap((stem) =>
  ["js", "cjs", "mjs", "json", "ts", "cts", "mts"].map((kind) => `${stem}.${kind}`),
);

function configured(folder: string, { babel }: Manifest): string | undefined {
  const found = [...files, ".babelrc"].find((name) => existsSync(join(folder, name)));
  return found ?? (babel === undefined ? undefined : "package.json");
}

/** Jest compiles with Babel unless it is told otherwise; TypeScript only with a preset for it. */
function isJests(packages: Readonly<Record<string, string>>, isConfigured: boolean): boolean {
  if (["ts-jest", "@swc/jest", "esbuild-jest"].some((name) => name in packages)) return false;
  return (
    isConfigured || "babel-jest" in packages || "@babel/preset-typescript" in packages || !("typescript" in packages)
  );
}

/** At most one: the others of a folder are read beside it. `isAlone`: nothing else is known to compile. */
export function babelConfigs(
  folder: string,
  manifest: Manifest,
  packages: Readonly<Record<string, string>>,
  isRun: IsRun,
  isAlone: boolean,
): BabelConfig[] {
  const config = configured(folder, manifest);
  const host = Object.keys(hosts).find((name) => isRun(name));
  const isUsed = host !== undefined || (isRun("jest") && isJests(packages, config !== undefined));
  if (config) return isUsed || isAlone ? [{ config, host }] : [];
  // Metro asks for babel.config.js, and leaves others to Babel, which can load no ES module here; Parcel keeps nothing
  // that it compiles by a configuration in JavaScript.
  const script = manifest.type === "module" ? "cjs" : "js";
  const name = `babel.config.${presetOf(host) ? script : "json"}`;
  return isUsed ? [{ config: name, host }] : [];
}

const presetOf = (host: string | undefined): string | undefined => host && hosts[host];

/** The text of a configuration that is not there yet. */
export function newBabelConfig({ config, host }: BabelConfig): string {
  const preset = presetOf(host);
  const value = JSON.stringify({ ...(preset ? { presets: [preset] } : {}), plugins: [babelPlugin] }, undefined, 2);
  return config.endsWith(".json") ? `${value}\n` : `module.exports = ${value};\n`;
}

/** What a package must say of itself so that Parcel finds what compiled code imports. */
export const parcelResolver = ["@parcel/resolver-default", "packageExports"];
