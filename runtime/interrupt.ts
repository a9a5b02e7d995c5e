/** Interrupting the await that a body is waiting at: what no native generator can do. */

import { Mode, Operation, OWES_CLEANUP } from "./abi.js";
import { close } from "./close-request.js";
import type { Core } from "./core.js";
import { drive, type Turn } from "./drive.js";
import { CancelledError } from "./errors.js";
import { EXIT } from "./exit.js";
import { coreOf } from "./handle.js";
import { apply, asMethod, isObject, resolved } from "./intrinsics.js";
import { delegatedIterator } from "./pending.js";
import { perform } from "./perform.js";
import { AsyncGeneratorStep } from "./python-step.js";
import type { Interruption } from "./rare.js";
import { Status } from "./status.js";

/**
 * Throws a CancelledError at the innermost pending await, which may be that of a generator which this one reads.
 * It is delivered in a microtask of its own. Returns false when nothing is pending.
 */
export function cancelPending(core: Core, reason: unknown): boolean {
  return cancelWith(core, new CancelledError(reason));
}

function cancelWith(core: Core, error: unknown, outer = new Set<Core>()): boolean {
  const inner = waitingInner(core, outer);
  return inner === undefined ? interrupt(core, Mode.Throw, error) : cancelWith(inner, error, outer);
}

/**
 * Closes a generator that waits: a return completion arrives at its await, after what it reads was closed the same way.
 * The caller's close request goes behind. Returns false when nothing is pending.
 */
export function interruptToClose(core: Core, outer = new Set<Core>()): boolean {
  if (!isInterruptible(core)) return false;
  abortSignalOf(core);
  const inner = waitingInner(core, outer);
  if (inner === undefined) return interrupt(core, Mode.Return, EXIT);
  if (isRevoked(core)) return interruptToClose(inner, outer);
  revoke(core);
  const goOn = (): void => deliver(core, Mode.Return, EXIT);
  if (core.status === Status.Awaiting) {
    // It only awaited a step of the other generator, which is not its to close.
    cancelPending(inner, undefined);
    void resolved(undefined).then(goOn);
  } else {
    interruptToClose(inner, outer);
    void close(inner).then(goOn, goOn);
  }
  return true;
}

/** Aborts the generator's own signal, before its `finally` blocks run. */
function abortSignalOf(core: Core, reason?: unknown): void {
  core.life?.controller?.abort(reason);
}

/** Whether the generator waits, or will wait, for something that can be let go. */
function isInterruptible(core: Core): boolean {
  return core.status > Status.Completed && !isInTick(core);
}

/** Whether the generator goes on in a tick anyway, and nobody has its promise's callbacks yet. */
function isInTick({ status }: Core): boolean {
  return status === Status.Delivering || status === Status.Returning || status === Status.Finishing;
}

/** Whether the body runs, or will in a tick with an answer that must not be lost: what it reads has to be closed by it. */
function goesOn({ status }: Core): boolean {
  return (
    status === Status.Executing ||
    status === Status.Calling ||
    status === Status.Answered ||
    status === Status.AwaitingAnswer
  );
}

/**
 * The compiled generator that this one waits for, if that waits itself. Generators that wait for one another in a circle end at the one
 * that closes it.
 */
function waitingInner(core: Core, outer: Set<Core>): Core | undefined {
  outer.add(core);
  const inner = linkOf(core);
  return inner === undefined || outer.has(inner) || !isInterruptible(inner) ? undefined : inner;
}

/** The compiled generator that this one waits for. */
function linkOf(core: Core): Core | undefined {
  switch (core.status) {
    case Status.Awaiting:
      return AsyncGeneratorStep.servedBy(core.value);
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

function isRevoked(core: Core): boolean {
  return core.waker === null;
}

function revoke(core: Core): void {
  if (core.waker !== null) core.waker.core = null;
  core.waker = null;
}

function interrupt(core: Core, mode: Mode, value: unknown): boolean {
  if (!isInterruptible(core)) return false;
  if (goesOn(core)) {
    core.interruption ??= { mode, value };
    return true;
  }
  if (isRevoked(core)) return true;
  if (mode === Mode.Throw) abortSignalOf(core, value);
  revoke(core);
  closeForeign(core);
  void resolved(undefined).then(() => deliver(core, mode, value));
  return true;
}

/** Tells a foreign iterator that nobody will come back for its pending result, and does not wait for its answer. */
function closeForeign(core: Core): void {
  let iterator: { return?: unknown } | undefined;
  if (core.status === Status.AwaitingNext) iterator = core.value as object;
  else if (core.status === Status.Operating) iterator = delegatedIterator(core);
  if (!isObject(iterator)) return;
  try {
    const method = asMethod(iterator.return, "return");
    if (method === undefined) return;
    const answer = apply(method, iterator, []);
    if (isObject(answer)) void resolved(answer).then(undefined, () => {});
  } catch {
    // The interruption goes on whatever the iterator says.
  }
}

/** Resumes the body, or what it is busy with, where it waited. */
function deliver(core: Core, mode: Mode, value: unknown): void {
  const pending = core.pending;
  if (core.status === Status.Draining) {
    const returns = mode === Mode.Return;
    const reader = core.completeStep(returns ? Mode.Next : mode, returns ? undefined : value, true);
    core.drain();
    return drive(reader);
  }
  if (pending?.interrupted(mode)) {
    core.standing = Status.Operating;
    return core.wake(mode === Mode.Return ? Mode.Next : mode, mode === Mode.Return ? undefined : value);
  }
  core.pending = null;
  drive(core.resumed(mode, value));
}

/**
 * Takes an interruption that came while the body ran, now that it asks to wait for something. An await need not begin.
 * Iterators and resources get what is owed to them: that operation begins, and is interrupted. Returns whose turn
 * it is.
 */
export function takeInterruption(core: Core, operand: unknown): Turn | null {
  const operation = core.op & ~OWES_CLEANUP;
  const interruption = core.interruption as Interruption;
  core.interruption = null;
  if (operation === Operation.Await) {
    core.mode = interruption.mode;
    core.value = interruption.value;
    return core;
  }
  const next = perform(core, operand);
  if (operation === Operation.Yield || operation === Operation.Return) return next;
  if (next === core && core.pending === null) return next;
  drive(next, core);
  if (interruption.mode === Mode.Return) interruptToClose(core);
  else cancelWith(core, interruption.value);
  return null;
}
