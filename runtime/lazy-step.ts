import { RuntimeError } from "./errors.js";

/** A step over a generator that is not ours: lazy and one-shot, but nothing can interrupt it. */
export class LazyStep<T> implements PromiseLike<T> {
  #start: (() => Promise<T>) | undefined;
  readonly #name: string;

  constructor(name: string, start: () => Promise<T>) {
    this.#name = name;
    this.#start = start;
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: any) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.promise().then(onFulfilled, onRejected);
  }

  catch<B = never>(onRejected?: ((reason: any) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.promise().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.promise().finally(onFinally);
  }

  /** Starts the step and returns an ordinary promise, which can be shared. */
  promise(): Promise<T> {
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
