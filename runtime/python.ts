/** The Python methods as functions. They take native async generators and other async iterators too. */

import type { CloseOptions, CloseOutcome } from "./close-with-options.js";
import { RuntimeError, StopAsyncIteration } from "./errors.js";
import { expires } from "./expires.js";
import { coreOf } from "./handle.js";
import { LazyStep } from "./lazy-step.js";
import { makeStep } from "./make-step.js";

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

async function unwrap(answer: PromiseLike<IteratorResult<any>>, fallback: readonly unknown[] = []): Promise<any> {
  const result = await answer;
  if (!result.done) return result.value;
  if (fallback.length > 0) return fallback[0];
  throw new StopAsyncIteration(result.value);
}

function requireMethod(target: any, method: string, kind: string): void {
  if (typeof target?.[method] === "function") return;
  throw new TypeError(`'${target === null ? "null" : typeof target}' object is not an async ${kind}`);
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
  requireMethod(iterator, "next", "iterator");
  return new LazyStep("__anext__()/asend()", () => unwrap(iterator.next(), rest));
}

/**
 * Resumes the generator: the value is what its `yield` evaluates to. Gives the next value, or rejects as `anext` does (rules N-3,
 * N-4). Before the first `yield` only `undefined` can be sent: anything else rejects with TypeError (L-7).
 */
export function asend<T, N>(generator: AsyncGenerator<T, any, N>, value: N): Step<T> {
  const core = coreOf(generator);
  if (core !== undefined) return makeStep<T>(core, generator, "asend", value);
  requireMethod(generator, "next", "generator");
  return new LazyStep("__anext__()/asend()", () => unwrap(generator.next(value)));
}

/**
 * Throws an error at the `yield` that the generator stands at. Gives the next value when the body catches it, rejects with the
 * error when not (rules T-1 to T-19). On a finished generator it resolves, and the error is lost (T-4).
 *
 * @throws TypeError, from the call itself, without a second argument
 */
export function athrow<T>(generator: AsyncGenerator<T, any, any>, error: unknown): Step<T> {
  if (arguments.length < 2) throw new TypeError("athrow expected at least 1 argument, got 0");
  const core = coreOf(generator);
  if (core !== undefined) return makeStep<T>(core, generator, "athrow", error);
  requireMethod(generator, "throw", "generator");
  return new LazyStep("aclose()/athrow()", () => unwrap(generator.throw(error)));
}

/**
 * Closes the generator: `finally` blocks run, `catch` blocks do not (rules C-1 to C-19). Closing a finished one does nothing.
 * Rejects with the error of a cleanup, with RuntimeError when the body yields instead of ending (C-4), and, without
 * `interrupt`, with RuntimeError while the generator runs. With options it says how that went.
 *
 * @param generator - a compiled generator, or any async iterator that has `return`
 */
export function aclose(generator: Closable): Step<void>;
export function aclose(generator: AsyncGenerator<any, any, any>, options: CloseOptions): Step<CloseOutcome>;
export function aclose(generator: any, options?: CloseOptions): Step<any> {
  const core = coreOf(generator);
  if (core !== undefined) return makeStep(core, generator, "aclose", options);
  requireMethod(generator, "return", "generator");
  return new LazyStep("aclose()/athrow()", () => closeForeign(generator, options));
}

async function closeForeign(
  generator: { return(): PromiseLike<IteratorResult<unknown>> },
  options?: CloseOptions,
): Promise<any> {
  const closed = Promise.resolve(generator.return());
  if (await expires(closed, options?.timeoutMs)) return "timedOut";
  const result = await closed;
  if (result && !result.done) throw new RuntimeError("async generator ignored GeneratorExit");
  return options === undefined ? undefined : "clean";
}
