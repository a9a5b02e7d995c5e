/** What is compared: each makes a module out of a module. */

import { readFileSync } from "node:fs";
import { variants } from "../bench/variants.js";
import { type Options, transform } from "../transformer/index.js";

export interface Subject {
  readonly name: string;
  readonly title: string;
  /** The package whose version is shown. */
  readonly package?: string;
  readonly compile: (source: string, fileName: string) => string;
}

const aclose = (options: Options) => (source: string, fileName: string) => {
  const { code, diagnostics } = transform(source, { fileName, include: "all", sourceMap: false, ...options });
  if (diagnostics.length > 0) throw new Error(`${fileName}: ${diagnostics[0]!.message}`);
  return code;
};

/** The peers as the benchmarks have them. */
function peer(name: string, title: string, packageName: string): Subject {
  const { compile } = variants.find((each) => each.name === name)!;
  return { name, title, package: packageName, compile };
}

const asIs = (source: string): string => source;

export const subjects: readonly Subject[] = [
  { name: "native", title: "native", compile: asIs },
  { name: "aclose", title: "aclose", compile: aclose({}) },
  { name: "interrupt", title: 'aclose, `close: "interrupt"`', compile: aclose({ close: "interrupt" }) },
  peer("typescript", "TypeScript", "typescript"),
  peer("babel", "Babel", "@babel/core"),
  peer("esbuild", "esbuild", "esbuild"),
  peer("swc", "swc", "@swc/core"),
  { name: "repeater", title: "Repeater", package: "@repeaterjs/repeater", compile: asIs },
];

export function versionOf(packageName: string): string {
  const path = new URL(`../node_modules/${packageName}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(path, "utf8")).version;
}
