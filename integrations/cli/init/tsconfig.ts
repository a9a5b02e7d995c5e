/** Which tsconfig.json files compile something, and what they inherit. Needs no TypeScript: a fresh project may have none. */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { UsageError } from "../exit.js";
import { isFile, toPosix } from "../files.js";
import { read, type Value } from "./json.js";

export interface PluginEntry {
  readonly transform?: string;
  readonly name?: string;
}

interface CompilerOptions {
  readonly plugins?: readonly PluginEntry[];
  readonly outDir?: string;
  readonly rootDir?: string;
  readonly tsBuildInfoFile?: string;
  readonly noEmit?: boolean;
  readonly emitDeclarationOnly?: boolean;
  readonly isolatedModules?: boolean;
}

interface TsNodeOptions {
  readonly swc?: unknown;
  readonly transpiler?: unknown;
}

interface Contents {
  readonly "ts-node"?: TsNodeOptions | null;
  readonly extends?: string | readonly string[];
  readonly files?: readonly string[];
  readonly include?: readonly string[];
  readonly references?: readonly { readonly path: string }[];
  readonly compilerOptions?: CompilerOptions;
}

const isText = (value: unknown): boolean => typeof value === "string";
const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const isList = (value: unknown, is: (each: unknown) => boolean): boolean => Array.isArray(value) && value.every(is);
const hasPath = (value: unknown): boolean => isObject(value) && isText((value as { path?: unknown }).path);

/** What of a configuration must be of some form, where it is there. */
const shapes: readonly (readonly [key: string, is: (value: unknown) => boolean, what: string])[] = [
  ["extends", (value) => isText(value) || isList(value, isText), "a path or a list of paths"],
  ["references", (value) => isList(value, hasPath), "a list of objects with a path"],
  ["compilerOptions.plugins", (value) => isList(value, isObject), "a list of objects"],
  ...["outDir", "rootDir", "tsBuildInfoFile"].map((name) => [`compilerOptions.${name}`, isText, "a path"] as const),
];

function contentsOf(path: string): Contents {
  const contents = read(readFileSync(path, "utf8"));
  for (const [key, is, what] of shapes) {
    const value = key
      .split(".")
      .reduce<Value>((from, each) => (from as Record<string, Value> | null | undefined)?.[each], contents);
    if (value !== undefined && value !== null && !is(value)) throw new UsageError(`${path}: "${key}" must be ${what}`);
  }
  return contents as Contents;
}

/** The file that a reference, or `tsc -p`, means. */
function configAt(path: string): string | undefined {
  return [path, join(path, "tsconfig.json")].find(isFile);
}

function inherited(from: string, name: string): string | undefined {
  if (/^\.{0,2}\//.test(name)) {
    const path = resolve(dirname(from), name);
    return [path, `${path}.json`].find(isFile);
  }
  const require = createRequire(from);
  for (const each of [name, `${name}.json`, `${name}/tsconfig.json`]) {
    try {
      const path = require.resolve(each);
      if (path.endsWith(".json")) return path;
    } catch {
      // The next form of the name may be there.
    }
  }
  return undefined;
}

/** The file, and those that it extends, the one that counts most first. */
function chainOf(path: string, seen: readonly string[] = []): string[] {
  if (seen.includes(path)) return [];
  const { extends: names = [] } = contentsOf(path);
  const bases = [names].flat().reverse();
  return [
    path,
    ...bases.flatMap((name) => {
      const base = inherited(path, name);
      return base ? chainOf(base, [...seen, path]) : [];
    }),
  ];
}

/** The file that an option of `path` comes from, and its value. */
export function option<Name extends keyof CompilerOptions>(
  path: string,
  name: Name,
): { readonly from: string; readonly value: NonNullable<CompilerOptions[Name]> } | undefined {
  for (const from of chainOf(path)) {
    const value = contentsOf(from).compilerOptions?.[name];
    if (value !== undefined && value !== null) return { from, value };
  }
  return undefined;
}

