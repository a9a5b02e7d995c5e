import { Mode } from "./abi.js";
import type { Core } from "./core.js";
import { apply, callIntrinsic, isObject, promiseThen, rejected, resolved } from "./intrinsics.js";
import { disposeOf } from "./late-value.js";
import { warnOfDeadlock } from "./own-request.js";
import { isOrdinary, isPristine } from "./pristine.js";
import { Request } from "./request.js";
import { Status } from "./status.js";
import { inNextTick, TICK } from "./tick.js";

/**
 * The pair of callbacks that a generator gives to the promises it awaits: made once, and revoked by clearing
 * `core` when an interruption lets the promise go. With it comes the request of those calls whose answer is a matter of time.
 */
export class Waker {
  declare core: Core | null;
  declare readonly fulfilled: (value: unknown) => void;
  declare readonly rejected: (reason: unknown) => void;
  /** Whoever has let the promise go, and waits for its end all the same. */
  declare dropped?: () => void;
  /** There is one such call at a time: all others wait in the queue. */
  declare readonly request: Request;

  constructor(core: Core) {
    this.core = core;
    this.request = new Request(Mode.Next, undefined);
    this.fulfilled = (value) => {
      const target = this.core;
      if (target === null) this.drop(Mode.Next, value);
      else target.wake(Mode.Next, value === TICK ? target.value : value);
    };
    this.rejected = (reason) => {
      const target = this.core;
      if (target === null) this.drop(Mode.Throw, reason);
      else target.wake(Mode.Throw, reason);
    };
  }

  /** Lets go of what came too late. */
  drop(mode: Mode, value: unknown): void {
    if (mode === Mode.Throw) this.dropError(value);
    else disposeOf(value);
    this.dropped?.();
  }

  /** A promise that was let go may fail for all that anybody cares. Replaced where that is a cleanup which nobody else hears of. */
  dropError(_error: unknown): void {}
}

/** The generator's callbacks, made when they are first needed. */
export function wakerOf(core: Core): Waker {
  return (core.waker ??= new Waker(core));
}

/**
 * `Await(value)` ({@link https://tc39.es/ecma262/#await}): wakes the core when the value is there. Who looks sees it wait for the
 * source. Returns whose turn it is: the core's when `PromiseResolve` fails; it then holds the throw completion, and nothing will wake it.
 */
export function awaitValue(core: Core, value: any, source: unknown): Core | null {
  if (isObject(value)) return awaitObject(core, value, source);
  core.value = value;
  awaitTick(core);
  return null;
}

/**
 * What has to be awaited in place of a value that ECMAScript would await, if only that has any effect: null for what is no
 * thenable. Its `then` is read once, as `Await` does.
 */
export function awaitable(value: any): Promise<unknown> | null {
  if (!isObject(value)) return null;
  return isPristine(value) ? (value as Promise<unknown>) : thenableIn(value);
}

/** The same for an object that is no promise. */
export function thenableIn(value: object): Promise<unknown> | null {
  let then: unknown;
  try {
    then = (value as { then?: unknown }).then;
  } catch (error) {
    return rejected(error);
  }
  if (typeof then !== "function") return null;
  return resolved({ then: (...resolvers: unknown[]) => apply(then, value, resolvers) });
}

function awaitObject(core: Core, value: object, source: unknown): Core | null {
  return isPristine(value) ? awaitPristine(core, value, source) : awaitOther(core, value, source);
}

function awaitOther(core: Core, value: object, source: unknown): Core | null {
  if (isOrdinary(value)) return awaitOrdinary(core, value, source);
  core.value = source;
  return awaitNatively(wakerOf(core), core, value);
}

function awaitOrdinary(core: Core, value: object, source: unknown): Core | null {
  const { standing } = core;
  core.standing = Status.Calling;
  const thenable = thenableIn(value);
  core.standing = standing;
  if (thenable !== null) return awaitPristine(core, thenable, source);
  const waker = wakerOf(core);
  core.value = source;
  inNextTick(source === value ? waker.fulfilled : () => waker.fulfilled(value));
  return null;
}

/** The same for what `isPristine`, or has come from `awaitable`. */
export function awaitPristine(core: Core, promise: object, source: unknown): Core | null {
  const waker = wakerOf(core);
  core.value = source;
  warnOfDeadlock(core, promise);
  try {
    callIntrinsic(promiseThen, promise, waker.fulfilled, waker.rejected);
    return null;
  } catch {
    // It inherits from a promise, and is none.
    return awaitNatively(waker, core, promise);
  }
}

/** Wakes the core in the next tick, with its `value`. */
export function awaitTick(core: Core): void {
  inNextTick(wakerOf(core).fulfilled);
}

/** The engine's own `await`, for values that could tell the difference. */
function awaitNatively(waker: Waker, core: Core, value: unknown): Core | null {
  let synchronous = true;
  let failed: Core | null = null;
  const wait = async (): Promise<void> => {
    let mode: Mode = Mode.Next;
    try {
      value = await value;
    } catch (error) {
      if (synchronous) {
        core.mode = Mode.Throw;
        core.value = error;
        failed = core;
        return;
      }
      mode = Mode.Throw;
      value = error;
    }
    if (waker.core !== null) waker.core.wake(mode, value);
    else waker.drop(mode, value);
  };
  void wait();
  synchronous = false;
  return failed;
}
