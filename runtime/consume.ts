/**
 * A compiled generator that reads another needs no promise between them: the answer goes straight into its core, and
 * it is woken one tick later, as `Await` of a settled promise would.
 */

import { Mode } from "./abi.js";
import { methods } from "./async-generator-prototype.js";
import type { Core } from "./core.js";
import { firstCallsAreObserved } from "./first-call.js";
import { coreOf } from "./handle.js";
import { Request } from "./request.js";
import { Status } from "./status.js";
import { awaitTick, disposeOf, promisesArePristine, Waker } from "./waker.js";

/**
 * Sends a resumption to the compiled generator behind the handle, if `method` is the built-in one and nothing could tell the
 * difference. Returns false when the method has to be called.
 */
export function consume(core: Core, handle: object, method: unknown, mode: Mode, value: unknown): boolean {
  const inner = coreOf(handle);
  if (inner === undefined || !isDirect(inner, method, mode)) return false;
  const waker = (core.waker ??= new Waker(core));
  const request = waker.request ?? new Request(mode, value);
  // A request that is on its way cannot carry another one: that of an interrupted read may still be.
  waker.request = null;
  request.mode = mode;
  request.value = value;
  request.sink = waker;
  const waiting = core.status;
  core.status = Status.Calling;
  inner.consume(request, handle);
  request.value = undefined;
  waker.request = request;
  if ((core.status as Status) === Status.Answered) {
    core.status = Status.AwaitingAnswer;
    awaitTick(core);
  } else {
    core.status = waiting;
    core.value = handle;
  }
  return true;
}

/** Whether the generator is idle and the method is the one that would resume it. */
export function isDirect(inner: Core, method: unknown, mode: Mode): boolean {
  if (inner.status === Status.Yielded) {
    const own = mode === Mode.Next ? methods.next : mode === Mode.Throw ? methods.throw : methods.return;
    return method === own && promisesArePristine();
  }
  return (
    inner.status === Status.Start &&
    mode === Mode.Next &&
    method === methods.next &&
    !firstCallsAreObserved &&
    promisesArePristine()
  );
}

/** Hands the answer of a compiled generator to the one that reads it. */
export function takeAnswer(sink: Waker, mode: Mode, value: unknown, done: boolean): void {
  const core = sink.core;
  if (core === null) {
    if (mode !== Mode.Throw) disposeOf(value);
    return;
  }
  core.mode = mode;
  core.value = value;
  core.done = done;
  if (core.status === Status.Calling) core.status = Status.Answered;
  else {
    core.status = Status.AwaitingAnswer;
    awaitTick(core);
  }
}
