import { Mode } from "./abi.js";
import type { AsyncIteratorRecord } from "./async-iterator.js";
import type { Core } from "./core.js";
import { drive, type Turn } from "./drive.js";
import {
  apply,
  asMethod,
  callIntrinsic,
  IntrinsicTypeError,
  isObject,
  promiseThen,
  rejected,
  resolved,
} from "./intrinsics.js";
import { requireResult } from "./iterator-result.js";
import { isOrdinary, isPristine, promisesArePristine } from "./pristine.js";
import { Status } from "./status.js";
import { inNextTick, TICK } from "./tick.js";
import { awaitValue, thenableIn } from "./waker.js";

type Result = { value: unknown; done: boolean };

/**
 * `%AsyncFromSyncIteratorPrototype%` ({@link https://tc39.es/ecma262/#sec-async-from-sync-iterator-objects}). A compiled generator that
 * reads needs no promise from it: it is answered by callbacks, in the tick in which the promise would be settled.
 */
export class AsyncFromSyncIterator {
  declare readonly iterator: any;
  declare readonly syncNext: Function;
  /** Who reads, and what it was given last, until that is there. */
  declare private record: AsyncIteratorRecord;
  declare private value: unknown;
  declare private done: boolean;
  /** Made when they are first needed. */
  declare private fulfilled: ((value: unknown) => void) | undefined;
  declare private rejected: (reason: unknown) => void;

  constructor(iterator: object, next: Function) {
    this.iterator = iterator;
    this.syncNext = next;
    this.record = undefined as never;
    this.value = undefined;
    this.done = false;
    this.fulfilled = undefined;
    this.rejected = undefined as never;
  }

  /**
   * `next` on behalf of a compiled generator, which takes the answer as from one that it reads. Returns it if the answer is there at
   * once.
   */
  ask(reader: Core, record: AsyncIteratorRecord, args: unknown[]): Turn | null {
    const standing = reader.rare.pending === null ? Status.AwaitingNext : Status.Operating;
    reader.standing = Status.Calling;
    reader.value = this;
    record.reader = reader;
    record.expectAnswer();
    if (!promisesArePristine()) {
      const promise = this.next(...args);
      reader.standing = standing;
      return awaitValue(reader, promise, this);
    }
    let promise: Promise<unknown> | null | undefined;
    try {
      promise = this.step(args);
    } catch (error) {
      reader.standing = standing;
      return record.takeAnswer(Mode.Throw, error, true);
    }
    reader.standing = standing;
    this.record = record;
    if (promise === null && reader.definition.fused !== null) return this.answer(Mode.Next, this.value);
    this.await(promise);
    return null;
  }

  /** Returns what to await of the value; see `promiseIn`. */
  private step(args: unknown[]): Promise<unknown> | null | undefined {
    const result: unknown = apply(this.syncNext, this.iterator, args);
    requireResult(result);
    this.done = !!result.done;
    this.value = result.value;
    return promiseIn(this.value);
  }

  private await(promise: Promise<unknown> | null | undefined): void {
    this.fulfilled ??= this.makeCallbacks();
    if (promise === null) return inNextTick(this.fulfilled);
    if (promise === undefined) return void this.awaitNatively();
    try {
      callIntrinsic(promiseThen, promise, this.fulfilled, this.rejected);
    } catch {
      // It inherits from a promise, and is none.
      void this.awaitNatively();
    }
  }

  private makeCallbacks(): (value: unknown) => void {
    this.rejected = (reason) => {
      if (!this.done) closeQuietly(this.iterator);
      drive(this.answer(Mode.Throw, reason));
    };
    return (value) => drive(this.answer(Mode.Next, value === TICK ? this.value : value));
  }

  private answer(mode: Mode, value: unknown): Turn | null {
    const { record } = this;
    this.value = undefined;
    // What comes too late is not the reader's to dispose of.
    if (mode === Mode.Next && record.sink!.core === null) return null;
    return record.takeAnswer(mode, value, this.done);
  }

  /** The engine's own `await`, for values that could tell the difference. */
  private async awaitNatively(): Promise<void> {
    try {
      // Fused, the reader goes on where it is answered, and it is still within its call.
      if (this.record.reader!.definition.fused !== null) await undefined;
      this.value = await this.value;
    } catch (error) {
      return this.rejected(error);
    }
    this.fulfilled!(TICK);
  }

  next(...args: unknown[]): Promise<Result> {
    return continuation(this.iterator, this.syncNext, args, true);
  }

  return(...args: unknown[]): Promise<Result> {
    let method: Function | undefined;
    try {
      method = asMethod(this.iterator.return, "return");
    } catch (error) {
      return rejected(error);
    }
    if (method === undefined) return resolved({ value: args[0], done: true });
    return continuation(this.iterator, method, args, false);
  }

  throw(...args: unknown[]): Promise<Result> {
    let method: Function | undefined;
    try {
      method = asMethod(this.iterator.throw, "throw");
      if (method === undefined) {
        closeSyncIterator(this.iterator);
        throw new IntrinsicTypeError("The iterator does not provide a 'throw' method");
      }
    } catch (error) {
      return rejected(error);
    }
    return continuation(this.iterator, method, args, true);
  }
}

/** What to await of a value: null for what is no thenable, and undefined for what only the engine's own `await` can judge. */
function promiseIn(value: unknown): Promise<unknown> | null | undefined {
  if (!isObject(value)) return null;
  if (isPristine(value)) return value as Promise<unknown>;
  return isOrdinary(value) ? thenableIn(value) : undefined;
}

/**
 * Calls the method and hands on what it answers:
 * `AsyncFromSyncIteratorContinuation` ({@link https://tc39.es/ecma262/#sec-asyncfromsynciteratorcontinuation}).
 */
async function continuation(
  iterator: object,
  method: Function,
  args: unknown[],
  closeOnRejection: boolean,
): Promise<Result> {
  const result: unknown = apply(method, iterator, args);
  requireResult(result);
  const done = !!result.done;
  const value = result.value;
  try {
    return { value: await value, done };
  } catch (error) {
    if (!done && closeOnRejection) closeQuietly(iterator);
    throw error;
  }
}

/** `IteratorClose` ({@link https://tc39.es/ecma262/#sec-iteratorclose}) for a completion that is not a throw. */
export function closeSyncIterator(iterator: { return?: unknown }): void {
  const method = asMethod(iterator.return, "return");
  if (method !== undefined) requireResult(apply(method, iterator, []));
}

/** `IteratorClose` for a throw completion. */
export function closeQuietly(iterator: { return?: unknown }): void {
  try {
    const method = asMethod(iterator.return, "return");
    if (method !== undefined) apply(method, iterator, []);
  } catch {
    // The completion that is being delivered wins.
  }
}
