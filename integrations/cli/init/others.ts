/** What compiles in a project that `init` does not set up. Left unnamed, it leaves generators native without a word. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { runIn, textsOf } from "./commands.js";
import { installedVersion, majorOf } from "./manifest.js";
import { pluggableIn, serverless } from "./pluggable.js";
import { wholeText } from "./taken-in.js";
import { tsNodeTranspiler } from "./tsconfig.js";

export interface OtherTool {
  readonly name: string;
  /** Whether the project's files show that aclose compiles for it. */
  readonly isSetUp: boolean;
  /** What is to be done, as a sentence. */
  readonly cure: string;
  /** Whether what it compiles may well be without generators: tests that drive a browser, scripts. */
  readonly isUncertain?: boolean;
  /** Whether it runs Vite or vitest by a configuration of its own. */
  readonly runsVite?: boolean;
}

/** They take no plugin that aclose has: as commands call them, where a name alone does not say that they compile. */
const closed: Readonly<Record<string, string>> = {
  // Its command takes no plugins, its API does. Not what Vite minifies with.
  esbuild: "(?<!--minify[ =])esbuild",
  // Not what `nest -b swc` has.
  swc: "(?<!(?:-b|--builder)[ =])swc",
  "@nx/js:swc": "@nx/js:swc",
  sucrase: "sucrase",
  bunchee: "bunchee",
  pkgroll: "pkgroll",
  microbundle: "microbundle",
  bob: "bob build",
  // What it is given may be what tsc wrote.
  ncc: "ncc (?:build|run) \\S+\\.[cm]?tsx?",
  sst: "sst (?:dev|deploy)",
  gatsby: "gatsby",
  stencil: "stencil (?:build|test)",
  remix: "remix (?:build|dev)",
  "react-scripts": "react-scripts",
  bun: "bun(?: -\\S+| run)* \\S+\\.[cm]?[jt]sx?|bun(?: -\\S+)* (?:test|build)",
  playwright: "playwright test",
  cypress: "cypress (?:run|open)",
  // Not what it runs of npm, as Vite's command.
  deno: "deno (?:run|test|serve|compile|bundle|bench)(?![^&|;]* npm:)",
};

/** What else they need. */
const needs: Readonly<Record<string, string>> = {
  sam: " Name those in `EntryPoints` (template.yaml).",
  stencil:
    " Name the folder in `srcDir` (stencil.config) and `include` (tsconfig.json). A component's own methods cannot be compiled.",
  deno: " With TypeScript give `aclose build` the flag `--source-map inline`: Deno takes an external map for its own output's.",
};

/** They bundle functions with the project's esbuild, and give it no plugins. */
const deployers: Readonly<Record<string, string>> = { cdk: "cdk", sam: "sam (?:build|sync)" };

/** Whose name says that esbuild is called, and how. */
export const esbuildCallers: readonly string[] = [
  ...["esbuild", "serverless", "sls", "@nx/esbuild:esbuild"],
  ...Object.keys(deployers),
];

const browserTests: readonly string[] = ["playwright", "cypress"];

/** By its commands, and what is loaded of it, also of the copy that others maintain; Medusa's command has it. */
const tsNode = "(?:ts-node(?:-(?:dev|esm|script|transpile-only|cwd|maintained))?(?:/\\S*)?|medusa (?:develop|exec))";

const ifAny = "where what it runs has generators, ";
const register = "run `node --import aclose/register` in its place.";
/** Node itself, which takes types away, and who loads tests by it; the name of what is loaded first says more. */
const strippers: Readonly<Record<string, string>> = { node: register, mocha: "give it `--import=aclose/register`." };
const stripping = (program: string): string =>
  `${program}(?: (?!-r |--(?:require|import|loader)\\b)[^\\s;&|]+)* [^\\s;&|]+\\.[cm]?ts`;

/** They compile as Node loads, which `aclose/register` does in their place or before them: as commands call them → how. */
const loaders: Readonly<Record<string, readonly [pattern: string, cure: string]>> = {
  ...Object.fromEntries(
    [
      ...["tsx", "tsm", "tsimp", "jiti", "esbuild-register", "sucrase-node", "sucrase/register"],
      ...["@swc-node/register", "@oxc-node/core", "oxnode"],
    ].map((name) => [name, [`${name}(?:/\\S*)?`, register]] as const),
  ),
  // AdonisJS gives it to all programs that it starts, but for its build, which runs tsc.
  "@poppinss/ts-exec": [
    "(?<!ace(?:\\.js)? build[^&|;]*)@poppinss/ts-exec",
    "set `NODE_OPTIONS=--import=aclose/register` before it.",
  ],
  // Its command loads what it is given as Node does, types and all.
  fastify: ["fastify start [^&|;]*\\.[cm]?ts", "give it `--import aclose/register`."],
  // Not over what another tool has compiled.
  tap: ["tap(?! [^&|;]*\\.[cm]?js\\b)", "run it with `--node-arg=--import=aclose/register`."],
};

