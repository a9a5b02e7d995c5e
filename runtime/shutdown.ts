import { backgroundCloses, interruptBackgroundCloses } from "./background-close.js";
import { close } from "./close-request.js";
import type { Core } from "./core.js";
import { isCancelled, RuntimeError } from "./errors.js";
import { ignoreFirstCalls, observeFirstCalls } from "./first-call.js";
import { host } from "./host.js";
import { interruptToClose } from "./interrupt.js";
import { lifeOf } from "./life.js";
import { forget, trackedCores } from "./registry.js";
import { reportFailure, warn } from "./settings.js";
import { Status } from "./status.js";

/** How far a shutdown goes. */
export interface ShutdownOptions {
  /** Interrupts generators that are waiting for something, instead of reporting that they run. */
  readonly interrupt?: boolean;
  /** Interrupts cleanups that take more milliseconds. Default: no limit. */
  readonly timeoutMs?: number;
  /** Waits for background closes too, which CPython does not. Default: true. */
  readonly background?: boolean;
  /** Looks again for generators that were first used during the shutdown, so many times at most. Default: 1 round. */
  readonly rounds?: number;
}

/** How a shutdown went. */
export interface ShutdownReport {
  /** How many generators were closed. */
  readonly closed: number;
  /** The errors of cleanups. */
  readonly failures: readonly unknown[];
}

/**
 * asyncio's `shutdown_asyncgens`: closes all generators that are known, all at once in the order of their first use, and waits for
 * them and for closes in the background. Failures are reported to `onError`; none makes this reject.
 */
export async function shutdownAsyncGenerators(options: ShutdownOptions = {}): Promise<ShutdownReport> {
  const failures: unknown[] = [];
  let closed = 0;
  observeFirstCalls(warnAfterShutdown);
  for (let round = options.rounds ?? 1; round > 0; round--) {
    const cores = trackedCores();
    for (const core of cores) forget(core);
    const results = await Promise.all(cores.map((core) => closeOne(core, options, failures)));
    closed += results.filter(Boolean).length;
    if (options.interrupt) interruptBackgroundCloses();
    if (options.background !== false) await Promise.all(backgroundCloses());
    if (cores.length === 0) break;
  }
  return { closed, failures };
}

async function closeOne(core: Core, options: ShutdownOptions, failures: unknown[]): Promise<boolean> {
  const generator = core.definition.facade(core);
  // A context of its own: what one cleanup sets is nobody else's business.
  const context = host.captureContext();
  const work = (): Promise<void> => closeForShutdown(core, options);
  try {
    await (context === null ? work() : context.runInAsyncScope(work));
    return true;
  } catch (exception) {
    if (isCancelled(exception)) return true;
    failures.push(exception);
    const name = core.self.name || "anonymous";
    reportFailure({
      message: `an error occurred during closing of asynchronous generator ${name}`,
      exception,
      asyncGenerator: generator,
    });
    return false;
  }
}

async function closeForShutdown(core: Core, { interrupt, timeoutMs }: ShutdownOptions): Promise<void> {
  if (core.status > Status.Completed && !willClose(core)) {
    if (!interrupt) throw new RuntimeError("aclose(): asynchronous generator is already running");
    interruptToClose(core);
  }
  const closing = close(core);
  if (timeoutMs === undefined) return closing;
  const timer = setTimeout(() => interruptToClose(core), timeoutMs);
  try {
    await closing;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the generator only waits for a close that was asked for as ECMAScript does, or is idle in a tick. */
function willClose(core: Core): boolean {
  const { status, current, queue } = core;
  if (status === Status.Delivering) return queue === null || queue.next.asksToReturn();
  if (status === Status.Draining || status >= Status.Returning) return true;
  return current !== null && current.asksToReturn() && !current.lazy;
}

function warnAfterShutdown(core: Core, handle: object): void {
  lifeOf(core).begun = true;
  const name = core.self.name || "anonymous";
  warn(`asynchronous generator ${name} was scheduled after shutdownAsyncGenerators() call`, handle);
}

/** Forgets that there was a shutdown, so that new generators are welcome again. */
export function resetAsyncGeneratorShutdown(): void {
  ignoreFirstCalls(warnAfterShutdown);
}

/** What the runtime does by itself when the program ends. What is pending by then will be pending for ever. */
export function shutdownAtEnd(): Promise<unknown> {
  return shutdownAsyncGenerators({ rounds: 8, interrupt: true });
}
