import { Mode } from "./abi.js";
import type { AsyncIteratorRecord } from "./async-iterator.js";
import { consume } from "./consume.js";
import type { Core } from "./core.js";
import { pullItem } from "./fused.js";
import { apply, IntrinsicTypeError, isObject } from "./intrinsics.js";
import { Status } from "./status.js";
import { awaitValue } from "./waker.js";

/** `Await(IteratorNext(record))` ({@link https://tc39.es/ecma262/#sec-iteratornext}). Returns true when it failed at once. */
export function iteratorNext(core: Core, record: AsyncIteratorRecord): boolean {
  core.status = Status.AwaitingNext;
  if (core.definition.isFused) {
    const answer = pullItem(core, record);
    if (answer === null) return true;
    if (answer !== undefined) return awaitValue(core, answer, record.iterator);
  }
  if (consume(core, record.iterator, record.next, Mode.Next, undefined)) return false;
  let result: unknown;
  try {
    result = apply(record.next, record.iterator, []);
  } catch (error) {
    core.mode = Mode.Throw;
    core.value = error;
    return true;
  }
  return awaitValue(core, result, record.iterator);
}

/** Takes the awaited result apart, as the head of a `for await` does. */
export function stepped(core: Core, mode: Mode, result: any): void {
  core.done = false;
  if (mode === Mode.Next) {
    try {
      requireResult(result);
      core.done = !!result.done;
      result = core.done ? undefined : result.value;
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
