import { AsyncFromSyncIterator } from "./async-from-sync-iterator.js";
import type { Core } from "./core.js";
import { coreOf } from "./handle.js";
import { apply, getMethod, IntrinsicTypeError, isObject } from "./intrinsics.js";

/** An Iterator Record of an async iterator ({@link https://tc39.es/ecma262/#sec-iterator-records}). */
export interface AsyncIteratorRecord {
  readonly iterator: any;
  readonly next: Function;
  /** The compiled generator that the iterator is. */
  readonly inner: Core | undefined;
}

/** `GetIterator(iterable, async)` ({@link https://tc39.es/ecma262/#sec-getiterator}). */
export function asyncIterator(iterable: any): AsyncIteratorRecord {
  const method = getMethod(iterable, Symbol.asyncIterator);
  if (method !== undefined) return fromMethod(iterable, method);
  const syncMethod = getMethod(iterable, Symbol.iterator);
  if (syncMethod === undefined) throw new IntrinsicTypeError(`${typeof iterable} is not async iterable`);
  const sync = fromMethod(iterable, syncMethod);
  const iterator = new AsyncFromSyncIterator(sync.iterator, sync.next);
  return { iterator, next: iterator.next, inner: undefined };
}

/** `GetIteratorFromMethod` ({@link https://tc39.es/ecma262/#sec-getiteratorfrommethod}). */
export function fromMethod(iterable: any, method: Function): AsyncIteratorRecord {
  const iterator = apply(method, iterable, []);
  if (!isObject(iterator)) throw new IntrinsicTypeError(`Result of the iterator method is not an object`);
  return { iterator, next: (iterator as any).next, inner: coreOf(iterator) };
}
