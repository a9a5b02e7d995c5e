import { Mode } from "./abi.js";
import { AsyncIteratorRecord } from "./async-iterator.js";
import { isNextDirect } from "./consume.js";
import type { Core } from "./core.js";
import { FUEL, inFairTurn } from "./fair-turn.js";
import { advance } from "./first-run.js";
import { apply, asMethod, IntrinsicPromise, resolved } from "./intrinsics.js";
import { requireResult } from "./iterator-result.js";

/**
 * What a `for await` of an ordinary async function reads from
 * ({@link https://tc39.es/ecma262/#sec-runtime-semantics-forin-div-ofbodyevaluation-lhs-stmt-iterator-lhskind-labelset}).
 * Fused, a compiled generator that is idle hands its items over without promises; everything else gets the calls and awaits
 * that ECMAScript says.
 */
export class Reader<T> {
  /** What the loop has to await when `pull` or `close` could not do without. */
  pending: unknown = undefined;
  /** Whether the iterator is exhausted. */
  done = false;
  /** Whether an item is there, for the loop's head or its body: leaving the loop now closes the iterator. */
  isOpen = false;
  private value: unknown = undefined;
  private hasFailed = false;
  private error: unknown = undefined;
  private fuel = FUEL;
  /** Until it has waited: nobody expects a call of its function to enter the body, so that takes a tick, fused too. */
  private isWithinCall = true;
  private readonly core: Core | undefined;

  constructor(
    private readonly record: AsyncIteratorRecord,
    private readonly isFused: boolean,
  ) {
    this.core = record.inner;
  }

  /** Asks for the next item. Returns false when `pending` has to be awaited and given to `take`. */
  pull(): boolean {
    const { core } = this;
    this.isOpen = false;
    if (core === undefined || !isNextDirect(core, this.record.nextMethod)) {
      this.pending = apply(this.record.nextMethod, this.record.iterator, []);
      return false;
    }
    const promise = advance(core, Mode.Next, undefined, this.record.iterator, null);
    if (promise === null && this.isFused && !this.isWithinCall) return this.arrive(core);
    // A promise also without ticks to save: the item has to be on its way before the generator takes the next request up.
    this.pending = promise ?? resolved(core);
    return false;
  }

  private arrive(core: Core): boolean {
    const value = (this.value = core.deliver());
    if (this.fuel-- > 0) return (this.isOpen = true);
    this.fuel = FUEL;
    this.pending = new IntrinsicPromise((resolve) => inFairTurn(() => resolve({ value, done: false })));
    return false;
  }

  /** Takes an awaited iterator result apart. */
  take(result: unknown): void {
    this.isWithinCall = false;
    requireResult(result);
    this.done = !!result.done;
    this.value = this.done ? undefined : result.value;
    this.isOpen = !this.done;
  }

  /** The item. */
  enter(): T {
    const value = this.value as T;
    this.value = undefined;
    return value;
  }

  /** The loop threw. */
  fail(error: unknown): void {
    this.hasFailed = true;
    this.error = error;
  }

  /** Calls the iterator's `return`. Returns whether `pending` has to be awaited and given to `closed`. */
  close(): boolean {
    const method = asMethod(this.record.iterator.return, "return");
    if (method === undefined) return false;
    this.pending = apply(method, this.record.iterator, []);
    return true;
  }

  /** Judges what `return` answered. */
  closed(result: unknown): void {
    if (!this.hasFailed) requireResult(result);
  }

  /** The close threw: an error of the loop itself wins over it. */
  closeFailed(error: unknown): void {
    if (!this.hasFailed) this.fail(error);
  }

  /** Ends the loop with the error that it threw, if it threw one. */
  rethrow(): void {
    if (this.hasFailed) throw this.error;
  }
}

/** `GetIterator(iterable, async)` for a loop; `isFused` where the loop may take items without a tick. */
export function reader<T = any>(
  iterable: AsyncIterable<T> | Iterable<T | PromiseLike<T>>,
  isFused = false,
): Reader<Awaited<T>> {
  return new Reader(new AsyncIteratorRecord(iterable), isFused);
}
