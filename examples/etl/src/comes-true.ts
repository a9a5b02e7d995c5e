import { setTimeout as sleep } from "node:timers/promises";

const ROUNDS = 40;

/** Lets the program go on, and garbage be collected, until the condition holds; false if it does not after a while. */
export async function comesTrue(condition: () => boolean): Promise<boolean> {
  for (let round = 0; round < ROUNDS && !condition(); round++) {
    globalThis.gc?.();
    await sleep(10);
  }
  return condition();
}
