/** `npm run torture -- --count N --seed S`: random programs that several consumers use at once, by each method of the package. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { nodeAt } from "../../bench/nodes.js";
import type { Options } from "../../transformer/index.js";
import { randomFrom } from "../random.js";
import { loadCopies } from "./copies.js";
import { differences } from "./engine.js";
import { type Mode, torture, watch } from "./invariants.js";

const usage = `Usage: npm run torture -- [--count 1000] [--seed 1] [--mode cleanup|errors|collect|engine] [--ticks spec|fused|mixed]
                          [--copies 1] [--node 22|PATH] [--failures 3] [--log]

  --mode      whether every generator closes and each cleanup runs once; whether each error of a cleanup gets to somebody;
              whether what is forgotten is closed when it is collected; or whether logs agree with the engine's, microtask turns included
  --ticks     mixed: each function has its own, and its own way to close
  --copies    copies of the runtime that the program's functions are spread over
  --log       prints the program's log and not only what is wrong`;

/** A program takes a tenth of a second. One that hangs would stop the run without a word. */
const HANGS_MS = 20_000;

function choices() {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      mode: { type: "string", default: "cleanup" },
      ticks: { type: "string", default: "spec" },
      copies: { type: "string", default: "1" },
      failures: { type: "string", default: "3" },
      node: { type: "string" },
      log: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (
    !["cleanup", "errors", "collect", "engine"].includes(values.mode) ||
    !["spec", "fused", "mixed"].includes(values.ticks)
  )
    return;
  return values.help ? undefined : values;
}

function optionsOf(seed: number, ticks: string): (index: number) => Options {
  const mixed = (index: number): Options => {
    const random = randomFrom(seed, 100 + index);
    return { ticks: random.pick(["spec", "fused"]), close: random.pick(["queue", "interrupt"]) };
  };
  const own = (index: number): Options =>
    ticks === "mixed"
      ? mixed(index)
      : { ticks: ticks as "spec" | "fused", close: seed % 3 === 0 ? "interrupt" : "queue" };
  return (index) => ({ ...own(index), debug: seed % 5 === 0 });
}

type Chosen = NonNullable<ReturnType<typeof choices>>;

async function judgeAll({ count, seed, failures, copies: copiesCount, log, ...chosen }: Chosen): Promise<number> {
  const copies = await loadCopies(Number(copiesCount));
  watch(copies.apis[0]!);
  const judge = async (index: number): Promise<readonly string[]> => {
    if (chosen.mode === "engine") return differences(index, copies);
    const world = await torture(index, chosen.mode as Mode, copies, optionsOf(index, chosen.ticks));
    if (log) console.log(world.lines.join("\n"));
    return world.faults;
  };
  let failed = 0;
  let index = Number(seed);
  for (const end = index + Number(count); index < end && failed < Number(failures); index++) {
    const limit = setTimeout(() => {
      console.log(`seed ${index}: hangs`);
      process.exit(1);
    }, HANGS_MS);
    const faults = await judge(index).catch((error) => [`${error?.stack ?? error}`]);
    clearTimeout(limit);
    if (faults.length > 0 && failed++ >= 0) console.log(`seed ${index}:\n  ${faults.slice(0, 5).join("\n  ")}`);
  }
  console.log(`${index - Number(seed)} programs, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

async function main(): Promise<number> {
  const chosen = choices();
  if (!chosen) {
    console.error(usage);
    return 2;
  }
  if (!chosen.node) return judgeAll(chosen);
  const { node, log, ...others } = chosen;
  const options = Object.entries(others).flatMap(([name, value]) => (value ? [`--${name}`, `${value}`] : []));
  const self = fileURLToPath(import.meta.url);
  const all = ["--import", "tsx", self, ...options, ...(log ? ["--log"] : [])];
  return spawnSync(nodeAt(node), all, { stdio: "inherit" }).status ?? 1;
}

// Generators that hang, as programs want it, and their timers must not keep the process.
process.exit(await main());
