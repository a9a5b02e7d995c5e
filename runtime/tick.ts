import { shared } from "./copies.js";
import { resolved } from "./intrinsics.js";
import { thenIsPristine } from "./pristine.js";

/** What callbacks get that waited for nothing but a tick. */
export const TICK = shared("TICK", {});

const settled: Promise<unknown> = resolved(TICK);

/** Calls back in the next tick, as `Await` of a settled promise would. */
export function inNextTick(callback: (tick: unknown) => void): void {
  if (thenIsPristine()) void settled.then(callback);
  else void awaitNatively(callback);
}

async function awaitNatively(callback: (tick: unknown) => void): Promise<void> {
  callback(await TICK);
}
