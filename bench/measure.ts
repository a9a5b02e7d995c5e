/** Takes the samples: rounds in which the variants of every workload take turns. */

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath, pathToFileURL } from "node:url";
import { fileOf, type Variant } from "./variants.js";
import type { Workload } from "./workloads.js";

const workerPath = fileURLToPath(new URL("./worker.js", import.meta.url));

/** The times of one workload, in nanoseconds by variant. */
type Samples = Map<string, number[]>;

export interface Plan {
  readonly node: string;
  readonly workloads: readonly Workload[];
  readonly variants: readonly Variant[];
  /** Processes of each variant, one after the other: how an engine optimizes differs from one to the next, by 10 % at times. */
  readonly processes: number;
  /** In each process. */
  readonly rounds: number;
  /** Rounds that are not counted, before the others. */
  readonly warmUp: number;
  /** Whether all workloads of a variant share a process, instead of having one each. */
  readonly together: boolean;
}

const url = (variant: string, workload: string) => pathToFileURL(fileOf(variant, workload)).href;

/** Measures all workloads. Throws when a variant computes something else than the native one. */
export async function measure(plan: Plan): Promise<Map<string, Samples>> {
  const samples = new Map(
    plan.workloads.map(({ name }) => [name, new Map(plan.variants.map((each) => [each.name, [] as number[]]))]),
  );
  const groups = plan.together ? [plan.workloads] : plan.workloads.map((workload) => [workload]);
  for (const group of groups) for (let i = 0; i < plan.processes; i++) await inRounds(plan, group, samples);
  return samples;
}

/** All rounds of some workloads, in new processes. */
async function inRounds(plan: Plan, workloads: readonly Workload[], samples: Map<string, Samples>): Promise<void> {
  const processes = new Map(
    plan.variants.map(({ name }) => [name, fork(workerPath, [], { execPath: plan.node, execArgv: [] })]),
  );
  try {
    for (let round = -plan.warmUp; round < plan.rounds; round++) {
      for (const workload of workloads) await takeTurns(plan, workload, round, processes, samples.get(workload.name)!);
    }
  } finally {
    for (const process of processes.values()) process.disconnect();
  }
}

async function takeTurns(
  plan: Plan,
  workload: Workload,
  round: number,
  processes: Map<string, ChildProcess>,
  samples: Samples,
): Promise<void> {
  const { variants } = plan;
  const results = new Map<string, unknown>();
  for (let i = 0; i < variants.length; i++) {
    // Another one begins each time, so that none always comes after the same neighbour.
    const variant = variants[(i + round + plan.warmUp) % variants.length]!;
    const { time, result } = await sample(processes.get(variant.name)!, variant, workload);
    if (round >= 0) samples.get(variant.name)!.push(time);
    results.set(variant.name, result);
  }
  const expected = results.get(variants[0]!.name);
  for (const [name, result] of results) {
    if (result !== expected) throw new Error(`${workload.name}: ${name} computed ${result} instead of ${expected}`);
  }
}

async function sample(
  process: ChildProcess,
  variant: Variant,
  workload: Workload,
): Promise<{ time: number; result: unknown }> {
  const generators = url(variant.name, workload.name);
  const consumer = variant.compilesConsumer ? generators : url("native", workload.name);
  process.send({ key: `${variant.name}/${workload.name}`, generators, consumer, n: workload.n });
  const [answer] = await once(process, "message", { signal: AbortSignal.timeout(30_000) }).catch(() => {
    throw new Error(`${variant.name}, ${workload.name}: no answer`);
  });
  if (answer.error) throw new Error(`${variant.name}, ${workload.name}: ${answer.error}`);
  return answer;
}

export interface Figure {
  /** Nanoseconds of the best sample. */
  readonly best: number;
  /** Best native time / best own time: above 1 is faster than native. */
  readonly ratio: number;
  /** The quartiles of the ratios of single rounds. */
  readonly low: number;
  readonly high: number;
}

/** The figures of one workload, by variant. */
export function figuresOf(samples: Samples): Record<string, Figure> {
  const native = samples.get("native")!;
  const least = Math.min(...native);
  return Object.fromEntries(
    [...samples].map(([name, times]) => {
      const ratios = times.map((time, i) => native[i]! / time).sort((a, b) => a - b);
      const at = (share: number) => ratios[Math.round(share * (ratios.length - 1))]!;
      const best = Math.min(...times);
      return [name, { best, ratio: least / best, low: at(0.25), high: at(0.75) }];
    }),
  );
}
