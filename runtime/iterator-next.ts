import { Mode } from "./abi.js";
import type { AsyncIteratorRecord } from "./async-iterator.js";
import { isDirect, link, requestOf } from "./consume.js";
import type { Core } from "./core.js";
import { apply, IntrinsicTypeError, isObject } from "./intrinsics.js";
import { Status } from "./status.js";
import { awaitValue } from "./waker.js";

/** `Await(IteratorNext(record))` ({@link https://tc39.es/ecma262/#sec-iteratornext}). Returns whose turn it is. */
export function iteratorNext(core: Core, record: AsyncIteratorRecord): Core | null {
  const { fused } = core.definition;
  if (fused?.canPull(record)) return fused.pullFirst(core, record);
  const { iterator, next, inner } = record;
  if (inner !== undefined && isDirect(inner, next, Mode.Next)) {
    return link(core, requestOf(core), inner, iterator, Mode.Next, undefined);
  }
  core.status = Status.AwaitingNext;
  let result: unknown;
  try {
    result = apply(next, iterator, []);
  } catch (error) {
    core.mode = Mode.Throw;
    core.value = error;
    return core;
  }
  return awaitValue(core, result, iterator) ? core : null;
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

/** Throws unless the value is an Object, as every iterator result must be. */
export function requireResult(value: unknown): asserts value is { done: unknown; value: unknown } {
  if (!isObject(value)) throw new IntrinsicTypeError(`Iterator result ${String(value)} is not an object`);
}
