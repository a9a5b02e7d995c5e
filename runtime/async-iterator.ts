import { Mode } from "./abi.js";
import type { Asker } from "./asker.js";
import { AsyncFromSyncIterator } from "./async-from-sync-iterator.js";
import { isNextDirect, link } from "./consume.js";
import type { Core } from "./core.js";
import type { Turn } from "./drive.js";
import { EXIT } from "./exit.js";
import { coreOf } from "./handle.js";
import { apply, asMethod, IntrinsicTypeError, isObject, setPrototypeOf } from "./intrinsics.js";
import { asyncIteratorPrototype } from "./native-prototypes.js";
import { Status } from "./status.js";
import { awaitValue, type Waker, wakerOf } from "./waker.js";

/**
 * An Iterator Record of an async iterator ({@link https://tc39.es/ecma262/#sec-iterator-records}): `GetIterator(iterable, async)`
 * ({@link https://tc39.es/ecma262/#sec-getiterator}). Where it is a compiled generator, it is asked without promises, by whoever reads
 * it.
 */
export class AsyncIteratorRecord implements Asker {
  declare lazy: boolean;
  declare iterator: any;
  declare nextMethod: Function;
  /** The compiled generator that the iterator is. */
  declare inner: Core | undefined;
  /** The synchronous iterator that it wraps. */
  declare sync: AsyncFromSyncIterator | undefined;
  /** The callbacks of the generator that waits for the answer, and gets it without a promise. */
  declare sink: Waker | null;
  /** The compiled generator that reads; null before its first read. */
  declare reader: Core | null;

  constructor(iterable: any) {
    openIterator(this, iterable);
  }

  /** `Await(IteratorNext(record))` ({@link https://tc39.es/ecma262/#sec-iteratornext}). Returns whose turn it is. */
  next(reader: Core): Turn | null {
    const { fused } = reader.definition;
    if (fused?.canPull(this)) return fused.pullFirst(reader, this);
    const { iterator, nextMethod, inner, sync } = this;
    if (inner !== undefined && isNextDirect(inner, nextMethod)) return link(reader, this, inner, Mode.Next, undefined);
    if (sync !== undefined) return sync.ask(reader, this, []);
    reader.standing = Status.Calling;
    let result: unknown;
    try {
      result = apply(nextMethod, iterator, []);
    } catch (error) {
      return reader.resumed(Mode.Throw, error);
    }
    reader.standing = Status.AwaitingNext;
    return awaitValue(reader, result, iterator);
  }

  /** The reader waits for the answer from here on. */
  expectAnswer(): void {
    this.sink = wakerOf(this.reader as Core);
  }

  takeAnswer(mode: Mode, value: unknown, done: boolean): Turn | null {
    const sink = this.sink as Waker;
    if (sink.core !== null) return sink.core.takeAnswer(mode, value === EXIT ? undefined : value, done);
    sink.drop(mode, value);
    return null;
  }
}

/** What the constructor of a record does, for those that inherit from one without its constructor; see `inherit`. */
export function openIterator(record: AsyncIteratorRecord, iterable: unknown): void {
  const iterator = getAsyncIterator(iterable);
  record.lazy = false;
  record.iterator = iterator;
  record.nextMethod = iterator.next;
  record.sync = record.nextMethod === nextOfSync ? iterator : undefined;
  record.inner = coreOf(iterator);
  record.sink = null;
  record.reader = null;
}

/**
 * `extends` without the parent's constructor: V8 does not make objects of a derived class within the code that asks for them, and
 * what is made for each `yield*` and each loop takes 10 % of the time that these take.
 */
export function inherit(child: { prototype: object }, parent: { prototype: object }): void {
  setPrototypeOf(child.prototype, parent.prototype);
}

/** What only the wrappers of synchronous iterators have for `next`. */
const nextOfSync: Function = AsyncFromSyncIterator.prototype.next;

const returnThis: Function = asyncIteratorPrototype[Symbol.asyncIterator];

/** The iterator of `GetIterator(iterable, async)`. */
function getAsyncIterator(iterable: any): any {
  const method = asMethod(iterable[Symbol.asyncIterator], Symbol.asyncIterator);
  if (method === undefined) return fromSyncIterator(iterable);
  return method === returnThis ? iterable : callIteratorMethod(iterable, method);
}

/** `CreateAsyncFromSyncIterator` ({@link https://tc39.es/ecma262/#sec-createasyncfromsynciterator}). */
function fromSyncIterator(iterable: any): AsyncFromSyncIterator {
  const method = asMethod(iterable[Symbol.iterator], Symbol.iterator);
  if (method === undefined) throw new IntrinsicTypeError(`${typeof iterable} is not async iterable`);
  const iterator = callIteratorMethod(iterable, method);
  return new AsyncFromSyncIterator(iterator, iterator.next);
}

/** The first part of `GetIteratorFromMethod` ({@link https://tc39.es/ecma262/#sec-getiteratorfrommethod}). */
export function callIteratorMethod(iterable: any, method: Function): any {
  const iterator = apply(method, iterable, []);
  if (!isObject(iterator)) throw new IntrinsicTypeError(`Result of the iterator method is not an object`);
  return iterator;
}

/** `GetIterator(iterable, async)` for a loop of a compiled generator. */
export function asyncIterator(iterable: any): AsyncIteratorRecord {
  return new AsyncIteratorRecord(iterable);
}
