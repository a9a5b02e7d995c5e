/** Interrupting the await that a body is waiting at: what no native generator can do. */

import { Mode } from "./abi.js";
import type { AsyncIteratorRecord } from "./async-iterator.js";
import { close, isCleaningUp } from "./close-request.js";
import { shared } from "./copies.js";
import type { Core } from "./core.js";
import { drive } from "./drive.js";
import { CancelledError, GeneratorExit, isCancelled, StopAsyncIteration } from "./errors.js";
import { EXIT } from "./exit.js";
import { coreOf } from "./handle.js";
import { asMethod, isObject, resolved } from "./intrinsics.js";
import { callAside, reportLate } from "./late-value.js";
import { delegatedIterator } from "./pending.js";
import type { Interruption } from "./rare.js";
import type { Request } from "./request.js";
import { coreServing } from "./served-steps.js";
import { Status } from "./status.js";
import type { Waker } from "./waker.js";

/** The completion that closes. */
export const CLOSE: Interruption = shared("CLOSE", { mode: Mode.Return, value: EXIT });

/**
 * Throws a CancelledError at the innermost pending await, which may be that of a generator which this one reads.
 * It is delivered in a microtask of its own. Returns false when nothing is pending. `missed` is called when something was, but the
 * generator that was found there ran: in its place when that waits, or when it has answered before it waited again.
 */
export function cancelPending(core: Core, reason?: unknown, missed?: () => void): boolean {
  return cancelWith(core, { mode: Mode.Throw, value: new CancelledError(reason), missed });
}

function cancelWith(core: Core, interruption: Interruption, outer = new Set<Core>()): boolean {
  const inner = waitingInner(core, outer);
  return inner === undefined ? interrupt(core, interruption) : cancelWith(inner, interruption, outer);
}

/**
 * Closes a generator that waits: a return completion arrives at its await, after what it reads was closed the same way.
 * The caller's close request goes behind. `sparesCleanup` leaves cleanups their time that go on already. Returns false when there is
 * nothing to interrupt.
 */
export function interruptToClose(core: Core, sparesCleanup = false, outer = new Set<Core>()): boolean {
  const waits = isInterruptible(core);
  if ((sparesCleanup && isCleaningUp(core)) || (!returnInstead(core) && !waits)) return false;
  abortSignalOf(core);
  if (!waits) return true;
  if (core.current !== null) core.current.mode = Mode.Return;
  const inner = waitingInner(core, outer);
  // Also one that has ended by now, with an error that is still on its way.
  if (core.waker !== null && linkOf(core) !== undefined && core.status !== Status.AwaitingQuietClose)
    core.waker.dropError = reportDropped;
  if (inner !== undefined) {
    if (core.status === Status.Awaiting && !isRevoked(core)) {
      // It only awaited a step of the other generator, which is not its to close. Its cleanup may, when that has unwound.
      (core.waker as Waker).dropped = () => deliver(core, CLOSE);
      revoke(core);
      return (sparesCleanup && isCleaningUp(inner)) || cancelPending(inner);
    }
    interruptToClose(inner, sparesCleanup, outer);
  }
  return interrupt(core, CLOSE);
}

/** The same, but for cleanups that go on already, also of what it reads; by default where the function says so of `return()`. */
export function interruptWait(core: Core, isWanted = core.definition.interrupts): void {
  if (isWanted) interruptToClose(core, true);
}

/**
 * Who waits for a turn of the body gets no item any more, but closes it: it might wait for something once more before the close is
 * reached. Returns whether there is anybody.
 */
function returnInstead({ rare: { queue } }: Core): boolean {
  let isAny = false;
  for (let each: Request | undefined | false = queue?.next; each; each = each !== queue && each.next) {
    if (each.mode !== Mode.Next) continue;
    each.mode = Mode.Return;
    each.value = EXIT;
    isAny = true;
  }
  return isAny;
}

/** Aborts the generator's own signal, before its `finally` blocks run. */
function abortSignalOf(core: Core, reason?: unknown): void {
  core.life?.controller?.abort(reason);
}

/**
 * Whether the generator waits, or will wait, for something that can be let go: it does not go on in a tick anyway without anybody
 * having its promise's callbacks yet.
 */
function isInterruptible({ status }: Core): boolean {
  return status > Status.Completed && status < Status.Returning && status !== Status.Delivering;
}

/** Whether the body runs, or will in a tick with an answer that must not be lost: what it reads has to be closed by it. */
function goesOn({ status }: Core): boolean {
  return status === Status.Executing || status === Status.Answered || status === Status.AwaitingAnswer;
}

