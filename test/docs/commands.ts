/** Whether the commands that the documentation shows exist: scripts, programs, files, flags. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../doors/project.js";

interface Package {
  readonly scripts: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
}

const readPackage = (path: string): Package => JSON.parse(readFileSync(path, "utf8"));
const ours = readPackage(join(root, "package.json"));

/** What npm does without a script of that name. */
const npmCommands = ["ci", "install", "exec"];

/** Folders of the repository: a path into one of them must exist. Other paths are the reader's. */
const folders =
  /^(?:bench|docs|examples|fuzz|integrations|runtime|scripts|test|test262|transformer|compare|explorer|\.ci)\//;

const helpTexts = new Map<string, string>();

/** What `aclose command --help` prints; undefined when there is no such command. */
function helpOf(command: string): string | undefined {
  const known = helpTexts.get(command);
  if (known !== undefined) return known;
  const main = join(root, ours.bin?.aclose as string);
  const { status, stdout } = spawnSync(process.execPath, [main, command, "--help"], { encoding: "utf8" });
  if (status !== 0) return undefined;
  helpTexts.set(command, stdout);
  return stdout;
}

function checkOwn([command = "", ...rest]: string[]): string[] {
  if (command.startsWith("-")) return ["--version", "--help"].includes(command) ? [] : [`aclose has no ${command}`];
  // `aclose help build`, and prose that names the program alone.
  const help = helpOf(command === "" ? "--help" : command);
  if (help === undefined || (command !== "" && !help.startsWith(`Usage: aclose ${command} `)))
    return [`aclose has no command "${command}"`];
  const flags = rest.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.split("=")[0] as string);
  return flags
    .filter((flag) => !new RegExp(`[\\s,]${flag}[\\s,]`).test(help))
    .map((flag) => `aclose ${command} has no ${flag}`);
}

/** The package.json that a command of this page is about: an example has its own. */
function packageFor(page: string): Package {
  const own = join(root, dirname(page), "package.json");
  return page.startsWith("examples/") && existsSync(own) ? readPackage(own) : ours;
}

function checkNpm(words: string[], page: string): string[] {
  const [command = "", argument = ""] = words;
  if (npmCommands.includes(command)) return [];
  const name = command === "run" ? argument : command;
  return name in packageFor(page).scripts || name in ours.scripts ? [] : [`package.json has no script "${name}"`];
}

function checkFiles(words: string[]): string[] {
  const paths = words
    .filter((word) => folders.test(word) && !/[*<]/.test(word))
    .map((word) => word.split(":")[0] as string);
  return paths.filter((path) => !existsSync(join(root, path))).map((path) => `there is no ${path}`);
}

/** `--import aclose/register`, `--import=aclose/register` */
function checkEntries(words: string[]): string[] {
  const entries = words.flatMap((word) => /^(?:--?[\w-]+=)?aclose(\/[\w./-]+)$/.exec(word)?.[1] ?? []);
  return entries
    .filter((entry) => !(`.${entry}` in (ours.exports ?? {})))
    .map((entry) => `there is no entry aclose${entry}`);
}

const isInstalled = (program: string): boolean => existsSync(join(root, "node_modules/.bin", program));

function checkCommand(command: string, page: string): string[] {
  const words = command.split(/\s+/).map((word) => word.replace(/^["']|["']$/g, ""));
  while (/^[A-Z_]+=/.test(words[0] ?? "")) words.shift();
  const [program = "", ...rest] = words;
  const general = [...checkFiles(words), ...checkEntries(words)];
  if (program === "npm") return [...general, ...checkNpm(rest, page)];
  if (program === "npx" || isInstalled(program) || program === "aclose") {
    const [name = "", ...args] = program === "npx" ? rest : words;
    if (name === "aclose") return [...general, ...checkOwn(args)];
    return isInstalled(name) ? general : [...general, `there is no program "${name}" in node_modules/.bin`];
  }
  return ["node", "bash", "git", "cd", "kill"].includes(program) ? general : [`"${program}" is not known`];
}

/** What is wrong with a shell block; a line may hold several commands and a comment. */
export function checkShell(text: string, page: string): string[] {
  const lines = text.replace(/\\\n/g, " ").split("\n");
  return lines
    .map((line) =>
      line
        .replace(/(^|\s)#.*$/, "")
        .replace(/^\$ /, "")
        .trim(),
    )
    .flatMap((line) => line.split(/\s*(?:&&|\|\||[|;])\s*/))
    .filter((command) => command !== "")
    .flatMap((command) => checkCommand(command, page));
}

/** Code in running text that is a command. */
export const isCommand = (text: string): boolean =>
  /^(?:(?:npm|npx) \S|aclose [a-z]+( |$)|node (?:--|\w+\/))/.test(text);
