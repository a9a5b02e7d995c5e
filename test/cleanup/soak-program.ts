/**
 * Opens and abandons generators in waves, and cancels others while they wait: `soak-program.ts <abandoned> <cancelled>`.
 * Needs `--expose-gc`. Prints what it found as JSON.
 */

import * as api from "../../runtime/index.js";
import { compileScript } from "../runtime/support/compile.js";
import { Gate } from "../runtime/support/gate.js";

const abandoned = Number(process.argv[2]);
const cancelled = Number(process.argv[3]);
const gc = globalThis.gc as () => void;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let cleaned = 0;
let errors = 0;
const { promise: gate, open } = new Gate();
api.configureAsyncGenerators({ onError: () => errors++ });
const make = compileScript("./soak-programs.js", import.meta.url).programs({ log: () => cleaned++, gate });

function heap(): number {
  gc();
  return process.memoryUsage().heapUsed;
}

async function wave(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await make.owes().next();
}

async function untilCleaned(count: number): Promise<void> {
  for (let i = 0; i < 200 && cleaned < count; i++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    gc();
    await turn();
  }
}

async function abandon(): Promise<{ cleaned: number; growth: number; registered: number }> {
  const size = Math.min(20_000, abandoned / 5);
  let first = 0;
  for (let opened = size; opened <= abandoned; opened += size) {
    await wave(size);
    await untilCleaned(opened);
    if (opened === 2 * size) first = heap();
  }
  const growth = (heap() - first) / first;
  return { cleaned, growth, registered: api.openAsyncGenerators().length };
}

async function cancel(): Promise<{ rejected: number; late: number }> {
  cleaned = 0;
  let rejected = 0;
  for (let done = 0; done < cancelled; done += 1000) {
    const generators = Array.from({ length: 1000 }, () => make.waits());
    const answers = generators.map((each) => each.next());
    for (const each of generators) api.cancel(each);
    for (const { status } of await Promise.allSettled(answers)) if (status === "rejected") rejected++;
  }
  const before = cleaned;
  open("late");
  for (let i = 0; i < 20; i++) await turn();
  return { rejected, late: cleaned - before + errors };
}

const result = { ...(await abandon()), ...(await cancel()) };
console.log(JSON.stringify({ abandoned, cancelled, ...result, registered: api.openAsyncGenerators().length }));
