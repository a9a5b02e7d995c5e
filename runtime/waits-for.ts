import type { Core } from "./core.js";
import { linkOf } from "./interrupt.js";
import { Status } from "./status.js";

/**
 * What tells whether a generator waits for a promise, itself or through those that it reads: what the promise stands for cannot wait for the
 * generator then. So does, for as long as it waits at all, one of `cores` whose body runs now, in which the promise is made: it may be
 * given to `Promise.all`, or be awaited by a function that the body calls. It tells only once whoever has got the promise had the time to
 * await it.
 */
export function waitersFor(cores: readonly Core[]): (core: Core, promise: unknown, passed?: Set<Core>) => boolean {
  const makers = new Set(cores.filter(({ status }) => status === Status.Executing));
  return function waits(core, promise, passed = new Set<Core>()): boolean {
    if (core.value === promise || (makers.has(core) && core.status > Status.Completed)) return true;
    passed.add(core);
    const inner = linkOf(core);
    return inner !== undefined && !passed.has(inner) && waits(inner, promise, passed);
  };
}