/** Those that read past it what they are given: as files of CommonJS, or whatever it is. */
const pastRegister: Readonly<Record<string, (command: string, isModule: boolean) => boolean>> = {
  tsx: (command, isModule) => !isModule && !/\.mtsx?\b/.test(command),
  jiti: () => true,
};

function registered(commands: readonly string[], isModule: boolean): OtherTool[] {
  const isRegistered = (command: string): boolean => command.includes("aclose/register");
  const isAnywhere = commands.some(isRegistered);
  const found = Object.entries(loaders).flatMap(([name, [pattern, cure]]): OtherTool[] => {
    const runs = commands.filter((command) => runIn([command])(pattern));
    if (runs.length === 0) return [];
    const isRead = (run: string): boolean => isRegistered(run) && !pastRegister[name]?.(run, isModule);
    // It may have it from its configuration.
    const isSetUp = name === "tap" ? isAnywhere : runs.every(isRead);
    // Beside what aclose compiles it may be there for scripts of the house.
    const stated = isAnywhere ? `${ifAny}${cure}` : cure;
    return [{ name, isSetUp, cure: stated, isUncertain: isAnywhere }];
  });
  if (found.length > 0) return found;
  const isRun = runIn(commands);
  const isStripping = (name: string): boolean =>
    isRun(stripping(name)) && !(name === "mocha" && isRun(`${tsNode}|@babel/register`));
  const names = isAnywhere ? ["node"] : Object.keys(strippers).filter(isStripping);
  return names.map((name) => {
    return { name, isSetUp: isAnywhere, cure: `${ifAny}${strippers[name]}`, isUncertain: true };
  });
}

/** Configurations that may name the command that builds what a tool takes. */
const builderConfigs: Readonly<Record<string, readonly string[]>> = {
  wrangler: ["wrangler.jsonc", "wrangler.json", "wrangler.toml"],
  cdk: ["cdk.json"],
};

/** What `nest` compiles with, where that is not TypeScript. */
function builderOfNest(folder: string, commands: readonly string[]): string | undefined {
  const configured = textsOf(folder, ["nest-cli.json"]).join();
  const flags = commands.filter((command) => command.includes("nest ")).join("\n");
  return (/(?:\s-b|--builder)[\s=]+(swc|rspack)\b/.exec(flags) ??
    /"(?:builder|type)"\s*:\s*"(swc|rspack)"/.exec(configured))?.[1];
}

/** In place of ts-jest. */
export const jestOfAngular = "jest-preset-angular";

/** What they compile is run, or given on, also where `noEmit` has nothing written. */
export const isRunner = (host: string): boolean =>
  ["ts-node", "ts-node-dev", "medusa", "svelte-package", jestOfAngular].includes(host);

/** Those that take the TypeScript that they find themselves, and not from the project: what leads to it, package by package. */
export const ownCompilers: Readonly<Record<string, readonly string[]>> = {
  tshy: ["tshy"],
  medusa: ["@medusajs/framework"],
  strapi: ["@strapi/strapi", "@strapi/typescript-utils"],
  "svelte-package": ["@sveltejs/package"],
  "gulp-typescript": ["gulp-typescript"],
};

/** ts-node has another compile where it is told so, past every plugin of TypeScript. */
function transpiler(folder: string, commands: readonly string[]): OtherTool[] {
  const flagged = `${tsNode}[^&|;]* (?:--swc|--transpiler)`;
  const from = runIn(commands)(tsNode) ? tsNodeTranspiler(folder) : undefined;
  const isUsed = runIn(commands)(flagged) || from !== undefined;
  const cure = from?.isInherited
    ? `add \`"ts-node": { "${from.name}": ${from.name === "swc" ? false : null}, "transpileOnly": true }\` to tsconfig.json.`
    : 'write `"transpileOnly": true` in place of `"swc"` or `"transpiler"` in "ts-node" of tsconfig.json (`--transpile-only` in a command).';
  return isUsed ? [{ name: "swc in ts-node", isSetUp: false, cure }] : [];
}

/** Angular's command: with `isolatedModules` it has esbuild compile, and not its TypeScript, and tells no plugin. */
export const angular = "ng";

