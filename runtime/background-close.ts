import { Operation } from "./abi.js";
import { close } from "./close-request.js";
import { shared } from "./copies.js";
import type { Core } from "./core.js";
import { coreOf } from "./handle.js";
import { runIn } from "./host.js";
import { interruptWait } from "./interrupt.js";
import { finished, type Life, lifeOf } from "./life.js";
import { forget } from "./registered.js";
import { reportFailure } from "./settings.js";
import { Status } from "./status.js";

/** Holds a core; or, as a WeakRef, only for as long as something else does. */
type Reference = Pick<WeakRef<Core>, "deref">;

const inFlight = shared("inFlight", new Map<Promise<void>, Reference>());
/** The closes that shutdowns wait for. */
export const inShutdown = shared("inShutdown", new Map<Promise<void>, Core>());

/** The closes, in the background and by shutdowns, that have not ended yet, with the generators that they close. */
export function backgroundCloses(): [Promise<void>, Core][] {
  const closes: [Promise<void>, Core][] = [];
  for (const [promise, reference] of inFlight) {
    const core = reference.deref();
    if (core === undefined) inFlight.delete(promise);
    else closes.push([promise, core]);
  }
  return [...closes, ...inShutdown];
}

/** The generators that are being closed so. */
export function coresInBackground(): Core[] {
  return backgroundCloses().map(([, core]) => core);
}

/** Those of generators that were dropped while something was pending may never come to their turn otherwise. */
export function interruptBackgroundCloses(): void {
  for (const [promise, core] of backgroundCloses()) interruptWait(core, inFlight.has(promise));
}

/** Lets something run that nobody awaits; its failure is reported. */
export function runInBackground(work: () => Promise<unknown>, message: string, core: Core, isWeak = false): void {
  follow(report(work, message, core), isWeak ? new WeakRef(core) : { deref: () => core });
}

async function report(work: () => Promise<unknown>, message: string, core: Core): Promise<void> {
  try {
    await work();
  } catch (exception) {
    reportFailure({ message, exception, asyncGenerator: core.definition.facade(core) });
  }
}

/** In a function of its own: what it leaves with the promise holds all variables around it. */
function follow(promise: Promise<void>, reference: Reference): void {
  inFlight.set(promise, reference);
  void promise.then(() => inFlight.delete(promise));
}

/** Closes the generator as soon as it is idle. */
export function closeInBackground(core: Core): void {
  forget(core);
  const { context, onFinished } = lifeOf(core);
  const name = core.self.name || "anonymous";
  const message = `an error occurred during closing of asynchronous generator ${name}, which nobody refers to`;
  // Where it owes nothing it may go with what it waits for, if nobody can settle that.
  const isWeak = core.op <= Operation.Yield && onFinished === null;
  runInBackground(() => runIn(context, () => close(core)), message, core, isWeak);
}

/** The finalizer hook that the runtime installs: closes abandoned generators in the background. */
export function defaultFinalizer(generator: object): void {
  const core = coreOf(generator);
  if (core !== undefined) closeInBackground(core);
}

/** Called when a handle was collected. */
export function closeCollected(core: Core): void {
  const life = core.life as Life;
  if (core.status === Status.Completed || life.closing) return;
  if (life.finalizer === null) return collectedUnclosed(core, life);
  if (life.finalizer === defaultFinalizer) return closeInBackground(core);
  const { context, finalizer } = life;
  const work = async (): Promise<unknown> => finalizer(core.definition.facade(core));
  runInBackground(() => runIn(context, work), "an error occurred in the finalizer hook", core);
}

/** Nobody will close it: what waits for its end has waited long enough. */
function collectedUnclosed(core: Core, life: Life): void {
  if (core.status === Status.Start) core.complete();
  else finished(core, life);
}
