/** What a project builds with, as far as its files tell. */

import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { toPosix } from "../files.js";
import { type BabelConfig, babelConfigs } from "./babel.js";
import { commandsOf, runIn, textsOf } from "./commands.js";
import { jestConfigs } from "./jest.js";
import { read } from "./json.js";
import {
  compilerIn,
  dependenciesOf,
  emits,
  hasClassicApi,
  installedVersion,
  type Manifest,
  manifestOf,
  namedConfigs,
  namedManager,
  within,
} from "./manifest.js";
import {
  angular,
  esbuildCallers,
  hostsIn,
  isRunner,
  jestOfAngular,
  namedByServerless,
  type OtherTool,
  othersIn,
} from "./others.js";
import { wholeText } from "./taken-in.js";
import { buildInfoOf, emittingConfigs, option } from "./tsconfig.js";

type Manager = "npm" | "pnpm" | "yarn" | "bun";
type BundlerName = "vite" | "rollup" | "rolldown" | "webpack" | "rspack";

export interface Bundler {
  readonly name: BundlerName;
  /** Its configuration, which may not be there yet. */
  readonly config: string;
}

export interface Project {
  readonly folder: string;
  readonly manifest: Manifest;
  /** The version of the TypeScript whose tsc is run, installed or asked for; undefined in a project of JavaScript. */
  readonly typescript: string | undefined;
  /** The package that it is in. */
  readonly compiler: string;
  /** Whether `typescript` has the API with which aclose reads. */
  readonly hasApi: boolean;
  readonly tsconfig: string | undefined;
  /** The configurations by which tsc writes what runs; none where another tool does, and tsc only checks types. */
  readonly emitting: readonly string[];
  /** Whether a script has tsc, or what compiles as it does, write what runs: otherwise somebody does by hand, or another tool. */
  readonly tscIsRun: boolean;
  readonly bundlers: readonly Bundler[];
  /** Jest's configurations, where ts-jest compiles for it: files, of which package.json may be one. */
  readonly jest: readonly string[];
  /** Babel's configuration, where it is what compiles: Metro's and Expo's too, and Jest's without ts-jest. */
  readonly babel: readonly BabelConfig[];
  readonly others: readonly OtherTool[];
  /** What compiles with the project's TypeScript, as tsc does. */
  readonly hosts: readonly string[];
  /** Whether esbuild may be called by what is not known here. */
  readonly usesEsbuild: boolean;
  /** Whether anything that compiles is known here. */
  readonly compiles: boolean;
  /** Whether its packages are in other folders. */
  readonly isWorkspace: boolean;
  readonly manager: Manager;
  /** The command that installs what package.json asks for. */
  readonly install: string;
  /** Whether the manager runs the project's `prepare` when it installs. */
  readonly runsPrepare: boolean;
}

