import { aclose } from "./python.js";
import { suppressed } from "./suppressed-error.js";

/** Closes a generator at the end of a block: `await using source = aclosing(read())`, then `source.value`. */
export interface Aclosing<G> extends AsyncDisposable {
  /** What was given to `aclosing`. */
  readonly value: G;
}

type Closable = { return?(value?: any): PromiseLike<any> } | { aclose(): PromiseLike<void> };

/**
 * Python's `contextlib.aclosing` (rules ). With a function, runs it, closes the generator however it ends, and gives
 * the function's result. When both fail, a SuppressedError comes out, as from `await using`: the cleanup's error is its `error`,
 * the other one its `suppressed`.
 *
 * @throws TypeError, from the call itself, when there is neither `aclose` nor `return`
 */
export function aclosing<G extends Closable>(generator: G): Aclosing<G>;
export function aclosing<G extends Closable, R>(
  generator: G,
  fn: (generator: G) => R | PromiseLike<R>,
): Promise<Awaited<R>>;
export function aclosing(generator: any, fn?: (generator: any) => unknown): unknown {
  if (typeof generator?.aclose !== "function" && typeof generator?.return !== "function") {
    throw new TypeError(`'${generator === null ? "null" : typeof generator}' object has no method 'aclose'`);
  }
  if (fn !== undefined) return runClosing(generator, fn);
  return {
    value: generator,
    async [Symbol.asyncDispose]() {
      await closeAny(generator);
    },
  };
}

function closeAny(generator: any): PromiseLike<void> {
  return typeof generator.aclose === "function" ? generator.aclose() : aclose(generator);
}

async function runClosing(generator: any, fn: (generator: any) => unknown): Promise<unknown> {
  let result: unknown;
  try {
    result = await fn(generator);
  } catch (error) {
    try {
      await closeAny(generator);
    } catch (cleanupError) {
      throw suppressed(cleanupError, error);
    }
    throw error;
  }
  await closeAny(generator);
  return result;
}