/** Those that compile with the API of the project's TypeScript, as tsc does: where that is patched, they have its plugins. */
export function hostsIn(
  folder: string,
  commands: readonly string[],
  packages: Readonly<Record<string, string>>,
): string[] {
  const hosts = {
    // nodemon's own choice for TypeScript.
    "ts-node":
      "ts-node(?:-(?:esm|script|transpile-only|cwd|maintained))?(?:/\\S*)?|ts-mocha|nodemon(?: (?!-x|--exec)[^\\s;&|]+)* [^\\s;&|]+\\.[cm]?ts",
    "ts-node-dev": "ts-node-dev",
    "tsc-watch": "tsc-watch",
    tshy: "tshy",
    nest: "nest (?:build|start)",
    [angular]: angular,
    "ng-packagr": "ng-packagr",
    ngc: "ngc",
    "@nx/js:tsc": "@nx/js:tsc",
    medusa: "medusa (?:build|develop|exec|plugin:build)",
    strapi: "strapi (?:build|develop)",
    ...("@adonisjs/assembler" in packages ? { ace: "node (?:-\\S+ )*ace(?:\\.js)? build" } : {}),
    "svelte-package": "svelte-package",
    ...("gulp-typescript" in packages ? { "gulp-typescript": "gulp" } : {}),
    ...(jestOfAngular in packages ? { [jestOfAngular]: "jest" } : {}),
    // Past what a plugin for Vite before it has made of the files.
    ...(Object.keys(packages).some((name) => name.startsWith("@analogjs/")) ? { analog: "vite|vitest|ng|analog" } : {}),
  };
  const isRun = runIn(commands);
  const found = Object.entries(hosts).flatMap(([name, pattern]) => (isRun(pattern) ? [name] : []));
  return found.filter((name) => name !== "nest" || builderOfNest(folder, commands) === undefined);
}

/** Next since 16 takes Turbopack unless it is told otherwise; before, the other way round. That takes loaders, and no plugins. */
function next(folder: string, commands: readonly string[], config = "next.config.js", range = "16"): OtherTool {
  const isOld = majorOf(installedVersion(folder, "next") ?? range) < 16;
  const flag = isOld ? /--turbo(?:pack)?\b/ : /--webpack\b/;
  const runs = commands.flatMap((command) => command.match(/(?<![\w-])next (?:dev|build)[^&|;]*/g) ?? []);
  const kinds = new Set(runs.map((run) => (flag.test(run) === isOld ? "turbopack" : "webpack")));
  const cures = {
    webpack: 'add `aclose()` from "aclose/unplugin/webpack" to `config.plugins` in `webpack`',
    turbopack: 'add `"*.{ts,tsx,js,jsx}": { loaders: ["aclose/loader"] }` to `rules` in `turbopack`',
  };
  const texts = wholeText(folder, config);
  const missing = [...kinds].filter(
    (kind) => !texts.includes(kind === "webpack" ? "aclose/unplugin" : "aclose/loader"),
  );
  return {
    name: "next",
    isSetUp: missing.length === 0,
    cure: `${missing.map((kind) => cures[kind]).join(", and ")} (${config}).`,
  };
}

const hasPlugin = (folder: string, config: string): boolean => wholeText(folder, config).includes("aclose/unplugin");

