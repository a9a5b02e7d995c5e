import { Mode } from "./abi.js";
import { backgroundCloses, coresInBackground, inShutdown, interruptBackgroundCloses } from "./background-close.js";
import { close, isCleaningUp } from "./close-request.js";
import { copies, shared } from "./copies.js";
import type { Core } from "./core.js";
import { isCancelled, RuntimeError } from "./errors.js";
import { expires } from "./expires.js";
import { ignoreFirstCalls, observeFirstCalls } from "./first-call.js";
import { host, inLaterTurn, runIn } from "./host.js";
import { interruptToClose, interruptWait } from "./interrupt.js";
import { IntrinsicPromise } from "./intrinsics.js";
import { lifeOf } from "./life.js";
import { forget } from "./registered.js";
import { trackedCores } from "./registry.js";
import { reportFailure, warn } from "./settings.js";
import { Status } from "./status.js";
import { waitersFor } from "./waits-for.js";

/** How far a shutdown goes. */
export interface ShutdownOptions {
  /**
   * Interrupts generators that are waiting for something, instead of reporting that they run and leaving them to the next shutdown. A
   * cleanup that goes on already is waited for.
   */
  readonly interrupt?: boolean | undefined;
  /** Interrupts cleanups that take more milliseconds, and gives up those that then take as long again. Default: no limit. */
  readonly timeoutMs?: number | undefined;
  /** Waits for background closes too, which CPython does not. Default: true. */
  readonly background?: boolean | undefined;
  /** Looks again for generators that were first used during the shutdown, so many times at most. Default: 1 round. */
  readonly rounds?: number | undefined;
}

/** How a shutdown went. */
export interface ShutdownReport {
  /** How many generators were closed. */
  readonly closed: number;
  /** The errors of cleanups, and a RuntimeError for each that was given up. */
  readonly failures: readonly unknown[];
}

/**
 * asyncio's `shutdown_asyncgens`: closes all generators that are known, all at once in the order of their first use, and waits for
 * them and for closes in the background, but not for one that awaits this in its cleanup, or whose cleanup calls it. Failures are reported to `onError`; none
 * makes this reject.
 */
export function shutdownAsyncGenerators(options: ShutdownOptions = {}): Promise<ShutdownReport> {
  const waits = waitersFor(trackedCores());
  const promise: Promise<ShutdownReport> = shutdownCopies(options, (core) => waits(core, promise));
  return promise;
}

async function shutdownCopies(options: ShutdownOptions, waits: (core: Core) => boolean): Promise<ShutdownReport> {
  const reports = await IntrinsicPromise.all([...copies].map((copy) => copy.shutdown(options, waits)));
  return {
    closed: reports.reduce((sum, { closed }) => sum + closed, 0),
    failures: ([] as unknown[]).concat(...reports.map(({ failures }) => failures)),
  };
}

/** The shutdown of the generators of this copy of the runtime. `waits` tells who waits for it, and is not waited for. */
async function shutdown(options: ShutdownOptions, waits?: (core: Core) => boolean): Promise<ShutdownReport> {
  const failures: unknown[] = [];
  const givenUp = new Set<Core>();
  let closed = 0;
  observeFirstCalls(warnAfterShutdown);
  const wait = async ([closing, core]: [Promise<void>, Core]): Promise<void> => {
    try {
      await within(options.timeoutMs, core, closing);
    } catch (exception) {
      if (!isCancelled(exception)) {
        givenUp.add(core);
        failures.push(exception);
        const message = `an error occurred during closing of asynchronous generator ${core.self.name || "anonymous"}`;
        reportFailure({ message, exception, asyncGenerator: core.definition.facade(core) });
      }
    }
    inShutdown.delete(closing);
  };
  for (let round = options.rounds ?? 1; round > 0; round--) {
    const cores = trackedCores().filter((core) => !givenUp.has(core));
    closed += cores.length + failures.length;
    const closes = cores.map((core) => wait([closeNow(core, options), core]));
    // Whoever calls this begins to wait for it only now.
    await null;
    await IntrinsicPromise.all(closes.filter((_, index) => !waits?.(cores[index] as Core)));
    closed -= failures.length;
    if (options.interrupt) interruptBackgroundCloses();
    if (options.background !== false)
      // Not once more for what was given up.
      await IntrinsicPromise.all(
        backgroundCloses().map((each) => givenUp.has(each[1]) || waits?.(each[1]) || wait(each)),
      );
    if (cores.length === 0) break;
  }
  return { closed, failures };
}

/** Begins the close, which other shutdowns wait for as for those in the background. */
function closeNow(core: Core, options: ShutdownOptions): Promise<void> {
  // A context of its own: what one cleanup sets is nobody else's business.
  const closing = runIn(host.captureContext(), () => closeForShutdown(core, options));
  inShutdown.set(closing, core);
  return closing;
}

async function closeForShutdown(core: Core, { interrupt }: ShutdownOptions): Promise<void> {
  if (core.status > Status.Completed && !willClose(core)) {
    if (!interrupt) throw new RuntimeError("aclose(): asynchronous generator is already running");
    interruptWait(core, interrupt);
  }
  forget(core);
  return close(core);
}

/** The end of the close, which is interrupted when the time is up, and given up when it then hangs once more. */
async function within(timeoutMs: number | undefined, core: Core, closing: Promise<void>): Promise<void> {
  if (await expires(closing, timeoutMs)) {
    interruptToClose(core);
    // What is left of the cleanup after that is entitled to its time.
    if (await expires(closing, timeoutMs))
      throw new RuntimeError("aclose(): asynchronous generator is still running after the timeout");
  }
  return closing;
}

/** Whether the generator only waits for a close that was asked for as ECMAScript does, or is idle in a tick. */
function willClose(core: Core): boolean | undefined {
  const { status, current } = core;
  const { queue } = core.rare;
  if (status === Status.Delivering) return queue === null || queue.next.mode === Mode.Return;
  return status === Status.Draining || status >= Status.Returning || (isCleaningUp(core) && !current?.lazy);
}

function warnAfterShutdown(core: Core, handle: object): void {
  lifeOf(core).begun = true;
  const name = core.self.name || "anonymous";
  warn(`asynchronous generator ${name} was scheduled after shutdownAsyncGenerators() call`, handle);
}

/** Forgets that there was a shutdown, so that new generators are welcome again. */
export function resetAsyncGeneratorShutdown(): void {
  for (const copy of copies) copy.reset();
}

const interruptedAtEnd = new WeakSet<Core>();

/**
 * What the runtime does by itself when the program ends. What is pending by then will be pending for ever, unless it waits for another
 * generator: cleanups that go on already get a turn before they are interrupted, once each.
 */
function atEnd(): Promise<unknown> {
  const isNew = (core: Core): boolean => !interruptedAtEnd.has(core);
  const hung = [...trackedCores().filter(isCleaningUp), ...coresInBackground()].filter(isNew);
  const closing = shutdown({ rounds: 8, interrupt: true });
  for (const core of hung) interruptedAtEnd.add(core);
  // For those that it has begun, the end comes once more.
  if (hung.length > 0 || coresInBackground().some(isNew))
    inLaterTurn(() => {
      for (const core of hung) interruptToClose(core);
    }, true);
  return closing;
}

const own = shared("copy", { shutdown, reset: () => ignoreFirstCalls(warnAfterShutdown), atEnd });
copies.add(own);

export const shutdownAtEnd = own.atEnd;

/** The same for all copies. */
export function shutdownCopiesAtEnd(): void {
  for (const copy of copies) copy.atEnd();
}
