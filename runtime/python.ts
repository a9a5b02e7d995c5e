/** The Python methods as functions. They take native async generators and other async iterators too. */

import { close } from "./close-request.js";
import type { Core } from "./core.js";
import { RuntimeError, StopAsyncIteration } from "./errors.js";
import { noticeCall } from "./first-call.js";
import { coreOf } from "./handle.js";
import { interruptToClose } from "./interrupt.js";
import { LazyStep } from "./lazy-step.js";
import { makeStep } from "./make-step.js";

/** What `anext`, `asend`, `athrow` and `aclose` return. */
export interface Step<T> extends PromiseLike<T> {
  catch<B = never>(onRejected?: ((reason: any) => B | PromiseLike<B>) | null): Promise<T | B>;
  finally(onFinally?: (() => void) | null): Promise<T>;
  promise(): Promise<T>;
  cancel(reason?: unknown): boolean;
}

/** How an `aclose` with options ended. */
export type CloseOutcome = "clean" | "interrupted" | "timedOut";

export interface CloseOptions {
  /** Interrupts a pending await instead of failing because the generator is running. */
  readonly interrupt?: boolean;
  /** Interrupts what is still pending after so long, cleanup included. */
  readonly timeoutMs?: number;
}

type Closable = { return?(value?: any): PromiseLike<any> };

async function unwrap<T>(answer: PromiseLike<IteratorResult<T>>): Promise<T> {
  const result = await answer;
  if (result.done) throw new StopAsyncIteration(result.value);
  return result.value;
}

function requireMethod(target: any, method: string, kind: string): void {
  if (typeof target?.[method] !== "function") throw new TypeError(`'${kindOf(target)}' object is not an async ${kind}`);
}

function kindOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}

/** The next value. Rejects with StopAsyncIteration at the end, or resolves with the default if one is given. */
export function anext<T>(iterator: AsyncIterator<T, any, any>): Step<T>;
export function anext<T, D>(iterator: AsyncIterator<T, any, any>, fallback: D): Step<T | D>;
export function anext(iterator: AsyncIterator<unknown, any, any>, ...rest: unknown[]): Step<unknown> {
  const core = coreOf(iterator);
  if (core === undefined) requireMethod(iterator, "next", "iterator");
  const step =
    core === undefined
      ? new LazyStep("__anext__()/asend()", () => unwrap(iterator.next()))
      : makeStep<unknown>(core, iterator, "anext", undefined);
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

/** Resumes the generator with a value. */
export function asend<T, N>(generator: AsyncGenerator<T, any, N>, value: N): Step<T> {
  const core = coreOf(generator);
  if (core !== undefined) return makeStep<T>(core, generator, "asend", value);
  requireMethod(generator, "next", "generator");
  return new LazyStep("__anext__()/asend()", () => unwrap(generator.next(value)));
}

/** Throws an error at the yield that the generator stands at. */
export function athrow<T>(generator: AsyncGenerator<T, any, any>, error: unknown): Step<T> {
  if (arguments.length < 2) throw new TypeError("athrow expected at least 1 argument, got 0");
  const core = coreOf(generator);
  if (core !== undefined) return makeStep<T>(core, generator, "athrow", error);
  requireMethod(generator, "throw", "generator");
  return new LazyStep("aclose()/athrow()", () => unwrap(generator.throw(error)));
}

/** Closes the generator: `finally` blocks run, `catch` blocks do not. With options it says how that went. */
export function aclose(generator: Closable | { aclose(): PromiseLike<void> }): Step<void>;
export function aclose(generator: AsyncGenerator<any, any, any>, options: CloseOptions): Step<CloseOutcome>;
export function aclose(generator: any, options?: CloseOptions): Step<any> {
  const core = coreOf(generator);
  if (core !== undefined) {
    if (options === undefined) return makeStep<void>(core, generator, "aclose", undefined);
    noticeCall(core, generator);
    return new LazyStep("aclose()/athrow()", () => closeWithOptions(core, options));
  }
  requireMethod(generator, "return", "generator");
  return new LazyStep("aclose()/athrow()", () => closeForeign(generator, options));
}

async function closeForeign(
  generator: { return(): PromiseLike<IteratorResult<unknown>> },
  options?: CloseOptions,
): Promise<any> {
  const closed = Promise.resolve(generator.return());
  if (options?.timeoutMs !== undefined) {
    const expired = await expires(closed, options.timeoutMs);
    if (expired) {
      closed.catch(() => {});
      return "timedOut";
    }
  }
  const result = await closed;
  if (result && !result.done) throw new RuntimeError("async generator ignored GeneratorExit");
  return options === undefined ? undefined : "clean";
}

async function closeWithOptions(core: Core, options: CloseOptions): Promise<CloseOutcome> {
  const interrupted = options.interrupt === true && interruptToClose(core);
  const closed = close(core);
  if (options.timeoutMs !== undefined && (await expires(closed, options.timeoutMs))) {
    // What it hangs in is cut short; a cleanup that hangs again is left alone.
    interruptToClose(core);
    closed.catch(() => {});
    return "timedOut";
  }
  await closed;
  return interrupted ? "interrupted" : "clean";
}

/** Whether the promise is still pending after so many milliseconds. */
function expires(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds, true);
    const settled = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    promise.then(settled, settled);
  });
}
