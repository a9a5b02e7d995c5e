import type { Mode } from "./abi.js";
import type { Core } from "./core.js";

/**
 * What a core is busy with between two runs of its step: `yield*` or a disposal. The methods return true when
 * `core.mode` and `core.value` hold the answer.
 */
export interface Pending {
  /** Goes on after an await of its own. */
  wake(core: Core, mode: Mode, value: unknown): boolean;
  /** Goes on after a yield of its own. */
  receive(core: Core, mode: Mode, value: unknown): boolean;
  /** Fused: resumes the inner generator; see `pull` in fused.ts. */
  pull(value: unknown): Promise<unknown> | null | undefined;
  /** Takes the item that `pull` found ready. */
  deliver(): unknown;
  /** Waits for the promise that `pull` returned. */
  wait(core: Core, answer: unknown): boolean;
  /** Goes on with what a compiled generator answered without a promise. */
  answered(core: Core, mode: Mode, value: unknown, done: boolean): boolean;
}