/**
 * The compiled generator that this one waits for, if that waits itself. Generators that wait for one another in a circle end at the one
 * that closes it.
 */
function waitingInner(core: Core, outer: Set<Core>): Core | undefined {
  outer.add(core);
  // In one that runs, nobody has callbacks that could be revoked.
  core.rare.pending?.chain?.dissolve();
  const inner = linkOf(core);
  if (inner === undefined || outer.has(inner) || !isInterruptible(inner)) return undefined;
  // Several may read it, and the others wait for their turn.
  const served = (inner.current as Partial<AsyncIteratorRecord> | null)?.sink?.core;
  return served && served !== core ? undefined : inner;
}

/** The compiled generator that this one waits for. */
export function linkOf(core: Core): Core | undefined {
  switch (core.status) {
    case Status.Awaiting:
      return coreServing(core.value);
    case Status.AwaitingNext:
    case Status.AwaitingClose:
    case Status.AwaitingQuietClose:
      return coreOf(core.value);
    case Status.Operating:
      return coreOf(delegatedIterator(core));
    default:
      return undefined;
  }
}

/** A cleanup that was to answer somebody who is gone. That a step has come to the end of its generator is no failure. */
export function reportDropped(error: unknown): void {
  const isEnd = error instanceof StopAsyncIteration || error instanceof GeneratorExit;
  if (!isEnd && !isCancelled(error)) reportLate("cleaning up", error);
}

function isRevoked(core: Core): boolean {
  return core.waker === null;
}

function revoke(core: Core): void {
  (core.waker as Waker).core = null;
  core.waker = null;
}

function interrupt(core: Core, interruption: Interruption): boolean {
  if (!isInterruptible(core)) return false;
  if (core.status === Status.Calling) {
    // What it will wait for is known when the call is over.
    void resolved(undefined).then(() => interruptNow(core, interruption));
    return true;
  }
  if (goesOn(core)) {
    // A cancellation may pass, a close may not.
    const rare = core.ownRare();
    if (rare.interruption === null || interruption === CLOSE) rare.interruption = interruption;
    return true;
  }
  if (isRevoked(core)) return true;
  revoke(core);
  // Its listeners may interrupt once more.
  if (interruption !== CLOSE) abortSignalOf(core, interruption.value);
  void closeSource(core, interruption).then(() => deliver(core, interruption));
  return true;
}

/** Interrupts what the generator waits for by now. */
export function interruptNow(core: Core, interruption: Interruption): void {
  if (interruption === CLOSE) interruptToClose(core);
  else if (interruption.missed) interruption.missed();
  else cancelWith(core, interruption);
}

/**
 * Tells the iterator that it reads that nobody will come back for its pending result. Only a compiled generator is waited for: one that
 * is being closed, or whose answer is on its way.
 */
function closeSource(core: Core, interruption: Interruption): Promise<void> {
  // A throw completion wins over what goes wrong here, a close does not.
  const drop = interruption === CLOSE ? reportDropped : () => {};
  const inner = core.status !== Status.Awaiting && linkOf(core);
  if (inner && (isCleaningUp(inner) || !isInterruptible(inner))) return close(inner).then(undefined, drop);
  let iterator: { return?: unknown } | undefined;
  if (core.status === Status.AwaitingNext) iterator = core.value as object;
  else if (!core.rare.pending?.isClosing) iterator = delegatedIterator(core);
  if (isObject(iterator)) callAside(iterator, () => asMethod(iterator.return, "return"), drop);
  return resolved(undefined);
}

/** Resumes the body, or what it is busy with, where it waited. */
function deliver(core: Core, { mode, value }: Interruption): void {
  const { pending } = core.rare;
  const isClose = mode === Mode.Return;
  const answer = isClose ? Mode.Next : mode;
  const result = isClose ? undefined : value;
  if (core.status === Status.Draining) {
    const reader = core.completeStep(answer, result, true);
    core.drain();
    return drive(reader);
  }
  if (pending?.interrupted(mode)) {
    core.standing = Status.Operating;
    return core.wake(answer, result);
  }
  if (pending !== null) core.rare.pending = null;
  drive(core.resumed(mode, value));
}

/** The body, which an interruption was kept for, has answered before it waited. */
export function missInterruption(core: Core): void {
  const missed = core.rare.interruption?.missed;
  core.rare.interruption = null;
  if (missed !== undefined) void resolved(undefined).then(missed);
}
