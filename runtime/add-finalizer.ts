import { runInBackground } from "./background-close.js";
import type { Core } from "./core.js";
import { isOver, whenFinished } from "./life.js";
import { watch } from "./registry.js";
import { requireCore } from "./require-core.js";

/**
 * Runs the function once when the generator is finished: exhausted, failed, closed, also before its first `next()`,
 * or collected; at once if it is finished already. Its errors go to `onError`. A function that can reach the
 * generator keeps it from being collected; in V8 it can reach what any function beside it does.
 *
 * @throws TypeError for a generator that is not compiled, and for what is not a function
 */
export function addFinalizer(generator: AsyncGenerator<any, any, any>, fn: () => unknown): void {
  const core = requireCore(generator);
  if (typeof fn !== "function") throw new TypeError(`callable finalizer expected, got ${typeof fn}`);
  const run = (finished: Core): void => {
    const message = `an error occurred in a finalizer of asynchronous generator ${finished.self.name || "anonymous"}`;
    runInBackground(async () => fn(), message, finished);
  };
  if (isOver(core)) return run(core);
  whenFinished(core, run);
  watch(core, generator);
}
