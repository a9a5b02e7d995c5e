import { setTimeout as sleep } from "node:timers/promises";

const ROUNDS = 150;

/** Lets the program go on until the condition holds; false if it does not after a while. */
export async function comesTrue(condition: () => boolean): Promise<boolean> {
  for (let round = 0; round < ROUNDS && !condition(); round++) await sleep(10);
  return condition();
}
