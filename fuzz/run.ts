/** `npm run fuzz -- --count N --seed S`: random programs and drivers, compared with the native engine. */

import { isV8, nameOf, nodeAt } from "../bench/nodes.js";
import { argumentsOf, number, oneOf, text, toggle } from "../scripts/arguments.js";
import { type CompilerName, compilerNames } from "../test/support/compilers.js";
import type { Driver } from "../test/support/drivers.js";
import { loaders, type ModuleFormat } from "../test/support/modules.js";
import { runChild } from "./child.js";
import { confirms, type Failure } from "./judge.js";
import { type Layout, layoutNames } from "./layouts.js";
import { judgingOf, programOf } from "./work.js";

const usage = `Usage: npm run fuzz -- [--count 1000] [--seed S] [--index I] [--ticks spec|fused] [--using] [--node 22|PATH]
                       [--layout source|minified|bare|renamed|scattered|spaced|typed|jsx] [--jobs 2] [--failures 3] [--seconds 20]
                       [--compiler aclose|debug|annotate|tsc|babel|identity|broken] [--modules esm|commonjs]

  --layout    the same programs out of a minifier, without semicolons, with the names that compiled code has,
              with comments and line ends between any two tokens, with all line ends and spaces that there are, also
              in strings, in TypeScript, or with JSX
  --modules   programs of several modules, as they are or as CommonJS that TypeScript makes of them
  --node      the engine: a version of Node, which npm has, or a path; a program that Bun gets wrong natively must be as in this Node
  --index     judge only this program of the seed, and shrink it when it fails
  --failures  stop after so many failing programs
  --seconds   time to shrink each`;

/** The share of programs that an engine may refuse, and how many a short run may have by chance. */
const MOST_INVALID = 0.05;
const FEW_INVALID = 10;

interface Choices {
  readonly count: number;
  readonly seed: number;
  readonly index: number | undefined;
  readonly ticks: "spec" | "fused";
  readonly using: boolean;
  /** The path of the engine. */
  readonly node: string;
  readonly jobs: number;
  readonly failures: number;
  readonly seconds: number;
  readonly layout: Layout;
  readonly modules: ModuleFormat | undefined;
  readonly compiler: CompilerName;
}

interface Tally {
  /** Programs that say nothing: the engine refuses them, or natively they crash it. */
  invalid: number;
  readonly failed: Map<number, string>;
  /** Programs that another engine than V8 gets wrong natively. */
  unlikeV8: number;
}

async function judgeAll(chosen: Choices, tally: Tally): Promise<void> {
  const { count, jobs, failures, node } = chosen;
  const judging = isV8(node) ? undefined : await judgingOf(chosen);
  let considered: Promise<void> = Promise.resolve();
  const consider = async (index: number, failure: Failure): Promise<void> => {
    if (judging && (await confirms(failure, (await programOf(chosen, index)).source, judging))) {
      tally.unlikeV8++;
      return;
    }
    tally.failed.set(index, failure.text);
    // A run can take an hour: what it has found must not be lost when somebody ends it.
    console.log(`seed ${chosen.seed}, index ${index}: differs`);
  };
  const judgeFrom = async (first: number): Promise<void> => {
    for (let from = first; from < count && tally.failed.size < failures; ) {
      const work = { ...chosen, range: { from, to: count, step: jobs } };
      const broken = await runChild({
        node,
        work,
        receive: (message, stop) => {
          if (message.kind === "invalid") tally.invalid++;
          // One after the other: nobody can tell whose an unhandled rejection is.
          if (message.kind === "failure") considered = considered.then(() => consider(message.index, message.failure));
          if (tally.failed.size >= failures) stop();
        },
      });
      if (!broken) return;
      if (broken.index < 0) throw new Error(`nothing was judged: ${broken.reason}`);
      if (await breaksNatively(broken.index, chosen)) {
        console.log(`seed ${chosen.seed}, index ${broken.index}: natively too, ${broken.reason}`);
        tally.invalid++;
      } else tally.failed.set(broken.index, broken.reason);
      from = broken.index + jobs;
    }
  };
  await Promise.all(Array.from({ length: jobs }, (_, index) => judgeFrom(index)));
  await considered;
}

/** Whether a program crashes or hangs the engine also when nothing has compiled it. */
async function breaksNatively(index: number, chosen: Choices): Promise<boolean> {
  const work = { ...chosen, compiler: "identity" as const, range: { from: index, to: index + 1, step: 1 } };
  return (await runChild({ node: chosen.node, work, receive: () => {} })) !== undefined;
}

async function printShrunk(index: number, found: string, chosen: Choices): Promise<void> {
  const { seed, seconds, node, using, ticks, layout, modules } = chosen;
  const options = `${using ? " --using" : ""}${modules ? ` --modules ${modules}` : ""}${ticks === "fused" ? " --ticks fused" : ""}${layout === "source" ? "" : ` --layout ${layout}`}`;
  console.log(`\n════ seed ${seed}, index ${index}: replay with --seed ${seed} --index ${index}${options}`);
  let smallest: { source: string; driver: Driver; text: string } | undefined;
  let limit: NodeJS.Timeout | undefined;
  const broken = await runChild({
    node,
    work: { ...chosen, shrink: { index, seconds } },
    receive: (message, stop) => {
      // A smaller program may hang.
      limit ??= setTimeout(stop, seconds * 1500);
      if (message.kind === "smaller") smallest = message;
    },
  });
  clearTimeout(limit);
  if (smallest) console.log(`${smallest.source.replace(/\n\s*\n+/g, "\n")}\n\n${smallest.text}`);
  else console.log(broken?.reason ?? found);
}

function choices(): Choices {
  const { values } = argumentsOf(usage, {
    count: number(1000),
    seed: number(Date.now() % 1_000_000),
    index: number(undefined),
    ticks: oneOf(["spec", "fused"], "spec"),
    using: toggle,
    node: text(process.execPath),
    jobs: number(2),
    failures: number(3),
    seconds: number(20),
    layout: oneOf(layoutNames, "source"),
    compiler: oneOf(compilerNames, "aclose"),
    modules: oneOf(Object.keys(loaders) as ModuleFormat[], undefined),
  });
  return { ...values, node: nodeAt(values.node) };
}

async function main(): Promise<number> {
  const chosen = choices();
  if (chosen.index !== undefined) {
    await printShrunk(chosen.index, "no difference", chosen);
    return 0;
  }
  const tally: Tally = { invalid: 0, failed: new Map(), unlikeV8: 0 };
  const start = performance.now();
  await judgeAll(chosen, tally);
  const seconds = (performance.now() - start) / 1000;
  for (const [index, text] of [...tally.failed].sort((a, b) => a[0] - b[0])) await printShrunk(index, text, chosen);
  console.log(
    `seed ${chosen.seed}: ${chosen.count} programs on ${nameOf(chosen.node)}, ticks ${chosen.ticks}, layout ${chosen.layout}: ${tally.failed.size} differ, ${isV8(chosen.node) ? "" : `${tally.unlikeV8} are as natively in V8, not here, `}${tally.invalid} not valid for this engine, ${seconds.toFixed(0)} s, ${(chosen.count / seconds).toFixed(0)} a second`,
  );
  // A program of three modules is not valid when one of them is not.
  const expected = chosen.count * MOST_INVALID * (chosen.modules === undefined ? 1 : 3);
  const isSuspect = tally.invalid > Math.max(expected, FEW_INVALID);
  if (isSuspect) console.log("Too many programs were not valid: the generator or the engine is not what it should be.");
  return tally.failed.size || isSuspect ? 1 : 0;
}

process.exitCode = await main();
