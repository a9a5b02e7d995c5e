import type { Mode } from "./abi.js";
import type { Core } from "./core.js";
import type { Turn } from "./drive.js";

/**
 * What a core is busy with between two runs of its step: `yield*` or a disposal. The methods return whose turn it is:
 * the core's, with its answer in `core.mode` and `core.value` once it is pending no more.
 */
export interface Pending {
  /** Goes on after an await of its own. */
  wake(core: Core, mode: Mode, value: unknown): Turn | null;
  /** Begins, or goes on after a yield of its own. */
  receive(core: Core, mode: Mode, value: unknown): Turn | null;
  /** Goes on with what a compiled generator answered without a promise. */
  answered(core: Core, mode: Mode, value: unknown): Turn | null;
}

/** The operation is over: the body goes on with its completion. */
export function answer(core: Core, mode: Mode, value: unknown): Core {
  core.pending = null;
  core.mode = mode;
  core.value = value;
  return core;
}
