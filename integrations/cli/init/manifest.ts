/** package.json, as it is read here. */

import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { UsageError } from "../exit.js";
import { isFile, toPosix } from "../files.js";
import { withoutMark } from "./json.js";

/** Tools that run or load what their keys say. */
export const runners = ["mocha", "ava", "tap", "nodemonConfig", "wireit"] as const;

type Runner = (typeof runners)[number];

export interface Manifest extends Partial<Readonly<Record<Runner, unknown>>> {
  readonly type?: string;
  readonly packageManager?: string;
  readonly devEngines?: Readonly<Record<string, unknown>>;
  readonly workspaces?: unknown;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  /** The configuration of Jest, or its path. */
  readonly jest?: Readonly<Record<string, unknown>> | string;
  /** The configuration of Babel. */
  readonly babel?: Readonly<Record<string, unknown>>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === "string";
const isTexts = (value: unknown): boolean => isObject(value) && Object.values(value).every(isText);

/** What each key must be, where it is there. */
const shapes: Readonly<
  Record<Exclude<keyof Manifest, Runner>, readonly [is: (value: unknown) => boolean, what: string]>
> = {
  type: [isText, "a string"],
  packageManager: [isText, "a string"],
  devEngines: [isObject, "an object"],
  workspaces: [(value) => typeof value === "object" && value !== null, "a list or an object"],
  scripts: [isTexts, "an object of strings"],
  dependencies: [isTexts, "an object of strings"],
  devDependencies: [isTexts, "an object of strings"],
  peerDependencies: [isTexts, "an object of strings"],
  jest: [(value) => isObject(value) || isText(value), "an object or a path"],
  babel: [isObject, "an object"],
};

export function manifestOf(folder: string): Manifest {
  const path = join(folder, "package.json");
  if (!existsSync(path)) {
    const isDenos = ["deno.json", "deno.jsonc"].some((name) => existsSync(join(folder, name)));
    const cure =
      ". Deno needs none: run `deno add npm:aclose`, and give it what `aclose build <sources> --out-dir <folder> --source-map inline` writes";
    throw new UsageError(`there is no package.json in ${folder}${isDenos ? cure : ""}`);
  }
  const manifest = parsed(path);
  if (!isObject(manifest)) throw new UsageError(`${path} must hold an object`);
  for (const [key, [is, what]] of Object.entries(shapes))
    if (manifest[key] !== undefined && !is(manifest[key])) throw new UsageError(`${path}: "${key}" must be ${what}`);
  return manifest;
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(withoutMark(readFileSync(path, "utf8")));
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`);
  }
}

export const dependenciesOf = ({ dependencies, devDependencies }: Manifest): Record<string, string> => ({
  ...devDependencies,
  ...dependencies,
});

/** Whether those who install the package have the runtime with it. */
export const asksForRuntime = ({ dependencies, peerDependencies }: Manifest): boolean =>
  [dependencies, peerDependencies].some((each) => each?.aclose !== undefined);

/** The package manager that it asks for, with a version: `yarn@4`. */
export function namedManager({ packageManager, devEngines }: Manifest): string | undefined {
  if (packageManager !== undefined) return packageManager;
  const [first] = [devEngines?.packageManager].flat() as ({ name?: unknown; version?: unknown } | null | undefined)[];
  return first?.name === undefined ? undefined : `${first.name}@${String(first.version ?? "").replace(/^\D+/, "")}`;
}

/** What writes JavaScript, as commands call it: TypeScript's own, with plugins, and that of a TypeScript 7 beside an earlier one. */
const tsc = /(?<![\w-])ts(?:p?c|go)(?![\w-])/;

/** Whether a command has tsc write something: not vue-tsc, which writes no JavaScript. */
export const emits = (command: string, by = tsc): boolean =>
  command.split(/&&|\|\||[;|]/).some((each) => by.test(each) && !/--noEmit\b/i.test(each));

const watching = /(?<![\w-])ts(?:p?c|go)(?![\w-])[^&|;]*\s(?:--watch|-w)\b/i;

/** The scripts by which tsc writes as long as they run, where nothing compiles that meanwhile. */
export function uncompiledWatches(scripts: readonly [name: string, script: string][]): string[] {
  if (scripts.some(([, script]) => /\baclose build\b[^&|;]*\s--watch\b/.test(script))) return [];
  return scripts.filter(([, script]) => emits(script, watching)).map(([name]) => `"${name}"`);
}

/** Its command is `tsgo`. */
export const preview = "@typescript/native-preview";

/**
 * The package whose `tsc` is run, or `tsgo`. Where `typescript` is one that has only the API of version 6, as its makers advise for tools that need
 * that, it is another, under a name of the user's.
 */
export function compilerIn(packages: Readonly<Record<string, string>>, commands: readonly string[]): string {
  const writing = commands.filter((command) => emits(command));
  const isOnlyPreview = writing.length > 0 && writing.every((command) => emits(command, /(?<![\w-])tsgo(?![\w-])/));
  if (preview in packages && isOnlyPreview) return preview;
  const isOnlyApi = packages.typescript?.startsWith("npm:@typescript/typescript6");
  return (
    (isOnlyApi && Object.keys(packages).find((name) => packages[name]?.startsWith("npm:typescript@"))) || "typescript"
  );
}

const tspc = /(?<![\w-])tspc(?![\w-])/g;
export const callsTspc = (script: string): boolean => script.search(tspc) >= 0;

/** Without what ts-patch, of which tspc is a part, does in it; empty where that was all. */
export function withoutPatch(script: string): string {
  const isPatching = (command: string): boolean => /^\s*(?:[\w-]+ ){0,2}ts-patch install\b[^;]*$/.test(command);
  const commands = script.split("&&");
  const kept = commands.filter((command) => !isPatching(command));
  return (kept.length < commands.length ? kept.join("&&").trim() : script).replace(tspc, "tsc");
}

/** The manifest of the last of these packages, each as found from the one before it, and the first from the project. */
export function manifestPath(folder: string, names: readonly string[]): string | undefined {
  try {
    return names.reduce(
      (from, name) => createRequire(from).resolve(`${name}/package.json`),
      join(folder, "package.json"),
    );
  } catch {
    return undefined;
  }
}

export const versionIn = (path: string): string =>
  (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;

/** The version of a package as the project's own files find it. */
export function installedVersion(folder: string, name: string): string | undefined {
  const path = manifestPath(folder, [name]);
  return path && versionIn(path);
}

/** The version of the package whose program a script runs by this name; undefined where no link tells, as on Windows. */
export function runVersion(folder: string, command: string): string | undefined {
  try {
    const program = realpathSync(join(folder, "node_modules/.bin", command));
    return versionIn(join(program, "../../package.json"));
  } catch {
    return undefined;
  }
}

/** NaN for a range that takes in several, and for a name like "latest". */
export const majorOf = (version: string): number =>
  Number(/^(?:npm:\S*@)?[~^=v]?\s*(\d+)(?:[.-]\S*)?$/.exec(version.trim())?.[1]);

/** Whether a TypeScript of this version, or range of versions, has the API that the compiler asks for. */
export const hasClassicApi = (version: string): boolean =>
  !(majorOf(version) >= 7) && !/^(?:[~^]?[0-4]|~?5\.[0-2])(?:\.|$)/.test(version);

/** The paths as seen from the folder, each once, without those that lead out of it. */
export function within(folder: string, paths: readonly string[]): string[] {
  const found = paths.map((path) => relative(folder, resolve(folder, path))).filter((path) => !path.startsWith(".."));
  return [...new Set(found.map(toPosix))];
}

/** The configurations that commands name to a tool, the path in quotes or without. */
export function namedConfigs(folder: string, commands: readonly string[], tool: string): string[] {
  const named = new RegExp(
    String.raw`(?<![\w-])${tool}(?![\w-])[^&|;\n]*?\s(?:-c|--config)[\s=]+(?:"([^"]*)"|'([^']*)'|([^\s&|;"']+))`,
    "g",
  );
  const paths = commands
    .flatMap((command) => [...command.matchAll(named)].map(([, ...kinds]) => kinds.join("")))
    // It may be the configuration itself.
    .filter((path) => isFile(join(folder, path)));
  return within(folder, paths);
}