/** Whether `path` has from `other` what that is given of an option. */
export function inherits(path: string, other: string, name: keyof CompilerOptions): boolean {
  const chain = chainOf(path);
  const own = chain.findIndex((from) => contentsOf(from).compilerOptions?.[name] != null);
  const at = chain.indexOf(other);
  return at > 0 && (own < 0 || at <= own);
}

/** The path that an option of `config` means: that of the file it is in. */
export function pathOption(config: string, name: "outDir" | "rootDir" | "tsBuildInfoFile"): string | undefined {
  const found = option(config, name);
  return found && resolve(dirname(found.from), found.value.replace("${configDir}", dirname(config)));
}

/** Where tsc keeps what it knows of its last run, so that it compiles nothing again that has not changed. */
export function buildInfoOf(config: string): string {
  const stem = config.replace(/\.json$/, "");
  const [named, out, root = dirname(config)] = (["tsBuildInfoFile", "outDir", "rootDir"] as const).map((name) =>
    pathOption(config, name),
  );
  return named ?? `${out ? join(out, relative(root, stem)) : stem}.tsbuildinfo`;
}

/** Whether a file is only a list of others. */
const isSolution = ({ files, include, references }: Contents): boolean =>
  references !== undefined && files?.length === 0 && include === undefined;

/** What `tsc -p <path>` and `tsc -b <paths>` name in a command, which may stand in another's quotes. */
function namedIn(command: string): string[] {
  return [...command.matchAll(/\bts(?:p?c|go)\b([^&|;\n]*)/g)].flatMap(([, rest = ""]) => {
    const words = [...rest.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map(([, ...kinds]) => kinds.join(""));
    if (words.some((word) => /^(?:-b|--build)$/i.test(word))) return words.filter((word) => !word.startsWith("-"));
    const at = words.findIndex((word) => /^(?:-p|--project)$/i.test(word));
    return at < 0 ? [] : words.slice(at + 1, at + 2);
  });
}

/** What tells ts-node to leave the compilation to another than TypeScript, if anything does: an option is that of the file that counts most. */
export function tsNodeTranspiler(
  folder: string,
): { readonly name: "swc" | "transpiler"; readonly isInherited: boolean } | undefined {
  const path = configAt(join(folder, "tsconfig.json"));
  const chain = path ? chainOf(path).map((each) => contentsOf(each)["ts-node"]) : [];
  for (const name of ["swc", "transpiler"] as const) {
    const at = chain.findIndex((each) => each?.[name] !== undefined);
    if (chain[at]?.[name]) return { name, isInherited: at > 0 };
  }
  return undefined;
}

/**
 * The configurations by which tsc writes JavaScript: relative to the folder, without those in other folders than it. `isRun`: also
 * that by which something runs what it compiles, whatever is to be written.
 */
export function emittingConfigs(folder: string, commands: readonly string[], isRun: boolean): string[] {
  const found = new Set<string>();
  const visit = (path: string | undefined): void => {
    if (path === undefined || found.has(path) || relative(folder, path).startsWith("..")) return;
    found.add(path);
    for (const { path: other } of contentsOf(path).references ?? []) visit(configAt(resolve(dirname(path), other)));
  };
  for (const command of commands) for (const path of namedIn(command)) visit(configAt(resolve(folder, path)));
  // What a command names may extend this one without being all that uses it.
  const own = configAt(join(folder, "tsconfig.json"));
  visit(own);
  return [...found]
    .filter((path) => !isSolution(contentsOf(path)))
    .filter(
      (path) =>
        (isRun && path === own) || (!option(path, "noEmit")?.value && !option(path, "emitDeclarationOnly")?.value),
    )
    .map((path) => toPosix(relative(folder, path)));
}

/** The package that a file belongs to, when that is not the project itself: a member of a monorepo. */
export function memberOf(folder: string, config: string): string | undefined {
  for (let at = dirname(config); at !== "."; at = dirname(at))
    if (existsSync(join(folder, at, "package.json"))) return toPosix(join(at, "package.json"));
  return undefined;
}
