import type { Mode } from "./abi.js";
import { IntrinsicPromise } from "./intrinsics.js";
import type { Waker } from "./waker.js";

type Result = { value: unknown; done: boolean };

/** An AsyncGeneratorRequest record ({@link https://tc39.es/ecma262/#sec-asyncgeneratorrequest-records}). */
export class Request {
  declare resolve: (result: Result) => void;
  declare reject: (reason: unknown) => void;
  declare mode: Mode;
  declare value: unknown;
  /** Whether it comes from the Python family, which neither awaits what is passed on nor what `return` is given. */
  declare lazy: boolean;
  /** The compiled generator that reads this one, and gets the answer without a promise. */
  declare sink: Waker | null;
  /** The next younger request; that of the youngest is the oldest one. */
  declare next: Request;

  constructor(mode: Mode, value: unknown) {
    this.resolve = undefined as never;
    this.reject = undefined as never;
    this.mode = mode;
    this.value = value;
    this.lazy = false;
    this.sink = null;
    this.next = this;
  }

  /** Whoever made it waits for the answer from here on. */
  expectAnswer(): void {}

  /** Becomes the youngest of the queue whose youngest was given. */
  joinBehind(youngest: Request): void {
    this.next = youngest.next;
    youngest.next = this;
  }

  /** Takes the oldest off the queue of which this is the youngest. Returns the youngest that is left. */
  withoutOldest(): Request | null {
    const oldest = this.next;
    this.next = oldest.next;
    return oldest === this ? null : this;
  }
}

/**
 * `NewPromiseCapability(%Promise%)` ({@link https://tc39.es/ecma262/#sec-newpromisecapability}), kept in the request.
 * A function of its own, so that the executor keeps nothing else alive.
 */
export function newPromiseCapability(request: Request): Promise<any> {
  return new IntrinsicPromise((resolve, reject) => {
    request.resolve = resolve;
    request.reject = reject;
  });
}
