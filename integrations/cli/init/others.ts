/** What compiles in a project that `init` does not set up. Left unnamed, it leaves generators native without a word. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface OtherTool {
  readonly name: string;
  /** Whether the project's files show that aclose compiles for it. */
  readonly isSetUp: boolean;
  /** What is to be done, as a sentence. */
  readonly cure: string;
}

/** As scripts call it → the name of its configuration, the plugin, and where that goes. */
const pluggable: Readonly<Record<string, readonly [config: string, plugin: string, place: string]>> = {
  tsup: ["tsup.config", "esbuild", "`esbuildPlugins`"],
  tsdown: ["tsdown.config", "rolldown", "`plugins`"],
  unbuild: ["build.config", "rollup", "`options.plugins`, first, in the hook `rollup:options`"],
  rslib: ["rslib.config", "rspack", "`tools.rspack.plugins`"],
  rsbuild: ["rsbuild.config", "rspack", "`tools.rspack.plugins`"],
  astro: ["astro.config", "vite", "`vite.plugins`"],
  nuxt: [
    "nuxt.config",
    "vite",
    '`vite.plugins`, and for the server the one from "aclose/unplugin/rollup" to `nitro.rollupConfig.plugins`',
  ],
  next: ["next.config", "webpack", "`config.plugins` in `webpack`, and run `next build --webpack`"],
};

/** Jest with another transform than ts-jest's. */
const transforms = ["@swc/jest", "babel-jest", "@babel/preset-typescript"];

/** They take no plugin that aclose has. */
const closed = ["ng", "parcel", "babel", "swc", "expo", "react-native", "react-scripts"];

export function othersIn(
  folder: string,
  scripts: readonly string[],
  packages: Readonly<Record<string, string>>,
  configAt: (stem: string) => string | undefined,
): OtherTool[] {
  const isRun = (name: string): boolean =>
    scripts.some((script) => new RegExp(`(?:^|[\\s;&|])${name}(?=$|[\\s;&|])`).test(script));
  const isSaid = (words: string): boolean => scripts.some((script) => script.includes(words));
  const plugged = Object.entries(pluggable).map(([name, [stem, plugin, place]]): OtherTool => {
    const config = configAt(stem);
    return {
      name,
      isSetUp: config !== undefined && readFileSync(join(folder, config), "utf8").includes("aclose/unplugin"),
      cure: `add \`aclose()\` from "aclose/unplugin/${plugin}" to ${place} (${config ?? `${stem}.js`}).`,
    };
  });
  const isTransformed = !("ts-jest" in packages) && transforms.some((name) => name in packages);
  const fed = [...closed, ...(isTransformed ? ["jest"] : [])].map((name): OtherTool => {
    const cure = "give it the files that `aclose build <sources> --out-dir <folder>` wrote, in a script before it.";
    return { name, isSetUp: isSaid("aclose build"), cure };
  });
  const run = {
    name: "tsx",
    isSetUp: isSaid("aclose/register"),
    cure: "run `node --import aclose/register` in its place.",
  };
  return [...plugged, ...fed, run].filter(({ name }) => isRun(name));
}
