import { runInBackground } from "./background-close.js";
import { close, isCleaningUp } from "./close-request.js";
import type { Core } from "./core.js";
import { coreOf } from "./handle.js";
import { cancelPending, interruptWait, linkOf } from "./interrupt.js";
import { lifeOf, whenFinished } from "./life.js";
import { watch } from "./registry.js";
import { requireCore } from "./require-core.js";
import { Status } from "./status.js";

/**
 * Throws a CancelledError at the innermost await that the generator is waiting at (rules D-1 to D-29). Returns false when
 * nothing is pending. A native generator cannot be cancelled: false.
 *
 * @param reason - becomes the error's `reason`, and its message
 */
export function cancel(generator: AsyncGenerator<any, any, any>, reason?: unknown): boolean {
  const core = coreOf(generator);
  return core === undefined ? false : cancelPending(core, reason);
}

/**
 * Binds the generator to a signal: when it is aborted, a pending await is cancelled with the signal's reason, and an
 * idle generator is closed; so is one whose signal is aborted already. A close that goes on by then is left its time. Errors of
 * that close go to `onError`.
 *
 * @returns the generator
 * @throws TypeError for a generator that is not compiled, and for what is no signal
 */
export function bindSignal<G extends AsyncGenerator<any, any, any>>(generator: G, signal: AbortSignal): G {
  const core = requireCore(generator);
  if (typeof signal?.addEventListener !== "function") throw new TypeError(`signal expected, got ${typeof signal}`);
  const abort = (): void => {
    const closing = closingWithin(core);
    if (closing !== undefined) return void close(closing).then(abort, abort);
    // A close that goes on already may be of this very signal, which what reads the generator is bound to as well.
    if (!isCleaningUp(core) && cancelPending(core, signal.reason, abort)) return;
    const name = core.self.name || "anonymous";
    runInBackground(
      () => (interruptWait(core, true), close(core)),
      `an error occurred while asynchronous generator ${name} was closed by its signal`,
      core,
    );
  };
  if (core.status === Status.Completed) return generator;
  if (signal.aborted) abort();
  else {
    whenFinished(core, onAbort(signal, abort));
    // The signal may live longer: one that is dropped where it owes nothing is never finished otherwise.
    watch(core, generator);
  }
  return generator;
}

/** Which of those that the generator reads, and waits for, is being closed. */
function closingWithin(core: Core, passed = new Set<Core>()): Core | undefined {
  const inner = linkOf(core);
  if (inner === undefined || passed.has(inner)) return undefined;
  return isCleaningUp(inner) ? inner : closingWithin(inner, passed.add(core));
}

interface Bound {
  readonly aborts: Set<() => void>;
  readonly listener: () => void;
}

/** One listener for all that is bound to a signal: Node warns of more than ten, and looks through all of them to take one away. */
const bound = new WeakMap<AbortSignal, Bound>();

/** Has the function called when the signal is aborted. Returns what undoes it. */
function onAbort(signal: AbortSignal, abort: () => void): () => void {
  const { aborts, listener } = bound.get(signal) ?? listen(signal);
  aborts.add(abort);
  return () => {
    if (!aborts.delete(abort) || aborts.size > 0) return;
    bound.delete(signal);
    signal.removeEventListener("abort", listener);
  };
}

function listen(signal: AbortSignal): Bound {
  const aborts = new Set<() => void>();
  const listener = (): void => {
    bound.delete(signal);
    for (const abort of aborts) abort();
  };
  signal.addEventListener("abort", listener, { once: true });
  const own = { aborts, listener };
  bound.set(signal, own);
  return own;
}

/**
 * The generator's own signal, aborted when it is interrupted, before its `finally` blocks run: for
 * `fetch(url, { signal })` in the body. Always the same signal for one generator.
 *
 * @throws TypeError for a generator that is not compiled
 */
export function asyncGeneratorSignal(generator: AsyncGenerator<any, any, any>): AbortSignal {
  const life = lifeOf(requireCore(generator));
  life.controller ??= new AbortController();
  return life.controller.signal;
}
