import { setTimeout as sleep } from "node:timers/promises";

const ROUNDS = 40;
const ROUNDS_PER_COLLECTION = 4;

/** Lets the program go on, and garbage be collected, until the condition holds; false if it does not after a while. */
export async function comesTrue(condition: () => boolean): Promise<boolean> {
  for (let round = 0; round < ROUNDS && !condition(); round++) {
    if (round % ROUNDS_PER_COLLECTION === 0) globalThis.gc?.();
    await sleep(10);
  }
  return condition();
}
