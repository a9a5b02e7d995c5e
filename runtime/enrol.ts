/** Making a generator known to the registry, unasked or on request. */

import { copies } from "./copies.js";
import type { Core } from "./core.js";
import { host } from "./host.js";
import { NEWBORN } from "./life.js";
import { nursery, tracking } from "./registry.js";
import { shutdownCopiesAtEnd } from "./shutdown.js";

/** Called when a generator first waits for something, or yields where it owes cleanup, with its handle at hand. */
export function enrol(core: Core, handle: object): void {
  if (!tracking.byDefault) return;
  if (core.life === null) core.life = NEWBORN;
  else core.life.enrolled = true;
  // Before it survives a turn: a program can come to its end sooner.
  watchEnd();
  nursery.add(handle, host.captureContext());
}

/** From here on the end of the program is a shutdown. */
export function watchEnd(): void {
  copies.atEnd ||= host.atEnd(shutdownCopiesAtEnd);
}
