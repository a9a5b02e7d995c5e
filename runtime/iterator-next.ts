import { Mode } from "./abi.js";
import type { AsyncIteratorRecord } from "./async-iterator.js";
import { isNextDirect, link } from "./consume.js";
import type { Core } from "./core.js";
import type { Turn } from "./drive.js";
import { apply } from "./intrinsics.js";
import { requireResult } from "./iterator-result.js";
import { Status } from "./status.js";
import { awaitValue } from "./waker.js";

/** `Await(IteratorNext(record))` ({@link https://tc39.es/ecma262/#sec-iteratornext}). Returns whose turn it is. */
export function iteratorNext(core: Core, record: AsyncIteratorRecord): Turn | null {
  const { fused } = core.definition;
  if (fused?.canPull(record)) return fused.pullFirst(core, record);
  const { iterator, nextMethod, inner, sync } = record;
  if (inner !== undefined && isNextDirect(inner, nextMethod)) {
    return link(core, record, inner, Mode.Next, undefined);
  }
  if (sync) return sync.ask(core, record, []);
  core.standing = Status.Calling;
  let result: unknown;
  try {
    result = apply(nextMethod, iterator, []);
  } catch (error) {
    core.standing = Status.Executing;
    core.mode = Mode.Throw;
    core.value = error;
    return core;
  }
  core.standing = Status.AwaitingNext;
  return awaitValue(core, result, iterator);
}

/** Takes the awaited result apart, as the head of a `for await` does. */
export function stepped(core: Core, mode: Mode, result: any): void {
  if (mode === Mode.Next) {
    try {
      requireResult(result);
      if (result.done) mode = Mode.Done;
      result = mode === Mode.Done ? undefined : result.value;
    } catch (error) {
      mode = Mode.Throw;
      result = error;
    }
  }
  core.mode = mode;
  core.value = result;
}
