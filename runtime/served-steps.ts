import { shared } from "./copies.js";
import type { Core } from "./core.js";
import { coreOf } from "./handle.js";

/** The generators that serve steps. In a file of its own: steps interrupt, and what interrupts looks for them. */
const generators = shared("steps", new WeakMap<object, object>());

/** From here on the generator serves the step. */
export function beginService(step: object, handle: object): void {
  generators.set(step, handle);
}

/** The step is settled. */
export function endService(step: object): void {
  generators.delete(step);
}

/** The core that serves a value at this moment, if that is a step. */
export function coreServing(value: unknown): Core | undefined {
  return coreOf(generators.get(value as object));
}
