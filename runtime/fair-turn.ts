/** Letting everybody else have a turn, when fused code has taken many items in a row without waiting for anything. */

import { host } from "./host.js";
import { inNextTick, TICK } from "./tick.js";

/** Items that fused code takes before other microtasks get a turn. */
export const FUEL = 128;
/** Such turns, and milliseconds, before timers, input and output get one too: it costs as much as hundreds of items. */
const TICKS = 16;
const TIME = 5;
let ticks = TICKS;
let since = 0;

/** Calls back when others had a turn. */
export function inFairTurn(callback: (tick: unknown) => void): void {
  if (--ticks > 0 || !isTimeOver()) inNextTick(callback);
  else host.inTurn(() => callback(TICK));
}

function isTimeOver(): boolean {
  const now = Date.now();
  ticks = TICKS;
  if (now - since < TIME) return false;
  since = now;
  return true;
}
