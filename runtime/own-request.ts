import type { Core } from "./core.js";
import { isObject } from "./intrinsics.js";
import { warn } from "./settings.js";

/** Promises of requests that a body made of its own generator: to await one of them is to wait for oneself. */
const ownRequests = new WeakMap<object, Core>();
let known = false;

/** Remembers that the promise will be settled only after the running body has gone on. */
export function noteOwnRequest(promise: object, core: Core): void {
  known = true;
  ownRequests.set(promise, core);
}

/** Names the deadlock of a body that awaits its own `next()`, `return()` or `throw()`. */
export function warnOfDeadlock(core: Core, awaited: unknown): void {
  if (known) warnIfOwn(core, awaited);
}

function warnIfOwn(core: Core, awaited: unknown): void {
  if (!isObject(awaited) || ownRequests.get(awaited) !== core) return;
  const name = core.self.name || "anonymous";
  warn(`Deadlock: asynchronous generator ${name} awaits a request to itself`);
}
