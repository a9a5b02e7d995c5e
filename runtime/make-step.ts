import type { Core } from "./core.js";
import { enrol } from "./enrol.js";
import { noticeCall } from "./first-call.js";
import { lifeOf } from "./life.js";
import { AsyncGeneratorStep, type StepKind } from "./python-step.js";
import { tracking } from "./registry.js";
import { Status } from "./status.js";

/** Makes the step of a compiled generator. Only the hooks run now. */
export function makeStep<T>(
  core: Core,
  handle: object,
  kind: StepKind,
  argument: unknown,
  fallback?: readonly unknown[],
): AsyncGeneratorStep<T> {
  noticeCall(core, handle);
  if (core.status === Status.Start && tracking.byDefault && !core.life?.enrolled) {
    // Python knows a generator from the first call on, whether or not the step is ever awaited.
    enrol(core, handle);
    lifeOf(core).begun = true;
  }
  return new AsyncGeneratorStep<T>(core, handle, kind, argument, fallback);
}
