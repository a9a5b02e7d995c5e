import { nodeModule } from "../node/process.js";

/** Those of the global may be a clock of the test's own, that stands still. */
const { setTimeout, setImmediate = setTimeout } = nodeModule("node:timers") ?? globalThis;

/** Lets timers and what follows from them run. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

let collector: (() => void) | null | undefined;

/** The engine's garbage collector; null where it is out of reach. In Node no flag is needed. */
export function garbageCollector(): (() => void) | null {
  collector ??= (globalThis as { gc?: () => void }).gc ?? nodeCollector();
  return collector;
}

/** Hosts that imitate Node, as Bun and Cloudflare's Workers, have these modules too, and no such flag. */
function nodeCollector(): (() => void) | null {
  try {
    nodeModule("node:v8").setFlagsFromString("--expose-gc");
    return nodeModule("node:vm").runInNewContext("gc");
  } catch {
    return null;
  }
}

/** Collects garbage until the condition holds, so many times at most. Returns whether it holds. */
export async function collectUntil(condition: () => boolean, rounds = 20): Promise<boolean> {
  for (let round = 0; round < rounds && !condition(); round++) {
    // A generator is registered for finalization in a turn of its own.
    await new Promise((resolve) => setTimeout(resolve, 2));
    garbageCollector()?.();
    await turn();
    await turn();
  }
  return condition();
}
