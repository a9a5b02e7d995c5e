import type { Core } from "./core.js";
import { noticeCall } from "./first-call.js";
import { coreOf } from "./handle.js";
import { lifeOf } from "./life.js";
import { AsyncGeneratorStep, type StepKind } from "./python-step.js";
import { enrol, tracking } from "./registry.js";
import { Status } from "./status.js";

/** Makes the step of a compiled generator. Only the hooks run now. */
export function makeStep<T>(core: Core, handle: object, kind: StepKind, argument: unknown): AsyncGeneratorStep<T> {
  noticeCall(core, handle);
  if (core.status === Status.Start && tracking.byDefault && !core.life?.enrolled) {
    // Python knows a generator from the first call on, whether or not the step is ever awaited.
    enrol(core, handle);
    lifeOf(core).begun = true;
  }
  return new AsyncGeneratorStep<T>(core, handle, kind, argument);
}

function receiver(value: unknown, method: string): Core {
  const core = coreOf(value);
  if (core === undefined) throw new TypeError(`${method}() called on an object that is not a compiled async generator`);
  return core;
}

function requireArgument(count: number): void {
  if (count === 0) throw new TypeError("athrow expected at least 1 argument, got 0");
}

/** The Python family as methods of every compiled generator. */
export const pythonMethods = {
  anext(this: object): AsyncGeneratorStep<unknown> {
    return makeStep(receiver(this, "anext"), this, "anext", undefined);
  },
  asend(this: object, value: unknown): AsyncGeneratorStep<unknown> {
    return makeStep(receiver(this, "asend"), this, "asend", value);
  },
  athrow(this: object, error: unknown): AsyncGeneratorStep<unknown> {
    requireArgument(arguments.length);
    return makeStep(receiver(this, "athrow"), this, "athrow", error);
  },
  aclose(this: object): AsyncGeneratorStep<void> {
    return makeStep(receiver(this, "aclose"), this, "aclose", undefined);
  },
};
