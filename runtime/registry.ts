/** The generators that owe cleanup. Newcomers wait in the nursery; who is open when the turn ends is registered. */

import { OWES_CLEANUP } from "./abi.js";
import { backgroundCloses, closeCollected, defaultFinalizer } from "./background-close.js";
import { writeOutStacks } from "./caught-errors.js";
import { shared } from "./copies.js";
import type { Core } from "./core.js";
import { coreOf } from "./handle.js";
import { type CapturedContext, now, whenCollected } from "./host.js";
import { isOver, type Life, lifeOf, NEWBORN } from "./life.js";
import { Nursery } from "./nursery.js";
import { delegatedIterator } from "./pending.js";
import { forget, registered } from "./registered.js";
import { Status } from "./status.js";

const collection = (registered.finalizer ??= whenCollected<Core | null>((core) =>
  core ? closeCollected(core) : review(),
));

/** Whether generators are tracked unasked: Python's asyncio does it, pure ECMAScript does not. */
export const tracking = shared("tracking", { byDefault: true, isReviewed: false });

/** Who first waits, or owes cleanup, in this turn. */
export const nursery = shared("nursery", new Nursery(register));

/** Makes a generator known to shutdown and to collection, unless it owes nothing by now. */
function register(core: Core, handle: object, context: CapturedContext | null): void {
  if (isOver(core) || registered.has(core)) return;
  const life = core.life as Life;
  if (owesNothing(core)) {
    if (life === NEWBORN) core.life = null;
    else life.enrolled = false;
    return;
  }
  const own = lifeOf(core);
  own.finalizer = defaultFinalizer;
  own.context ??= context;
  track(core);
  watch(core, handle);
}

/** Whether leaving the generator where it stands forgoes nothing, and nobody asked to have it tracked. */
function owesNothing(core: Core): boolean {
  return !(core.life as Life).begun && core.status === Status.Yielded && (core.op & OWES_CLEANUP) === 0;
}

/** Makes the generator known to shutdown, until it is finished. */
export function track(core: Core): void {
  if (registered.has(core)) return;
  registered.add(core);
  const life = lifeOf(core);
  life.since ??= now();
  if (tracking.isReviewed) return;
  tracking.isReviewed = true;
  collection?.register({}, null);
}

/** Has the generator finalized when its handle is collected. */
export function watch(core: Core, handle: object): void {
  const life = lifeOf(core);
  if (life.watched) return;
  life.watched = true;
  collection?.register(handle, core, core);
}

/**
 * After each garbage collection: what owes nothing where it stands is kept no longer, with all that its body can reach, which may be
 * its own handle. The next collection can take it.
 */
function review(): void {
  for (const core of registered) {
    writeOutStacks(core);
    const life = core.life as Life;
    if (core.standing !== Status.Yielded || !owesNothing(core) || life.onFinished !== null) continue;
    forget(core);
    life.enrolled = life.watched = false;
  }
  // To list them is to forget those that were collected.
  backgroundCloses();
  collection?.register({}, null);
}

/** The generators that shutdown would close, in the order in which they were registered. */
export function trackedCores(): Core[] {
  nursery.flush();
  for (const core of registered) registerInner(core);
  return [...registered];
}

/** What a generator delegates to, and closes, is registered when somebody asks: until then only their chain knows. */
function registerInner(core: Core): void {
  const handle = delegatedIterator(core);
  const inner = coreOf(handle);
  if (inner === undefined || registered.has(inner) || inner.status === Status.Completed) return;
  inner.enrolIfOwing(handle as object);
  nursery.flush();
}

/** Those of them that owe cleanup, wait for something or are tracked on request. */
export function openCores(): Core[] {
  return trackedCores().filter((core) => !owesNothing(core));
}
