/**
 * A compiled generator that reads another needs no promise between them: the answer goes straight into its core, and
 * it is woken one tick later, as `Await` of a settled promise would; fused, at once.
 */

import { Mode } from "./abi.js";
import { methods } from "./async-generator-prototype.js";
import type { Core } from "./core.js";
import { firstCallsAreObserved } from "./first-call.js";
import { Request } from "./request.js";
import { Status } from "./status.js";
import { awaitTick, disposeOf, promisesArePristine, type Waker, wakerOf } from "./waker.js";

/** Whether the generator is idle and the method is the one that would resume it, and nothing could tell a call from none. */
export function isDirect(inner: Core, method: unknown, mode: Mode): boolean {
  if (inner.status === Status.Yielded) {
    const own = mode === Mode.Next ? methods.next : mode === Mode.Throw ? methods.throw : methods.return;
    return method === own && inner.isIdle() && promisesArePristine();
  }
  return (
    inner.status === Status.Start &&
    mode === Mode.Next &&
    method === methods.next &&
    !firstCallsAreObserved &&
    promisesArePristine()
  );
}

/** Who gets the answer when a generator is asked without a promise: another one, or whoever made the request. */
export type Asker = Core | Request;

/** The request that a reader uses again and again. One that is on its way cannot carry another: that of an interrupted read may still be. */
export function requestOf(reader: Asker): Request {
  if (reader instanceof Request) return reader;
  const waker = wakerOf(reader);
  const request = waker.request ?? new Request(Mode.Next, undefined);
  waker.request = null;
  request.sink = waker;
  return request;
}

/** Sends a resumption to the generator that the reader reads directly. Returns whose turn it is. */
export function link(
  reader: Core,
  request: Request,
  inner: Core,
  handle: object,
  mode: Mode,
  value: unknown,
): Core | null {
  request.sink = wakerOf(reader);
  if (reader.definition.fused === null) reader.status = Status.Calling;
  reader.value = handle;
  inner.current = request;
  return inner.unwrapYieldResumption(mode, value);
}

/** Hands the answer of a compiled generator to the one that reads it. Returns it when it goes on at once. */
export function takeAnswer(request: Request, mode: Mode, value: unknown, done: boolean): Core | null {
  const sink = request.sink as Waker;
  const core = sink.core;
  if (core === null) {
    if (mode !== Mode.Throw) disposeOf(value);
    return null;
  }
  // A delegation is its own request.
  if (core.pending === null) sink.request = request;
  core.mode = done && mode === Mode.Next ? Mode.Done : mode;
  core.value = value;
  if (core.status === Status.Calling) {
    core.status = Status.Answered;
    return null;
  }
  core.status = Status.AwaitingAnswer;
  if (core.definition.fused !== null) return core;
  awaitTick(core);
  return null;
}
