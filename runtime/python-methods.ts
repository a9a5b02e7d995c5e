/** The Python family as methods of every async generator. Native ones get what can be done for them, as do other iterators. */

import type { CloseOptions } from "./close-with-options.js";
import { RuntimeError, StopAsyncIteration } from "./errors.js";
import { expires } from "./expires.js";
import { coreOf } from "./handle.js";
import { apply, resolved } from "./intrinsics.js";
import { LazyStep } from "./lazy-step.js";
import { makeStep } from "./make-step.js";
import type { StepKind } from "./python-step.js";
import { replaced } from "./replaced-methods.js";

export const pythonMethods = {
  anext(this: any): unknown {
    return step(this, "anext", []);
  },
  asend(this: any, value: unknown): unknown {
    return step(this, "asend", [value]);
  },
  athrow(this: any, error: unknown): unknown {
    if (arguments.length < 1) throw new TypeError("athrow expected at least 1 argument, got 0");
    return step(this, "athrow", [error]);
  },
  aclose(this: any, options?: CloseOptions): unknown {
    return step(this, "aclose", options === undefined ? [] : [options]);
  },
};

/** A step of a generator, or what stands for it: a call of an iterator's own method. */
function step(target: any, kind: StepKind, args: [unknown?]): unknown {
  const core = coreOf(target);
  if (core !== undefined) return makeStep(core, target, kind, args[0]);
  const other = replaced[kind];
  if (other !== undefined) return apply(other, target, args);
  const method = methods[kind];
  if (typeof target?.[method] !== "function")
    throw new TypeError(
      `'${target === null ? "null" : typeof target}' object is not an async ${kind === "anext" ? "iterator" : "generator"}`,
    );
  if (kind === "aclose")
    return new LazyStep("aclose()/athrow()", () => closeForeign(target, args[0] as CloseOptions | undefined));
  const name = kind === "athrow" ? "aclose()/athrow()" : "__anext__()/asend()";
  return new LazyStep(name, () => unwrap(target[method](...args)));
}

/** What an iterator has in their place. */
const methods = { anext: "next", asend: "next", athrow: "throw", aclose: "return" } as const;

async function unwrap(answer: PromiseLike<IteratorResult<any>>): Promise<any> {
  const result = await answer;
  if (result.done) throw new StopAsyncIteration(result.value);
  return result.value;
}

async function closeForeign(
  generator: { return(): PromiseLike<IteratorResult<unknown>> },
  options?: CloseOptions,
): Promise<any> {
  const closed = resolved(generator.return());
  if (await expires(closed, options?.timeoutMs)) return "timedOut";
  const result = await closed;
  if (result && !result.done) throw new RuntimeError("async generator ignored GeneratorExit");
  return options === undefined ? undefined : "clean";
}
