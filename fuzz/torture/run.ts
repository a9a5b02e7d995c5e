/** `npm run torture -- --count N --seed S`: random programs that several consumers use at once, by each method of the package. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { nodeAt } from "../../bench/nodes.js";
import { argumentsOf, number, oneOf, text, toggle } from "../../scripts/arguments.js";
import type { Options } from "../../transformer/index.js";
import { randomFrom } from "../random.js";
import { loadCopies } from "./copies.js";
import { differences } from "./engine.js";
import { type Mode, torture, watch } from "./invariants.js";

const usage = `Usage: npm run torture -- [--count 1000] [--seed 1] [--mode cleanup|closes|errors|collect|engine] [--ticks spec|fused|mixed]
                          [--copies 1] [--node 22|PATH] [--failures 3] [--log]

  --mode      whether every generator closes and each cleanup runs once; whether one that a close has begun comes to its end, the inner
              before the outer, and the program's end leaves nothing open; whether each error of a cleanup gets to somebody; whether what is forgotten is closed when it is collected; or whether logs agree with the engine's, microtask turns included
  --ticks     mixed: each function has its own, and its own way to close
  --copies    copies of the runtime that the program's functions are spread over
  --log       prints the program's log and not only what is wrong`;

/** A program takes a tenth of a second. One that hangs would stop the run without a word. */
const HANGS_MS = 20_000;

const modes: readonly (Mode | "engine")[] = ["cleanup", "closes", "errors", "collect", "engine"];

const choices = () =>
  argumentsOf(usage, {
    count: number(1000),
    seed: number(1),
    mode: oneOf(modes, "cleanup"),
    ticks: oneOf(["spec", "fused", "mixed"], "spec"),
    copies: number(1),
    failures: number(3),
    node: text(undefined),
    log: toggle,
  }).values;

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

type Chosen = ReturnType<typeof choices>;

async function judgeAll({ count, seed, failures, copies: copiesCount, log, ...chosen }: Chosen): Promise<number> {
  const copies = await loadCopies(copiesCount);
  watch(copies.apis[0]!);
  const judge = async (index: number): Promise<readonly string[]> => {
    if (chosen.mode === "engine") return differences(index, copies);
    const world = await torture(index, chosen.mode, copies, optionsOf(index, chosen.ticks));
    if (log) console.log(world.lines.join("\n"));
    return world.faults;
  };
  let failed = 0;
  let index = seed;
  for (const end = index + count; index < end && failed < failures; index++) {
    const limit = setTimeout(() => {
      console.log(`seed ${index}: hangs`);
      process.exit(1);
    }, HANGS_MS);
    const faults = await judge(index).catch((error) => [`${error?.stack ?? error}`]);
    clearTimeout(limit);
    if (faults.length > 0 && failed++ >= 0) console.log(`seed ${index}:\n  ${faults.slice(0, 5).join("\n  ")}`);
  }
  console.log(`${index - seed} programs, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

async function main(): Promise<number> {
  const chosen = choices();
  if (!chosen.node) return judgeAll(chosen);
  const { node, log, ...others } = chosen;
  const options = Object.entries(others).flatMap(([name, value]) => (value ? [`--${name}`, `${value}`] : []));
  const self = fileURLToPath(import.meta.url);
  const all = ["--import", "tsx", self, ...options, ...(log ? ["--log"] : [])];
  return spawnSync(nodeAt(node), all, { stdio: "inherit" }).status ?? 1;
}

// Generators that hang, as programs want it, and their timers must not keep the process.
process.exit(await main());
