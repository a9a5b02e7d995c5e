import { Mode } from "./abi.js";
import type { AsyncIteratorRecord } from "./async-iterator.js";
import type { Core } from "./core.js";
import { apply, asMethod } from "./intrinsics.js";
import { requireResult } from "./iterator-result.js";
import { Status } from "./status.js";
import { awaitValue } from "./waker.js";

/**
 * `AsyncIteratorClose` ({@link https://tc39.es/ecma262/#sec-asynciteratorclose}). Quietly: for a throw completion,
 * which wins over everything that goes wrong here. Returns true when the answer is there at once.
 */
export function closeIterator(core: Core, record: AsyncIteratorRecord, quietly: boolean): boolean {
  core.mode = Mode.Next;
  core.value = undefined;
  core.standing = Status.Calling;
  try {
    const method = asMethod(record.iterator.return, "return");
    if (method === undefined) return true;
    const answer = apply(method, record.iterator, []);
    core.standing = quietly ? Status.AwaitingQuietClose : Status.AwaitingClose;
    if (awaitValue(core, answer, record.iterator) === null) return false;
  } catch (error) {
    core.mode = Mode.Throw;
    core.value = error;
  }
  if (quietly) core.mode = Mode.Next;
  return true;
}

/** Judges what the iterator's `return` answered. */
export function closed(core: Core, mode: Mode, result: unknown): void {
  core.mode = Mode.Next;
  core.value = undefined;
  if (core.standing === Status.AwaitingQuietClose) return;
  try {
    if (mode === Mode.Throw) throw result;
    requireResult(result);
  } catch (error) {
    core.mode = Mode.Throw;
    core.value = error;
  }
}
