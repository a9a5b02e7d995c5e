/** An awaitable that does nothing until it is awaited: whoever awaits it calls `promise`. */
export abstract class Awaitable<T> implements PromiseLike<T> {
  /** Starts what it stands for and returns an ordinary promise, which can be shared. */
  abstract promise(): Promise<T>;

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
}
