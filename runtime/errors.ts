/** The errors of the Python family of methods, and what cancellation throws. */

const isOrdinaryInstance = Function.prototype[Symbol.hasInstance];

/** Names a class of errors, and lets `instanceof` know those of another copy of the runtime, which a bundle may have brought along. */
function register(target: Function, name: string): void {
  const brand = Symbol.for(`aclose.${name}`);
  const property = (value: unknown) => ({ value, writable: true, enumerable: false, configurable: true });
  Object.defineProperties(target.prototype, { name: property(name), [brand]: property(true) });
  Object.defineProperty(target, Symbol.hasInstance, {
    value(this: unknown, error: unknown): boolean | undefined {
      try {
        return this === target ? brand in (error as object) : isOrdinaryInstance.call(this as Function, error);
      } catch {
        // Anything can be thrown: what is no object is none of these, and a revoked proxy cannot be asked.
      }
    },
  });
}

/**
 * Misuse of a generator: it runs already (rules ), a step was awaited twice (L-4, L-5), it refused to close (C-4), its
 * body threw StopAsyncIteration (P-1). The messages are CPython's.
 */
export class RuntimeError extends Error {}
register(RuntimeError, "RuntimeError");

/** The end of a generator, for `anext`, `asend` and `athrow` (rules N-2, N-6). */
export class StopAsyncIteration extends Error {
  /** What the generator returned. */
  readonly value: unknown;

  constructor(value?: unknown) {
    super();
    this.value = value;
  }
}
register(StopAsyncIteration, "StopAsyncIteration");

/**
 * What Python throws into a generator that is closed. Here a close is a return completion: see `aclose`. Only a step that is at the
 * generator when an interruption closes it rejects with it, also one that has a fallback.
 */
export class GeneratorExit extends Error {}
register(GeneratorExit, "GeneratorExit");

/** Thrown at a pending await that was cancelled. Unlike Python's, `catch` sees it: test with `isCancelled` (rule D-5). */
export class CancelledError extends Error {
  /** What was given as the reason; an Error is the `cause` too. */
  readonly reason: unknown;

  constructor(reason?: unknown) {
    let message: string | undefined;
    let isError = false;
    try {
      isError = reason instanceof Error;
      if (reason !== undefined) message = isError ? (reason as Error).message : String(reason);
    } catch {
      // Not every object can be text, or be asked what it is, and a cancellation must not fail for that.
    }
    super(message);
    this.reason = reason;
    if (isError) this.cause = reason;
  }
}
register(CancelledError, "CancelledError");

/** Whether the error comes from a cancellation. */
export function isCancelled(error: unknown): error is CancelledError {
  return error instanceof CancelledError;
}
