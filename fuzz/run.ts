/** `npm run fuzz -- --count N --seed S`: random programs and drivers, compared with the native engine. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { CompilerName } from "../test/support/compilers.js";
import type { Driver } from "../test/support/drivers.js";
import type { Message, Work } from "./worker.js";

const usage = `Usage: npm run fuzz -- [--count 1000] [--seed S] [--index I] [--ticks spec|fused] [--using] [--node PATH]
                       [--jobs 2] [--failures 3] [--seconds 20] [--compiler aclose|identity|broken]

  --index     judge only this program of the seed, and shrink it when it fails
  --failures  stop after so many failing programs
  --seconds   time to shrink each`;

/** Threads of Node 20 do not take over `--import tsx`. */
const boot = `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(new URL("worker.ts", import.meta.url).href)}); });`;

const HANG_MILLISECONDS = 5000;
/** The share of programs that an engine may refuse. */
const MOST_INVALID = 0.05;

interface Choices {
  readonly count: number;
  readonly seed: number;
  readonly index: number | undefined;
  readonly ticks: "spec" | "fused";
  readonly using: boolean;
  readonly jobs: number;
  readonly failures: number;
  readonly seconds: number;
  readonly compiler: CompilerName;
}

interface Tally {
  done: number;
  invalid: number;
  readonly failed: Map<number, string>;
}

/** One thread; resolves when it has ended. `hung` is told the index that it hangs at. */
function runThread(
  work: Omit<Work, "progress">,
  receive: (message: Message, stop: () => void) => void,
): Promise<{ hungAt?: number }> {
  const progress = new Int32Array(new SharedArrayBuffer(4));
  progress[0] = -1;
  const worker = new Worker(boot, { eval: true, workerData: { ...work, progress } });
  return new Promise((resolve, reject) => {
    let [seen, since] = [-1, performance.now()];
    const end = (result: { hungAt?: number }): void => {
      clearInterval(timer);
      void worker.terminate().then(() => resolve(result));
    };
    const timer = setInterval(() => {
      if (progress[0] !== seen || seen < 0) [seen, since] = [progress[0]!, performance.now()];
      else if (performance.now() - since > HANG_MILLISECONDS && work.range) end({ hungAt: seen });
    }, 250);
    worker.on("message", (message: Message) => {
      if (message.kind === "done") end({});
      else receive(message, () => end({}));
    });
    worker.on("error", (error) => {
      clearInterval(timer);
      if (progress[0]! >= 0 && work.range) resolve({ hungAt: progress[0]! });
      else reject(error);
    });
  });
}

async function judgeAll(chosen: Choices, tally: Tally): Promise<void> {
  const { count, jobs, failures } = chosen;
  const thread = async (first: number): Promise<void> => {
    for (let from = first; from < count && tally.failed.size < failures; ) {
      const { hungAt } = await runThread({ ...chosen, range: { from, to: count, step: jobs } }, (message, stop) => {
        if (message.kind === "invalid") tally.invalid++;
        if (message.kind === "failure") tally.failed.set(message.index, message.failure.text);
        if (tally.failed.size >= failures) stop();
      });
      if (hungAt === undefined) return;
      tally.failed.set(hungAt, "does not end");
      from = hungAt + jobs;
    }
  };
  await Promise.all(Array.from({ length: jobs }, (_, index) => thread(index)));
}

async function printShrunk(index: number, found: string, chosen: Choices): Promise<void> {
  console.log(
    `\n════ seed ${chosen.seed}, index ${index}: replay with --seed ${chosen.seed} --index ${index}${chosen.using ? " --using" : ""}${chosen.ticks === "fused" ? " --ticks fused" : ""}`,
  );
  let smallest: { source: string; driver: Driver; text: string } | undefined;
  const limit = setTimeout(() => undefined, chosen.seconds * 1500);
  await Promise.race([
    runThread({ ...chosen, shrink: { index, seconds: chosen.seconds } }, (message) => {
      if (message.kind === "smaller") smallest = message;
    }),
    new Promise((resolve) => {
      setTimeout(resolve, chosen.seconds * 1500).unref();
    }),
  ]);
  clearTimeout(limit);
  if (smallest) console.log(`${smallest.source.replace(/\n\s*\n+/g, "\n")}\n\n${smallest.text}`);
  else console.log(found);
}

function choices(): Choices | undefined {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "1000" },
      seed: { type: "string" },
      index: { type: "string" },
      ticks: { type: "string", default: "spec" },
      using: { type: "boolean", default: false },
      node: { type: "string" },
      jobs: { type: "string", default: "2" },
      failures: { type: "string", default: "3" },
      seconds: { type: "string", default: "20" },
      compiler: { type: "string", default: "aclose" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || !["spec", "fused"].includes(values.ticks)) return undefined;
  if (values.node) {
    const rest = process.argv.slice(2).filter((each, at, all) => each !== "--node" && all[at - 1] !== "--node");
    const { status } = spawnSync(values.node, ["--import", "tsx", fileURLToPath(import.meta.url), ...rest], {
      stdio: "inherit",
    });
    process.exit(status ?? 1);
  }
  return {
    count: Number(values.count),
    seed: values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed),
    index: values.index === undefined ? undefined : Number(values.index),
    ticks: values.ticks as "spec" | "fused",
    using: values.using,
    jobs: Number(values.jobs),
    failures: Number(values.failures),
    seconds: Number(values.seconds),
    compiler: values.compiler as CompilerName,
  };
}

async function main(): Promise<number> {
  const chosen = choices();
  if (!chosen) {
    console.error(usage);
    return 2;
  }
  if (chosen.index !== undefined) {
    await printShrunk(chosen.index, "no difference", chosen);
    return 0;
  }
  const tally: Tally = { done: 0, invalid: 0, failed: new Map() };
  const start = performance.now();
  await judgeAll(chosen, tally);
  const seconds = (performance.now() - start) / 1000;
  for (const [index, text] of [...tally.failed].sort((a, b) => a[0] - b[0])) await printShrunk(index, text, chosen);
  console.log(
    `seed ${chosen.seed}: ${chosen.count} programs on Node ${process.version}, ticks ${chosen.ticks}: ${tally.failed.size} differ, ${tally.invalid} not valid for this engine, ${seconds.toFixed(0)} s`,
  );
  if (tally.invalid > chosen.count * MOST_INVALID)
    console.log("Too many programs were not valid: the generator or the engine is not what it should be.");
  return tally.failed.size || tally.invalid > chosen.count * MOST_INVALID ? 1 : 0;
}

process.exitCode = await main();
