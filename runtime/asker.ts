import type { Mode } from "./abi.js";
import type { Turn } from "./drive.js";

/** Whoever has asked a generator to go on, and gets its answer. */
export interface Asker {
  /** Whether it is of the Python family, which neither awaits what is passed on nor what `return` is given. */
  readonly lazy: boolean;
  /** The compiled generator that it reads for, if there is one. */
  readonly reader?: unknown;
  /** `Mode.Return` from when an interruption, in place of what was asked for, closes the generator; that of a request is what it asks for. */
  mode?: Mode;
  /** Whether the generator was asked to return. */
  readonly isClosing?: boolean;
  /** The answer is a matter of time from here on. */
  expectAnswer(): void;
  /** Takes the answer, as a completion. Returns who goes on with it at once. */
  takeAnswer(mode: Mode, value: unknown, done: boolean): Turn | null;
}
