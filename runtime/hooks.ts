import { defaultFinalizer } from "./background-close.js";
import { shared } from "./copies.js";
import type { Core } from "./core.js";
import { watchEnd } from "./enrol.js";
import { ignoreFirstCalls, observeFirstCalls } from "./first-call.js";
import { coreOf } from "./handle.js";
import { host } from "./host.js";
import { lifeOf } from "./life.js";
import { track, tracking, watch } from "./registry.js";

type AnyAsyncGenerator = AsyncGenerator<any, any, any>;
/** Takes a generator. */
export type AsyncGeneratorHook = (generator: AnyAsyncGenerator) => unknown;

/** Python's `sys.get_asyncgen_hooks()`. */
export interface AsyncGeneratorHooks {
  /**
   * Called synchronously in the first call of a method of each generator (rules H-1 to H-6). An error comes out of the call for
   * Python's methods, and rejects the promise for ECMAScript's. What it returns is ignored.
   */
  readonly firstIter: AsyncGeneratorHook | null;
  /**
   * Called with a new handle of an unfinished generator that was collected, once at most (rules H-11 to H-20). What it returns is
   * awaited, in the background. Errors go to `onError`.
   */
  readonly finalizer: AsyncGeneratorHook | null;
}

/** The first half of the default pair: makes the generator known to shutdown. */
function defaultFirstIter(generator: AnyAsyncGenerator): void {
  const core = coreOf(generator);
  if (core === undefined) return;
  track(core);
  watchEnd();
}

const own: AsyncGeneratorHooks = Object.freeze({ firstIter: defaultFirstIter, finalizer: defaultFinalizer });
const state = shared("hooks", { defaults: own, hooks: own, callHooks });

/** The hooks that are set: those of the runtime itself at first, which track generators and close abandoned ones. */
export function getAsyncGeneratorHooks(): AsyncGeneratorHooks {
  return state.hooks;
}

/**
 * Sets the hooks for generators whose first method call is still to come. A key that is missing stays as it is; null
 * or undefined removes the hook (rules H-7 to H-10).
 *
 * @throws TypeError for a hook that is no function; then nothing is changed
 */
export function setAsyncGeneratorHooks(
  changes: { [K in keyof AsyncGeneratorHooks]?: AsyncGeneratorHooks[K] | undefined },
): void {
  for (const name of ["firstIter", "finalizer"] as const) {
    const hook = changes[name];
    if (hook !== undefined && hook !== null && typeof hook !== "function") {
      throw new TypeError(`callable ${name} expected, got ${typeof hook}`);
    }
  }
  const { hooks, defaults, callHooks } = state;
  const { firstIter, finalizer } = (state.hooks = Object.freeze({
    firstIter: "firstIter" in changes ? (changes.firstIter ?? null) : hooks.firstIter,
    finalizer: "finalizer" in changes ? (changes.finalizer ?? null) : hooks.finalizer,
  }));
  tracking.byDefault = firstIter === defaults.firstIter && finalizer === defaults.finalizer;
  if (tracking.byDefault || (firstIter === null && finalizer === null)) ignoreFirstCalls(callHooks);
  else observeFirstCalls(callHooks);
}

/** The finalizer is captured before `firstIter` runs, and the call counts even if that throws. */
function callHooks(core: Core, handle: object): void {
  const life = lifeOf(core);
  const { firstIter, finalizer } = state.hooks;
  life.begun = true;
  life.finalizer = finalizer;
  if (finalizer !== null) {
    life.context = host.captureContext();
    watch(core, handle);
  }
  firstIter?.(handle as AnyAsyncGenerator);
}
