/** What is measured. Each workload is one file in workloads/, that exports `run(generators, n)`. */

export interface Workload {
  /** Its file, without the extension. */
  readonly name: string;
  readonly title: string;
  /** What `run` is called with. */
  readonly n: number;
  /** How many items that makes, for figures per item. */
  readonly items: number;
}

const workload = (name: string, title: string, n: number, items = n): Workload => ({ name, title, n, items });

export const workloads: readonly Workload[] = [
  workload("yield-loop", "yield loop", 20_000),
  workload("await-yield", "await, then yield", 12_000),
  workload("yield-object", "yield of an object", 20_000),
  workload("yield-promise", "yield of a promise", 12_000),
  workload("pipeline", "pipeline of five", 4_000),
  workload("tree", "`yield*` tree, depth 16", 16, 65_535),
  workload("yield-arrays", "`yield*` of arrays of ten", 20_000),
  workload("early-break", "early break, `finally`", 4_000),
  workload("create-next-return", "create, next, return", 6_000),
  workload("queued-all", "four queued, `Promise.all`", 3_000, 12_000),
  workload("queued-in-turn", "four queued, awaited in turn", 3_000, 12_000),
  workload("doubles", "doubles", 12_000),
  workload("sixty-states", "60 states", 400, 24_000 * 0.75),
  workload("ndjson", "NDJSON, batched", 2_000),
];

/** The workload of which the first items after loading are measured. */
export const coldWorkload: Workload = workload("yield-loop", "first 1,000 items after load, cold", 1_000);
