/** The first run of a body that was idle: it goes within the call, up to its first suspension. */

import { Mode, Operation, OWES_CLEANUP } from "./abi.js";
import type { Asker } from "./asker.js";
import type { Core } from "./core.js";
import { drive } from "./drive.js";
import { EXIT } from "./exit.js";
import { missInterruption } from "./interrupt.js";
import { isObject, rejected, resolved } from "./intrinsics.js";
import { perform } from "./perform.js";
import { isOrdinary } from "./pristine.js";
import { Status } from "./status.js";
import { thenableIn } from "./waker.js";

/**
 * What a first run leads to: null where a plain yield waits for its tick, and otherwise the promise of the answer; undefined when the
 * answer will go to the reader.
 */
export type Answer = Promise<any> | null | undefined;

/** Runs the body of an idle generator. */
export function advance(core: Core, mode: Mode, value: unknown, handle: object, reader: Asker | null): Answer {
  const { fused } = core.definition;
  if (core.rare.pending !== null) {
    if (fused !== null) return fused.advanceDelegating(core, mode, value, handle, reader);
    const promise = promised(core, reader);
    drive(core.resumed(mode, value));
    return promise;
  }
  return respond(core, core.resumed(mode, value).runStep(), handle, reader);
}

/** Does what the body has asked for in its first run; see `advance`. */
export function respond(core: Core, operand: any, handle: object, reader: Asker | null): Answer {
  const { fused } = core.definition;
  const { op } = core;
  const operation = op & ~OWES_CLEANUP;
  let thenable: object | null = null;
  if (
    operation === Operation.Yield &&
    (!isObject(operand) || (fused === null && isOrdinary(operand) && (thenable = thenableIn(operand)) === null))
  ) {
    if (op !== operation) core.enrolIfOwing(handle);
    core.value = operand;
    core.standing = Status.Delivering;
    return null;
  }
  if (op === Operation.Return) return end(core, Mode.Next, operand, reader);
  if (op === Operation.Throw) return end(core, Mode.Throw, operand, reader);
  if (fused !== null && operation !== Operation.Await) return fused.advance(core, operand, handle, reader);
  return wait(core, thenable ?? operand, handle, reader);
}

/** The answer is a matter of time. */
function wait(core: Core, operand: unknown, handle: object, reader: Asker | null): Promise<any> | undefined {
  core.enrolIfOwing(handle);
  const promise = promised(core, reader);
  drive(perform(core, operand), core);
  return promise;
}

/** The promise of the answer to the request that is being served, unless a reader gets it. */
export function promised(core: Core, reader: Asker | null): Promise<any> | undefined {
  if (reader === null) return core.open(core.current === null ? Mode.Next : Mode.Return);
  reader.expectAnswer();
  core.current = reader;
  return undefined;
}

/** The body has come to its end in its first run. */
export function end(core: Core, mode: Mode, value: unknown, reader: Asker | null): Promise<any> | undefined {
  core.standing = Status.Draining;
  core.release();
  if (reader !== null) {
    reader.expectAnswer();
    if (core.rare.interruption !== null) missInterruption(core);
    // The reader begins to wait for the answer when it has it, which is when the call is over.
    core.drain();
    reader.takeAnswer(mode, value, true);
    return undefined;
  }
  const promise =
    mode === Mode.Throw ? rejected(value) : resolved({ value: value === EXIT ? undefined : value, done: true });
  core.drain();
  return promise;
}
