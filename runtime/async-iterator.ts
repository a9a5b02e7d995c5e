import type { Mode } from "./abi.js";
import { Asker } from "./asker.js";
import { AsyncFromSyncIterator } from "./async-from-sync-iterator.js";
import type { Core } from "./core.js";
import type { Turn } from "./drive.js";
import { EXIT } from "./exit.js";
import { coreOf } from "./handle.js";
import { apply, getMethod, IntrinsicTypeError, isObject } from "./intrinsics.js";
import { asyncIteratorPrototype } from "./native-prototypes.js";
import type { Waker } from "./waker.js";

/**
 * An Iterator Record of an async iterator ({@link https://tc39.es/ecma262/#sec-iterator-records}): `GetIterator(iterable, async)`
 * ({@link https://tc39.es/ecma262/#sec-getiterator}). Where it is a compiled generator, it is asked without promises, by whoever reads
 * it.
 */
export class AsyncIteratorRecord extends Asker {
  declare readonly iterator: any;
  declare readonly nextMethod: Function;
  /** The compiled generator that the iterator is. */
  declare readonly inner: Core | undefined;
  /** The callbacks of the generator that waits for the answer, and gets it without a promise. */
  declare sink: Waker | null;
  /** The compiled generator that reads; null before its first read. */
  declare reader: Core | null;

  constructor(iterable: any) {
    super();
    const method = getMethod(iterable, Symbol.asyncIterator);
    if (method !== undefined) {
      this.iterator = method === returnThis ? iterable : callIteratorMethod(iterable, method);
      this.nextMethod = this.iterator.next;
      this.inner = coreOf(this.iterator);
    } else {
      const syncMethod = getMethod(iterable, Symbol.iterator);
      if (syncMethod === undefined) throw new IntrinsicTypeError(`${typeof iterable} is not async iterable`);
      const sync = callIteratorMethod(iterable, syncMethod);
      this.iterator = new AsyncFromSyncIterator(sync, sync.next);
      this.nextMethod = this.iterator.next;
      this.inner = undefined;
    }
    this.sink = null;
    this.reader = null;
  }

  /** The reader waits for the answer from here on. */
  override expectAnswer(): void {
    this.sink = (this.reader as Core).ownWaker();
  }

  override takeAnswer(mode: Mode, value: unknown, done: boolean): Turn | null {
    const sink = this.sink as Waker;
    if (sink.core !== null) return sink.core.takeAnswer(mode, value === EXIT ? undefined : value, done);
    sink.drop(mode, value);
    return null;
  }
}

const returnThis: Function = asyncIteratorPrototype[Symbol.asyncIterator];

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