/** In a bundler's configuration. */
export const hasAclose = /aclose\/(?:unplugin|ts-loader|loader)/;
/** What fails where the plugin comes before it, as a bundler's configuration has it → what to do. */
const unpluggable: readonly [name: string, pattern: RegExp, cure: string][] = [
  ["thread-loader", /["']thread-loader["']/, 'fails with a plugin: put "aclose/loader" last in the `use` that has it'],
  [
    "rollup-plugin-typescript2",
    /^(?![\s\S]*\bcheck:\s*false)[\s\S]*["']rollup-plugin-typescript2["']/,
    'checks types, and must get files as they are written: give it `transformers: [() => aclose()]`, with aclose from "aclose/ts-loader"',
  ],
];

/** Why a configuration cannot have the plugin, and what it needs. */
export const refusalsIn = (text: string): string[] =>
  unpluggable.flatMap(([name, pattern, cure]) => (pattern.test(text) ? [`${name}, which ${cure}`] : []));

const configKinds = ["ts", "mts", "cts", "js", "mjs", "cjs"];
const bundlers: readonly [BundlerName, string][] = [
  ["vite", "vite.config"],
  ["vite", "vitest.config"],
  // Electron Forge's.
  ["vite", "vite.main.config"],
  ["vite", "vite.preload.config"],
  ["vite", "vite.renderer.config"],
  ["rspack", "rspack.config"],
  ["webpack", "webpack.config"],
  ["webpack", "webpack.main.config"],
  ["webpack", "webpack.renderer.config"],
  ["rolldown", "rolldown.config"],
  ["rollup", "rollup.config"],
];

const locks: readonly [string, Manager][] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
];

const managers = [...new Set(locks.map(([, manager]) => manager))];

/** Rush keeps the lock file of all in a folder of its own, and installs for all: none of its projects may be installed alone. */
function managerOfRush(folder: string): Manager | undefined {
  const [text] = textsOf(folder, ["rush.json"]);
  return text === undefined ? undefined : managers.find((each) => `${each}Version` in read(text));
}

/** What `packageManager` or `devEngines`, the nearest lock file or Rush says: that of a workspace is in the folder of the whole. */
function managerOf(folder: string): Pick<Project, "manager" | "install" | "runsPrepare"> {
  let isForbidden = false;
  for (let at = folder; ; at = dirname(at)) {
    isForbidden ||= forbidsScripts(at);
    const ofRush = managerOfRush(at);
    const named = existsSync(join(at, "package.json")) ? namedManager(manifestOf(at)) : undefined;
    const manager =
      ofRush ??
      managers.find((each) => each === named?.split("@")[0]) ??
      locks.find(([name]) => existsSync(join(at, name)))?.[1];
    // Yarn 1 runs that of the whole, and of none of its packages.
    const runsPrepare = !isForbidden && !(manager === "yarn" && (at !== folder || isNewYarn(at, named)));
    if (manager) return { manager, install: ofRush ? "rush update" : `${manager} install`, runsPrepare };
    // Not beyond the repository: a lock file there is somebody else's.
    if (existsSync(join(at, ".git")) || dirname(at) === at)
      return { manager: "npm", install: "npm install", runsPrepare: !isForbidden };
  }
}

/** Whether an installation there runs no scripts at all, as many have it for safety. */
const forbidsScripts = (folder: string): boolean =>
  textsOf(folder, [".npmrc", ".yarnrc", "pnpm-workspace.yaml"]).some((text) =>
    /^["']?(?:ignore-scripts|ignoreScripts)["']?\s*[=:\s]\s*["']?true\b/m.test(text),
  );

/** Yarn 2 and later: they run no `prepare`. */
function isNewYarn(folder: string, named: string | undefined): boolean {
  const lock = join(folder, "yarn.lock");
  return (
    /^yarn@(?![01]\.)/.test(named ?? "") || (existsSync(lock) && readFileSync(lock, "utf8").includes("__metadata:"))
  );
}

/** The folders that commands give to Vite and vitest, which look for their configurations there. */
function viteRoots(folder: string, commands: readonly string[]): string[] {
  const call =
    /(?<![\w-])(?:vite(?: (?:dev|serve|build|preview))? +|vitest\b[^&|;\n]*? (?:--root|-r)[ =])["']?([\w.][\w./-]*)/g;
  const named = commands.flatMap((command) => [...command.matchAll(call)].map(([, path = ""]) => path));
  const isFolder = (path: string): boolean =>
    statSync(join(folder, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
  return within(folder, named.filter(isFolder));
}

/** What serverless-webpack bundles with, where that is not called as webpack's own is. */
function ofServerless(folder: string): string[] {
  const named = namedByServerless(folder, "webpack(?:Config)?");
  return named !== undefined && existsSync(join(folder, named)) ? within(folder, [named]) : [];
}

function bundlersOf(folder: string, commands: readonly string[], configs: (stem: string) => string[]): Bundler[] {
  const found = bundlers.flatMap(([name, stem]) => {
    const [tool = name] = stem.split(".");
    // All that are there: Vite reads first what tsc may have made of vite.config.ts beside it, vitest that itself.
    const places = name === "vite" ? ["", ...viteRoots(folder, commands)] : [""];
    const files = [
      ...places.flatMap((place) => configs(join(place, stem))),
      ...namedConfigs(folder, commands, tool),
      ...(tool === "webpack" ? ofServerless(folder) : []),
    ];
    // One that takes the other in has its plugins.
    const isWithin = (each: string): boolean =>
      tool === "vitest" && readFileSync(join(folder, each), "utf8").includes("vite.config");
    return files.filter((each) => !isWithin(each)).map((each) => ({ name, config: each }));
  });
  return found.filter(({ config }, index) => found.findIndex((each) => each.config === config) === index);
}

/**
 * Vite and vitest work without a configuration; the plugin needs one. Another tool that runs them inside reads its own,
 * and beside one that compiles Vite may be there for its types, as in what plugs into it. The packages of a workspace may run
 * the one of its root.
 */
function newConfig(
  folder: string,
  { type }: Manifest,
  commands: readonly string[],
  known: object,
  isElsewhere: boolean,
): Bundler[] {
  if (!["vite", "vitest", "vite-node"].some((name) => name in known)) return [];
  const isRun = commands.some((command) => /(?<![\w-])(?:vite|vitest|vite-node)(?![\w-])/.test(command));
  if (!isRun && isElsewhere) return [];
  const [root = ""] = viteRoots(folder, commands);
  return [{ name: "vite", config: toPosix(join(root, type === "module" ? "vite.config.js" : "vite.config.mjs")) }];
}

/** The configurations with which Angular leaves plugins out. */
export const isolated = ({ folder, hosts, emitting }: Project): string[] =>
  hosts.includes(angular)
    ? emitting.filter((config) => option(join(folder, config), "isolatedModules")?.value === true)
    : [];

/** What tsc keeps of its last runs. */
export const buildInfosOf = ({ folder, emitting }: Project): string[] => {
  const paths = emitting.map((config) => buildInfoOf(join(folder, config))).filter((path) => existsSync(path));
  return paths.map((path) => toPosix(relative(folder, path)));
};

export function inspect(folder: string): Project {
  const manifest = manifestOf(folder);
  const known = dependenciesOf(manifest);
  const configs = (stem: string, kinds = configKinds): string[] =>
    kinds.map((kind) => `${stem}.${kind}`).filter((name) => existsSync(join(folder, name)));
  const config = (stem: string, kinds?: string[]): string | undefined => configs(stem, kinds)[0];
  const versionOf = (name: string): string | undefined => installedVersion(folder, name) ?? known[name];
  const commands = commandsOf(folder, manifest);
  const compiler = compilerIn(known, commands);
  const [typescript, api] = [compiler, "typescript"].map(versionOf);
  const others = othersIn(folder, commands, known, config, manifest.type === "module");
  const hosts = hostsIn(folder, commands, known);
  const runsVite = hosts.includes(angular) || others.some((each) => each.runsVite);
  const configured = bundlersOf(folder, commands, configs);
  const hasVite = configured.some(({ name }) => name === "vite");
  const tscIsRun = hosts.length > 0 || commands.some((command) => emits(command));
  const isCompiled = tscIsRun || others.length > 0 || configured.length > 0;
  const isWorkspace =
    manifest.workspaces !== undefined ||
    ["pnpm-workspace.yaml", "lerna.json"].some((name) => existsSync(join(folder, name)));
  const isElsewhere = isWorkspace || ("vitest" in known ? runsVite : isCompiled);
  const plugged = {
    bundlers: hasVite ? configured : [...configured, ...newConfig(folder, manifest, commands, known, isElsewhere)],
    jest:
      "ts-jest" in known
        ? jestConfigs(folder, manifest, commands, config("jest.config", [...configKinds, "json"])).filter(
            // It takes the place of ts-jest, and templates into what it compiles.
            (each) => !wholeText(folder, each).includes(jestOfAngular),
          )
        : [],
    others,
  };
  const isAlone = !tscIsRun && Object.values(plugged).every((tools) => tools.length === 0);
  const isRun = runIn(commands);
  const found = { ...plugged, babel: babelConfigs(folder, manifest, known, isRun, isAlone) };
  // Vite may ask for the package; vitest alone compiles only the tests.
  const isBundlers = "vite" in known || found.bundlers.some(({ name }) => name !== "vite");
  const usesEsbuild = "esbuild" in known && !isBundlers && !others.some(({ name }) => esbuildCallers.includes(name));
  const isCompiledElsewhere = usesEsbuild || Object.values(found).some((tools) => tools.length > 0);
  const hasTsc = typescript !== undefined && (!isCompiledElsewhere || tscIsRun);
  const emitting = hasTsc ? emittingConfigs(folder, commands, hosts.some(isRunner)) : [];
  return {
    folder,
    manifest,
    typescript,
    compiler,
    hasApi: api !== undefined && hasClassicApi(api),
    tsconfig: existsSync(join(folder, "tsconfig.json")) ? "tsconfig.json" : undefined,
    emitting,
    tscIsRun,
    ...found,
    hosts,
    usesEsbuild,
    compiles: isCompiledElsewhere || emitting.length > 0,
    isWorkspace,
    ...managerOf(folder),
  };
}
