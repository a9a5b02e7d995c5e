/** What the methods of a generator ask of it. */

import { Mode } from "./abi.js";
import type { Core } from "./core.js";
import { drive } from "./drive.js";
import { advance } from "./first-run.js";
import { interruptWait } from "./interrupt.js";
import { isObject, rejected, resolved } from "./intrinsics.js";
import { noteOwnRequest } from "./own-request.js";
import { newPromiseCapability, Request } from "./request.js";
import { Status } from "./status.js";
import { awaitable } from "./waker.js";

/** `AsyncGenerator.prototype.next` ({@link https://tc39.es/ecma262/#sec-asyncgenerator-prototype-next}). */
export function requestNext(core: Core, value: unknown, handle: object): Promise<any> {
  if (core.isIdle()) return start(core, Mode.Next, value, handle);
  if (core.standing === Status.Completed) return resolved({ value: undefined, done: true });
  return enqueue(core, Mode.Next, value);
}

/** `AsyncGenerator.prototype.return` ({@link https://tc39.es/ecma262/#sec-asyncgenerator-prototype-return}). */
export function requestReturn(core: Core, value: unknown, handle: object): Promise<any> {
  // First of all: finalizers may ask for something.
  if (core.standing === Status.Start) core.complete();
  if (core.status > Status.Completed) return enqueue(core, Mode.Return, value);
  const { standing } = core;
  const { fused } = core.definition;
  if (fused !== null) {
    const awaited = awaitable(value);
    if (awaited !== null) value = awaited;
    else if (fused.canReturn()) return fused.returnAtOnce(core, value, handle);
  }
  if (!isObject(value)) {
    core.standing = standing === Status.Yielded ? Status.Returning : Status.Finishing;
    core.value = value;
    return resolved(core);
  }
  const promise = core.open(Mode.Return);
  if (standing === Status.Yielded) drive(core.unwrapYieldResumption(Mode.Return, value));
  else if (core.awaitReturn(value)) core.drain();
  return promise;
}

/** `AsyncGenerator.prototype.throw` ({@link https://tc39.es/ecma262/#sec-asyncgenerator-prototype-throw}). */
export function requestThrow(core: Core, reason: unknown, handle: object): Promise<any> {
  if (core.standing === Status.Start) core.complete();
  if (core.standing === Status.Completed) return rejected(reason);
  if (core.isIdle()) return start(core, Mode.Throw, reason, handle);
  return enqueue(core, Mode.Throw, reason);
}

/** `AsyncGeneratorEnqueue` ({@link https://tc39.es/ecma262/#sec-asyncgeneratorenqueue}). */
function enqueue(core: Core, mode: Mode, value: unknown): Promise<any> {
  // Who has had enough may say so by `throw()` too: Node's streams do when they are destroyed with an error.
  if (mode !== Mode.Next) interruptWait(core);
  const request = new Request(mode, value);
  core.append(request);
  const promise = newPromiseCapability(request);
  if (core.standing === Status.Executing) noteOwnRequest(promise, core);
  return promise;
}

/**
 * `AsyncGeneratorResume` ({@link https://tc39.es/ecma262/#sec-asyncgeneratorresume}) for a request that finds the
 * generator idle. A body that comes to its next yield without awaiting needs no capability: the promise is
 * resolved with the core as a thenable, so that `then` is called in the tick that `Await` of the operand takes.
 */
function start(core: Core, mode: Mode, value: unknown, handle: object): Promise<any> {
  const promise = advance(core, mode, value, handle, null);
  if (promise !== null) return promise as Promise<any>;
  return core.definition.fused === null ? resolved(core) : resolved({ value: core.deliver(), done: false });
}
