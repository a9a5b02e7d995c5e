import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const gc: () => void = runInNewContext("gc");

export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Lets timers and microtasks run, in several turns. */
export async function settle(turns = 5): Promise<void> {
  for (let i = 0; i < turns; i++) await turn();
}

/** Collects garbage until the condition holds. Without one: several times. */
export async function collect(until: () => boolean = () => false, rounds = 12): Promise<void> {
  for (let i = 0; i < rounds && !until(); i++) {
    // Registration happens in a turn of its own.
    await new Promise((resolve) => setTimeout(resolve, 2));
    gc();
    await settle(2);
  }
}
