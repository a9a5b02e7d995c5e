import type { Core } from "./core.js";
import { linkOf } from "./interrupt.js";

/**
 * Whether the generator waits for the promise, itself or through those that it reads: what the promise stands for cannot wait for the
 * generator then. It tells only once whoever has got the promise had the time to await it.
 */
export function waitsFor(core: Core, promise: unknown, passed = new Set<Core>()): boolean {
  if (core.value === promise) return true;
  passed.add(core);
  const inner = linkOf(core);
  return inner !== undefined && !passed.has(inner) && waitsFor(inner, promise, passed);
}
