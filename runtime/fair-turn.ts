/** Letting everybody else have a turn, when fused code has taken many items in a row without waiting for anything. */

import { inLaterTurn, now } from "./host.js";
import { nodeModule } from "./node/process.js";
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
  else inTurn(() => callback(TICK));
}

function isTimeOver(): boolean {
  const time = now() ?? 0;
  ticks = TICKS;
  // Back too: a clock that was set back would leave nobody a turn until it has caught up.
  if (Math.abs(time - since) < TIME) return false;
  since = time;
  return true;
}

/** Not the global `setImmediate`, which test runners take away or replace by one of a clock of their own. */
const inTurn: (fn: () => void) => void = nodeModule("node:timers")?.setImmediate ?? inMessage;

/** By a message, which comes sooner than a timer; where there is neither, in a microtask. */
function inMessage(fn: () => void): void {
  const { MessageChannel } = globalThis as any;
  if (MessageChannel === undefined) return void (inLaterTurn(fn, true) || inNextTick(fn));
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    fn();
  };
  port2.postMessage(undefined);
}
