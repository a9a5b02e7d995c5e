import { shared } from "./copies.js";
import type { Core } from "./core.js";
import { NEWBORN } from "./life.js";
import { Status } from "./status.js";

/** What happens at the first call of a generator's method. Empty unless hooks, scopes or a shutdown want to know. */
export const observers = shared<((core: Core, handle: object) => void)[]>("observers", []);

/** Adds an observer of first calls. */
export function observeFirstCalls(observer: (core: Core, handle: object) => void): void {
  if (!observers.includes(observer)) observers.push(observer);
}

/** Takes an observer away. */
export function ignoreFirstCalls(observer: (core: Core, handle: object) => void): void {
  const index = observers.indexOf(observer);
  if (index >= 0) observers.splice(index, 1);
}

/** Called by every method before anything else. Throws what a hook throws, when all have been told. */
export function noticeCall(core: Core, handle: object): void {
  if (observers.length === 0 || core.status !== Status.Start) return;
  const life = core.life;
  if (life !== null && life !== NEWBORN && life.begun) return;
  tell([...observers], core, handle);
}

function tell([first, ...others]: typeof observers, core: Core, handle: object): void {
  try {
    first?.(core, handle);
  } finally {
    if (others.length > 0) tell(others, core, handle);
  }
}