/** Nuxt's server is built past Vite. */
const isNuxtServed = (folder: string, config: string): boolean =>
  !existsSync(join(folder, "server")) || /aclose\/unplugin\/rollup|\.rollup\(/.test(wholeText(folder, config));

/** What builds with Vite, but without its configuration, by how its package begins: where it does, how it has ours, and where that goes. */
const builders: Readonly<
  Record<string, readonly [config: string, does: RegExp, has: RegExp, what: string, place: string]>
> = {
  "vite-plugin-pwa": [
    "vite.config",
    /["']injectManifest["']/,
    /buildPlugins/,
    "its service worker",
    "`injectManifest.buildPlugins.vite`",
  ],
  "vite-plugin-electron": [
    "vite.config",
    /["']vite-plugin-electron/,
    /\bvite:[\s\S]*\baclose/,
    "the main process or a preload script",
    "`vite.plugins` of each entry",
  ],
  "@playwright/experimental-ct-": [
    "playwright-ct.config",
    /experimental-ct/,
    /aclose\/unplugin/,
    "a component",
    "`use.ctViteConfig.plugins`",
  ],
  "@11ty/eleventy-plugin-vite": [
    "eleventy.config",
    /eleventy-plugin-vite/,
    /aclose\/unplugin/,
    "a script of a page",
    "`viteOptions.plugins`",
  ],
  cypress: ["cypress.config", /\bviteConfig\b/, /aclose\/unplugin/, "a component", "`plugins` of `viteConfig`"],
};

function builtApart(
  folder: string,
  packages: Readonly<Record<string, string>>,
  configAt: (stem: string) => string | undefined,
): OtherTool[] {
  const found = Object.entries(builders).flatMap(([start, [stem, does, has, what, place]]): OtherTool[] => {
    const name = Object.keys(packages).find((each) => each.startsWith(start));
    const config = configAt(stem);
    const text = config ? wholeText(folder, config) : "";
    if (!name || !does.test(text)) return [];
    const cure = `where ${what} has generators, add \`aclose()\` from "aclose/unplugin/vite" to ${place} (${config}).`;
    return [{ name, isSetUp: has.test(text), cure, isUncertain: true }];
  });
  const places = ["src/service-worker.ts", "src/service-worker.js", "src/service-worker"];
  if ("@sveltejs/kit" in packages && places.some((place) => existsSync(join(folder, place))))
    found.push({
      name: "what builds SvelteKit's service worker",
      isSetUp: textsOf(folder, ["svelte.config.js", "svelte.config.ts"]).some((each) =>
        /serviceWorker:\s*["']/.test(each),
      ),
      cure: "where that has generators, name what `aclose build` wrote of it in `kit.files.serviceWorker` (svelte.config.js).",
      isUncertain: true,
    });
  return found;
}

/** The script that Serverless' configuration has under such a key. */
export function namedByServerless(folder: string, keys: string): string | undefined {
  const names = ["yml", "yaml", "ts", "js", "mjs", "cjs", "json"].map((kind) => `serverless.${kind}`);
  const named = new RegExp(String.raw`["']?(?:${keys})["']?\s*:\s*["']?([\w./-]+\.[cm]?[jt]s)\b`);
  return named.exec(textsOf(folder, names).join("\n"))?.[1];
}

/** Where the configuration is that a command, or another one, names. */
function placeOf(stem: string, folder: string, commands: readonly string[]): string {
  if (stem.startsWith(".vitepress/")) {
    const [pages = ""] = commands.flatMap(
      (each) => /(?:^|\s)vitepress (?:dev|build) ([\w.][^\s&|;]*)/.exec(each)?.[1] ?? [],
    );
    return join(pages, stem);
  }
  if (stem === ".umirc") return existsSync(join(folder, "config")) ? "config/config" : stem;
  if (stem !== "esbuild.config") return stem;
  return namedByServerless(folder, "configFile|plugins")?.replace(/\.[cm]?[jt]s$/, "") ?? stem;
}

export function othersIn(
  folder: string,
  commands: readonly string[],
  packages: Readonly<Record<string, string>>,
  configAt: (stem: string) => string | undefined,
  isModule: boolean,
): OtherTool[] {
  const isRun = runIn(commands);
  const plugged = Object.entries(pluggableIn(packages))
    .filter(([name]) => isRun(name) || (name === "nuxt" && isRun("nuxi")))
    .map(([name, tool]): OtherTool => {
      const [stem, plugin, list] = tool;
      const place = placeOf(stem, folder, commands);
      const config = configAt(place) ?? `${place}.js`;
      const cure = `add \`aclose()\` from "aclose/unplugin/${plugin}" to ${list} (${config}).`;
      const isSetUp = hasPlugin(folder, config) && (name !== "nuxt" || isNuxtServed(folder, config));
      // It bundles TypeScript, and what it is told to.
      const isUncertain = tool === serverless;
      return { name, isSetUp, cure, isUncertain, runsVite: plugin === "vite" };
    });
  if (isRun("next")) plugged.push(next(folder, commands, configAt("next.config"), packages.next));
  const builder = isRun("nest") ? builderOfNest(folder, commands) : undefined;
  const fedBy = "esbuild" in packages ? { ...closed, ...deployers } : closed;
  const fed = [
    ...Object.keys(fedBy).filter((name) => isRun(fedBy[name] as string)),
    ...("@swc/jest" in packages && isRun("jest") ? ["jest"] : []),
    ...(builder ? [`nest with ${builder}`] : []),
  ];
  // What it deploys may be what another tool has built.
  const deploys = isRun("wrangler (?:dev|deploy)") && plugged.length === 0 && !("vite" in packages);
  const fedCure =
    "give it the files that `aclose build <sources> --out-dir <folder>` wrote, in a script before it (in a copy of the folder, where they name styles, templates or pictures).";
  return [
    ...plugged,
    ...[...fed, ...(deploys ? ["wrangler"] : [])].map((name) => ({
      name,
      isSetUp: [...commands, ...textsOf(folder, builderConfigs[name] ?? [])].some((text) =>
        text.includes("aclose build"),
      ),
      cure: `${browserTests.includes(name) ? "where its tests have generators, " : ""}${fedCure}${needs[name] ?? ""}`,
      isUncertain: browserTests.includes(name),
    })),
    ...registered(commands, isModule),
    ...transpiler(folder, commands),
    ...builtApart(folder, packages, configAt),
  ];
}
