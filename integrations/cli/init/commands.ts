/** The commands of a project, as far as its files tell: scripts, and what is run or loaded by configurations of other tools. */

import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { isFile } from "../files.js";
import { read } from "./json.js";
import { type Manifest, runners } from "./manifest.js";

/** Whether a command calls what the pattern matches. */
export type IsRun = (pattern: string) => boolean;

/** A call can stand in another's quotes, and lead to the program itself. */
export const runIn =
  (commands: readonly string[]): IsRun =>
  (pattern) => {
    const call = new RegExp(`(?:^|[\\s;&|=("'\`]|\\.bin/)(?:${pattern})(?=$|[\\s;&|)"'\`])`);
    return commands.some((command) => call.test(command));
  };

export function commandsOf(folder: string, manifest: Manifest): string[] {
  const commands = [
    ...Object.values(manifest.scripts ?? {}),
    ...denoTasks(folder),
    ...nxTargets(folder),
    ...configured(folder, manifest),
    ...runByHand(folder),
  ];
  return commands.map((command) => [command, ...loadedBy(folder, command)].join(" "));
}

/** For its effects alone, as what hooks into Node's loading is: not `require("esbuild").build(`. */
const load = /^\s*(?:import\s*(["'][^"'\n]+["'])|require\((["'][^"'\n]+["'])\)(?=\s*(?:;|\(|\.register\b|$)))/gm;

/** What the project's own scripts that a command names load so: who is given one has what it loads. */
function loadedBy(folder: string, command: string): string[] {
  const words = command.split(/[\s"'`,;&|()[\]{}=]+/).filter((word) => word !== "" && !word.includes("node_modules"));
  const isScript = (name: string): boolean => /\.[cm]?js$/.test(name) && isFile(join(folder, name));
  // Node finds them by less, too.
  const scripts = new Set(words.flatMap((word) => [word, `${word}.js`]).filter(isScript));
  return textsOf(folder, [...scripts]).flatMap((text) =>
    [...text.matchAll(load)].map(([, ...names]) => names.join("")),
  );
}

/** What `deno task` runs. */
function denoTasks(folder: string): string[] {
  const texts = textsOf(folder, ["deno.json", "deno.jsonc"]);
  const tasks = texts.flatMap((text) => Object.values(read(text).tasks ?? {}) as (string | { command?: unknown })[]);
  const commands = tasks.map((task) => (typeof task === "object" ? task?.command : task));
  return commands.filter((command) => typeof command === "string");
}

interface NxTarget {
  readonly executor?: unknown;
  readonly command?: unknown;
  readonly options?: { readonly command?: unknown; readonly commands?: unknown } | null;
}

/** What `nx` runs: a command, or by its name what a package of Nx's does. */
function nxTargets(folder: string): string[] {
  const targets = textsOf(folder, ["project.json"]).flatMap((text) => Object.values(read(text).targets ?? {}));
  const found = (targets as (NxTarget | null)[]).flatMap((target) => {
    const { command, commands } = target?.options ?? {};
    return [target?.executor, target?.command, command, commands].flat();
  });
  return found.filter((each) => typeof each === "string");
}

/** What no script has to call, for it is called by hand: its files alone say that. SAM's template may be above the function's package. */
function runByHand(folder: string): string[] {
  const names = ["template.yaml", "template.yml"];
  const isBuilt = (text: string): boolean => /\bBuildMethod:\s*["']?esbuild\b/.test(text);
  const [, ...sources] = textsOf(join(folder, ".."), names).filter(isBuilt).join("\n").split("CodeUri:");
  const isNamed = sources.some((text) => /^\s*["']?(?:\.\/)?([^\s"'/]*)/.exec(text)?.[1] === basename(resolve(folder)));
  return [
    ...(isNamed || textsOf(folder, names).some(isBuilt) ? ["sam build"] : []),
    ...(textsOf(folder, ["sst.config.ts", "sst.config.js", "sst.config.mjs"]).length > 0 ? ["sst deploy"] : []),
  ];
}

/** Of runners, some of which have theirs in package.json too. */
const files = [
  ...["js", "cjs", "mjs", "json", "jsonc", "yaml", "yml"].map((kind) => `.mocharc.${kind}`),
  ...["js", "cjs", "mjs"].map((kind) => `ava.config.${kind}`),
  ...["js", "cjs", "mjs", "json", "yaml", "yml"].map((kind) => `cucumber.${kind}`),
  ...["js", "mjs", "json"].map((kind) => `spec/support/jasmine.${kind}`),
  ".taprc",
  "nodemon.json",
  // moon's and Task's, in place of scripts.
  "moon.yml",
  "Taskfile.yml",
  "Taskfile.yaml",
];

/** What such a configuration says that is run or loaded, in JavaScript, JSON or YAML: the rest names files and their endings. */
const run =
  /(?<![\w-])["']?(?:requires?|requireModule|import|loader|compile|node-option|nodeArguments|node-arg|exec|execMap|command|script|cmd|cmds)["']?\s*:\s*(\[[^\]]*\]|\{[^}]*\}|[^\n,}]*(?:\n\s*- [^\n]*)*)/g;

function configured(folder: string, manifest: Manifest): string[] {
  const own = runners.flatMap((key) => (manifest[key] === undefined ? [] : [JSON.stringify(manifest[key])]));
  return [...textsOf(folder, files), ...own].flatMap((text) => [...text.matchAll(run)].map(([, what = ""]) => what));
}

/** The texts of those of the files that are there. */
export function textsOf(folder: string, names: readonly string[]): string[] {
  const paths = names.map((name) => join(folder, name));
  return paths.filter((path) => existsSync(path)).map((path) => readFileSync(path, "utf8"));
}
