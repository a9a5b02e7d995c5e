import type { Mode } from "./abi.js";
import type { Turn } from "./drive.js";

/** Whoever has asked a generator to go on, and gets its answer. */
export abstract class Asker {
  /** Whether it is of the Python family, which neither awaits what is passed on nor what `return` is given. */
  declare lazy: boolean;

  constructor() {
    this.lazy = false;
  }

  /** Whether the generator was asked to return. */
  asksToReturn(): boolean {
    return false;
  }

  /** The answer is a matter of time from here on. */
  expectAnswer(): void {}

  /** Takes the answer, as a completion. Returns who goes on with it at once. */
  abstract takeAnswer(mode: Mode, value: unknown, done: boolean): Turn | null;
}
