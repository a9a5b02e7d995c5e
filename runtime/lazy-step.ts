import { Awaitable } from "./awaitable.js";
import { CancelledError, RuntimeError } from "./errors.js";
import { rejected } from "./intrinsics.js";

/** A step over a generator that is not ours: lazy and one-shot, but once it is started nothing can interrupt it. */
export class LazyStep<T> extends Awaitable<T> {
  #start: (() => Promise<T>) | undefined;
  readonly #name: string;

  constructor(name: string, start: () => Promise<T>) {
    super();
    this.#name = name;
    this.#start = start;
  }

  override promise(): Promise<T> {
    const start = this.#start;
    this.#start = undefined;
    if (start !== undefined) return start();
    return rejected(new RuntimeError(`cannot reuse already awaited ${this.#name}`));
  }

  cancel(reason?: unknown): boolean {
    if (this.#start === undefined) return false;
    this.#start = () => rejected(new CancelledError(reason));
    return true;
  }
}
