import { Awaitable } from "./awaitable.js";
import { RuntimeError } from "./errors.js";

/** A step over a generator that is not ours: lazy and one-shot, but nothing can interrupt it. */
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
    return Promise.reject(new RuntimeError(`cannot reuse already awaited ${this.#name}`));
  }

  /** A foreign generator cannot be cancelled. */
  cancel(_reason?: unknown): boolean {
    return false;
  }
}
