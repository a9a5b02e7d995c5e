import { nodeModule } from "../node/process.js";

/** Lets timers and what follows from them run. */
export function turn(): Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (fn: () => void) => void };
  return new Promise((resolve) => {
    if (setImmediate === undefined) setTimeout(resolve, 0);
    else setImmediate(resolve);
  });
}

let collector: (() => void) | null | undefined;

/** The engine's garbage collector; null where it is out of reach. In Node no flag is needed. */
export function garbageCollector(): (() => void) | null {
  collector ??= (globalThis as { gc?: () => void }).gc ?? nodeCollector();
  return collector;
}

function nodeCollector(): (() => void) | null {
  const v8 = nodeModule("node:v8");
  const vm = nodeModule("node:vm");
  if (v8 === undefined || vm === undefined) return null;
  v8.setFlagsFromString("--expose-gc");
  return vm.runInNewContext("gc");
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
