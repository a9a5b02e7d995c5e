/**
 * `npm run compare`: runs the same small programs natively, compiled by aclose and compiled by others, and writes what each did
 * into docs/comparison.md. `--check` only says whether that is up to date.
 */

import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, parse } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type Subject, subjects } from "./subjects.js";
import { type Answers, type Behaviour, page } from "./table.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const programs = join(root, "compare/programs");
const cache = join(root, "node_modules/.cache", `aclose-compare-${process.pid}`);
const target = join(root, "docs/comparison.md");

/** What came out of programs that share a process. One that dies is an answer too, if it was alone there. */
async function run(subject: string, keys: readonly string[]): Promise<(string | null)[]> {
  const files = keys.map((key) => join(cache, subject, `${key}.mjs`));
  const args = ["--expose-gc", join(cache, "worker.mjs"), subject, ...files];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000, maxBuffer: 2 ** 26 });
    return JSON.parse(stdout);
  } catch (error) {
    const [, name] = /^(\w*Error)\b/m.exec((error as { stderr?: string }).stderr ?? "") ?? [];
    if (name === undefined || keys.length > 1) throw error;
    return [`the process dies of ${name}`];
  }
}

/** Each subject has processes of its own: a runtime that is loaded must not change what another does. */
async function answersOf({ name, compile }: Subject): Promise<Answers> {
  mkdirSync(join(cache, name), { recursive: true });
  for (const { key } of behaviours) {
    const source = readFileSync(join(programs, `${key}.js`), "utf8");
    writeFileSync(join(cache, name, `${key}.mjs`), compile(source, `${key}.js`));
  }
  const together = behaviours.filter(({ isAlone }) => !isAlone).map(({ key }) => key);
  const alone = behaviours.filter(({ isAlone }) => isAlone).map(({ key }) => key);
  const answers = new Map<string, string | null>();
  for (const keys of [together, ...alone.map((key) => [key])]) {
    const results = await run(name, keys);
    for (const [index, key] of keys.entries()) answers.set(key, results[index] ?? null);
  }
  return answers;
}

/** Programs say what they show; those whose right answer is a wish come first. */
const behaviours: readonly Behaviour[] = (
  await Promise.all(
    readdirSync(programs)
      .sort()
      .map(async (file) => ({
        key: parse(file).name,
        isAlone: false,
        isWish: false,
        ...(await import(pathToFileURL(join(programs, file)).href)),
      })),
  )
).sort((a, b) => Number(b.isWish) - Number(a.isWish));

/** Runs everything and gives the page. */
export async function compare(): Promise<string> {
  try {
    mkdirSync(join(cache, "node_modules"), { recursive: true });
    symlinkSync(root, join(cache, "node_modules/aclose"));
    cpSync(join(root, "compare/worker.mjs"), join(cache, "worker.mjs"));
    const results = new Map<string, Answers>();
    for (const subject of subjects) results.set(subject.name, await answersOf(subject));
    return page(behaviours, results);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await compare();
  const isCurrent = readFileSync(target, "utf8") === text;
  if (process.argv.includes("--check")) {
    if (!isCurrent) console.error("docs/comparison.md is out of date. Run: npm run compare");
    process.exitCode = isCurrent ? 0 : 1;
  } else {
    writeFileSync(target, text);
    console.log(text);
  }
}
