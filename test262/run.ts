/** `npm run test262 -- DIR`: every Test262 file with an async generator, natively and compiled, side by side. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { argumentsOf, number, oneOf, refuse, text } from "../scripts/arguments.js";
import { type CompilerName, compilerNames } from "../test/support/compilers.js";
import { type Comparison, compareWithList, type Entry, type Run } from "./differences.js";
import type { Outcome } from "./execute.js";
import { openNativeCache } from "./native-cache.js";
import { runAll } from "./pool.js";
import { selectTests } from "./select.js";
import type { Task } from "./worker.js";

const usage = `Usage: npm run test262 -- DIR [--filter TEXT] [--jobs 2] [--report FILE] [--compiler aclose|identity|broken]

DIR is a checkout of Test262 (folders "test" and "harness"). To get one:
  git clone --depth 1 https://github.com/tc39/test262.git /tmp/test262`;

interface Choices {
  readonly checkout: string;
  readonly filter: string;
  readonly jobs: number;
  readonly report: string;
  readonly compiler: CompilerName;
}

function choices(): Choices {
  const { values, positionals } = argumentsOf(
    usage,
    {
      filter: text(""),
      jobs: number(2),
      report: text(join(tmpdir(), "aclose-test262", "report.json")),
      compiler: oneOf(compilerNames, "aclose"),
    },
    1,
  );
  const checkout = resolve(positionals[0] ?? refuse(usage, "Where is Test262?"));
  if (!existsSync(join(checkout, "harness", "assert.js"))) refuse(usage, `${checkout} is no checkout of Test262.`);
  return { checkout, ...values };
}

/** A line that overwrites itself, where somebody watches. */
function progressLine(what: string, total: number): (done: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (done) => {
    if (done % 25 === 0 || done === total)
      process.stderr.write(`\r${what}: ${done} of ${total}${done === total ? "\n" : ""}`);
  };
}

async function nativeOutcomes(tasks: readonly Task[], { checkout, jobs }: Choices): Promise<Outcome[]> {
  const cache = openNativeCache(checkout);
  const missing = tasks.filter(({ test, mode }) => !cache.get(test, mode));
  const outcomes = await runAll(
    missing,
    { checkout, compiler: "identity" },
    jobs,
    progressLine("native", missing.length),
  );
  for (const [index, { test, mode }] of missing.entries()) cache.set(test, mode, outcomes[index]!);
  if (missing.length) cache.save();
  return tasks.map(({ test, mode }) => cache.get(test, mode)!);
}

async function runBoth(chosen: Choices): Promise<Run[]> {
  const tasks: Task[] = selectTests(chosen.checkout, chosen.filter).flatMap((test) =>
    test.modes.map((mode) => ({ test, mode, compiled: false })),
  );
  const native = await nativeOutcomes(tasks, chosen);
  const compiledTasks = tasks.map((task) => ({ ...task, compiled: true }));
  const compiled = await runAll(compiledTasks, chosen, chosen.jobs, progressLine("compiled", tasks.length));
  return tasks.map(({ test, mode }, index) => ({
    file: test.path,
    mode,
    native: native[index]!,
    compiled: compiled[index]!,
  }));
}

function tally(reasons: readonly string[]): [reason: string, count: number][] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function print(runs: readonly Run[], { expected, unexpected, unmatched }: Comparison): void {
  const passed = (side: "native" | "compiled") => runs.filter((run) => run[side].pass).length;
  const line = (run: Run) =>
    `  ${run.compiled.pass ? "only compiled passes" : "only native passes"}  ${run.file} [${run.mode}]`;
  for (const { run, entry } of expected) console.log(`${line(run)}\n      listed: ${entry.reason}`);
  for (const run of unexpected)
    console.log(`${line(run)}\n      UNEXPECTED: ${run.compiled.pass ? run.native.detail : run.compiled.detail}`);
  for (const entry of unmatched) console.log(`  NOT SEEN, but listed: ${entry.file}: ${entry.reason}`);
  const leftNative = runs.filter((run) => run.compiled.problems.some((each) => each.includes("stays native")));
  const reasons = leftNative.map((run) => run.compiled.problems[0]!.replace(/^.*?stays native: /, ""));
  for (const [reason, count] of tally(reasons)) console.log(`  left native in ${count} runs: ${reason}`);
  console.log(`files     ${new Set(runs.map((run) => run.file)).size}`);
  console.log(`native    ${passed("native")} of ${runs.length} runs pass`);
  console.log(`compiled  ${passed("compiled")} of ${runs.length} runs pass`);
  console.log(
    `differ    ${expected.length + unexpected.length}: ${expected.length} listed, ${unexpected.length} unexpected, ${unmatched.length} listed but not seen`,
  );
}

async function main(): Promise<number> {
  const chosen = choices();
  const runs = await runBoth(chosen);
  if (runs.length === 0) {
    console.error(`No test in ${chosen.checkout} matches "${chosen.filter}".`);
    return 2;
  }
  const list = JSON.parse(readFileSync(new URL("differences.json", import.meta.url), "utf8")) as Entry[];
  const comparison = compareWithList(runs, list, Number(process.versions.node.split(".")[0]));
  print(runs, comparison);
  mkdirSync(dirname(chosen.report), { recursive: true });
  writeFileSync(chosen.report, JSON.stringify(runs, undefined, 1));
  console.log(`report    ${chosen.report}`);
  return comparison.unexpected.length + comparison.unmatched.length > 0 ? 1 : 0;
}

process.exitCode = await main();
