import { CompletionKind } from "./abi.js";
import { closeQuietly, closeSyncIterator } from "./async-from-sync-iterator.js";
import { callIteratorMethod } from "./async-iterator.js";
import { apply, asMethod, IntrinsicTypeError } from "./intrinsics.js";
import { requireResult } from "./iterator-result.js";

/** An Iterator Record ({@link https://tc39.es/ecma262/#sec-iterator-records}) with the operations on it. */
export class IteratorRecord {
  /** Whether the iterator was exhausted, has failed or has been closed. */
  done = false;

  constructor(
    private readonly iterator: object,
    private readonly next: Function,
  ) {}

  /** `IteratorStepValue` ({@link https://tc39.es/ecma262/#sec-iteratorstepvalue}): the next value; undefined, with `done` set, at the end. */
  step(): unknown {
    if (this.done) return undefined;
    // Stays so when anything below throws.
    this.done = true;
    const result: unknown = apply(this.next, this.iterator, []);
    requireResult(result);
    if (result.done) return undefined;
    const value = result.value;
    this.done = false;
    return value;
  }

  /** `IteratorStep` ({@link https://tc39.es/ecma262/#sec-iteratorstep}) for a hole in a pattern, which does not look at the value. */
  skip(): void {
    if (this.done) return;
    // Stays so when anything below throws.
    this.done = true;
    const result: unknown = apply(this.next, this.iterator, []);
    requireResult(result);
    this.done = !!result.done;
  }

  /** The remaining values, for a rest element. */
  rest(): unknown[] {
    const values: unknown[] = [];
    for (;;) {
      const value = this.step();
      if (this.done) return values;
      values[values.length] = value;
    }
  }

  /** `IteratorClose` ({@link https://tc39.es/ecma262/#sec-iteratorclose}); `completion` is a `CompletionKind` or a jump. */
  close(completion: number): void {
    if (this.done) return;
    this.done = true;
    if (completion === CompletionKind.Throw) closeQuietly(this.iterator);
    else closeSyncIterator(this.iterator);
  }
}

/** `GetIterator(iterable, sync)` ({@link https://tc39.es/ecma262/#sec-getiterator}). */
export function iterator(iterable: any): IteratorRecord {
  const method = asMethod(iterable[Symbol.iterator], Symbol.iterator);
  if (method === undefined) throw new IntrinsicTypeError(`${typeof iterable} is not iterable`);
  const record = callIteratorMethod(iterable, method);
  return new IteratorRecord(record, record.next);
}
