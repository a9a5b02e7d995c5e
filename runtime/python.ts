/** The Python methods as functions. They take native async generators and other async iterators too. */

import type { CloseOptions, CloseOutcome } from "./close-with-options.js";
import { StopAsyncIteration } from "./errors.js";
import { coreOf } from "./handle.js";
import { apply } from "./intrinsics.js";
import { LazyStep } from "./lazy-step.js";
import { makeStep } from "./make-step.js";
import { pythonMethods } from "./python-methods.js";

/**
 * What `anext`, `asend`, `athrow` and `aclose` return: it starts when it is awaited, and can be awaited once (rules L-1 to
 * L-8). Awaiting it again rejects with RuntimeError.
 */
export interface Step<T> extends PromiseLike<T> {
  /** As a promise's; counts as awaiting it. */
  catch<B = never>(onRejected?: ((reason: any) => B | PromiseLike<B>) | null): Promise<T | B>;
  /** As a promise's; counts as awaiting it. */
  finally(onFinally?: (() => void) | null): Promise<T>;
  /** Starts it, and gives an ordinary promise, which can be shared. */
  promise(): Promise<T>;
  /**
   * Throws a CancelledError at the innermost await that it waits at (rules D-1 to D-28). False when it has settled, and when
   * a native generator is at it. A step that was not started leaves the generator alone, and rejects when it is awaited.
   */
  cancel(reason?: unknown): boolean;
}

type Closable = { return?(value?: any): PromiseLike<any> };

/**
 * The method that serves a generator: a compiled one has this copy's, whatever stands on it. Another copy of the runtime, which a bundle
 * may have brought along, serves its own; and so does any object that has such a method.
 */
function serve(target: any, name: keyof typeof pythonMethods, args: unknown[]): any {
  const method = coreOf(target) === undefined ? target?.[name] : undefined;
  return apply(typeof method === "function" ? method : pythonMethods[name], target, args);
}

/**
 * The next value. Rejects with StopAsyncIteration at the end, or resolves with the fallback if one is given, `undefined`
 * included (rules N-1 to N-7, L-13). Rejects with RuntimeError while the generator runs.
 *
 * @param iterator - a compiled generator, or any async iterator
 * @throws TypeError, from the call itself, when the argument has no `next`
 */
export function anext<T>(iterator: AsyncIterator<T, any, any>): Step<T>;
export function anext<T, D>(iterator: AsyncIterator<T, any, any>, fallback: D): Step<T | D>;
export function anext(iterator: AsyncIterator<unknown, any, any>, ...rest: unknown[]): Step<unknown> {
  const core = coreOf(iterator);
  if (core !== undefined) return makeStep(core, iterator, "anext", undefined, rest);
  const step = serve(iterator, "anext", []);
  return rest.length === 0 ? step : new LazyStep("__anext__()/asend()", () => withDefault(step, rest[0]));
}

async function withDefault(step: Step<unknown>, fallback: unknown): Promise<unknown> {
  try {
    return await step;
  } catch (error) {
    if (error instanceof StopAsyncIteration) return fallback;
    throw error;
  }
}

/**
 * Resumes the generator: the value is what its `yield` evaluates to. Gives the next value, or rejects as `anext` does (rules N-3,
 * N-4). Before the first `yield` only `undefined` can be sent: anything else rejects with TypeError (L-7).
 *
 * @param generator - a compiled or a native generator
 * @throws TypeError, from the call itself, for what is no async generator
 */
export function asend<T, N, V extends N = N>(generator: AsyncGenerator<T, any, N>, value: V): Step<T> {
  return serve(generator, "asend", [value]);
}

/**
 * Throws an error at the `yield` that the generator stands at. Gives the next value when the body catches it, rejects with the
 * error when not (rules T-1 to T-19). On a finished generator it resolves, and the error is lost (T-4).
 *
 * @param generator - a compiled or a native generator
 * @throws TypeError, from the call itself, without a second argument, and for what is no async generator
 */
export function athrow<T>(generator: AsyncGenerator<T, any, any>, error: unknown): Step<T>;
export function athrow(generator: unknown, ...error: unknown[]): Step<any> {
  return serve(generator, "athrow", error);
}

/**
 * Closes the generator: `finally` blocks run, `catch` blocks do not (rules C-1 to C-19). Closing a finished one does nothing.
 * Rejects with the error of a cleanup, with RuntimeError when the body yields instead of ending (C-4), and, without
 * options, with RuntimeError while the generator runs. With options it waits its turn, as `return()` does, and says
 * how that went.
 *
 * @param generator - a compiled generator, any async iterator that has `return`, or what has an `aclose` of its own
 * @throws TypeError, from the call itself, for anything else
 */
export function aclose(generator: Closable | { aclose(): PromiseLike<void> }): Step<void>;
export function aclose(generator: AsyncGenerator<any, any, any>, options: CloseOptions): Step<CloseOutcome>;
export function aclose(generator: AsyncGenerator<any, any, any>, options?: CloseOptions): Step<CloseOutcome | void>;
export function aclose(generator: any, options?: CloseOptions): Step<any> {
  return serve(generator, "aclose", options === undefined ? [] : [options]);
}
