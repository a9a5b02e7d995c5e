import { Mode, Operation, OWES_CLEANUP } from "./abi.js";
import { closeIterator } from "./close-iterator.js";
import type { Core } from "./core.js";
import { drive, type Turn } from "./drive.js";
import { CLOSE, interruptNow, missInterruption } from "./interrupt.js";
import { IntrinsicPromise } from "./intrinsics.js";
import { begin } from "./pending.js";
import type { Interruption } from "./rare.js";
import { Status } from "./status.js";
import { awaitable, awaitPristine, awaitValue } from "./waker.js";

/**
 * Performs what a step asks for. Returns whose turn it is then: the same generator's when the answer is there at once, that
 * of one that it reads, or nobody's. What most steps ask for comes first, in a function that is small enough to be inlined.
 */
export function perform(core: Core, operand: any): Turn | null {
  const operation = core.op & ~OWES_CLEANUP;
  if (core.rare.interruption !== null) return takeInterruption(core, operand);
  if (operation === Operation.Await) {
    core.standing = Status.Awaiting;
    return awaitValue(core, operand, operand);
  }
  if (operation === Operation.Next) return operand.next(core);
  if (operation !== Operation.Yield) return performOther(core, operation, operand);
  if (!core.current!.lazy && core.definition.fused === null) {
    core.standing = Status.AwaitingYield;
    return awaitValue(core, operand, operand);
  }
  core.standing = Status.Calling;
  const awaited = awaitable(operand);
  if (awaited === null) return core.yield(operand);
  core.standing = Status.AwaitingYield;
  return awaitPristine(core, awaited, awaited);
}

function performOther(core: Core, operation: number, operand: any): Turn | null {
  switch (operation) {
    case Operation.Return:
      return core.finish(Mode.Next, operand);
    case Operation.Throw:
      return core.finish(Mode.Throw, operand);
    case Operation.Close:
    case Operation.CloseQuietly:
      return closeIterator(core, operand, operation === Operation.CloseQuietly) ? core : null;
    case Operation.Wait:
      return null;
    case Operation.Delegate:
    case Operation.Dispose:
      return begin(core, operand);
    default:
      throw new Error(`unknown operation ${core.op}`);
  }
}

/**
 * Takes an interruption that came while the body ran, now that it asks to wait for something. An await need not begin, nor a yield
 * when the generator closes: its operand may never be there. Iterators and resources get what is owed to them: that operation
 * begins, and is interrupted. Returns whose turn it is.
 */
function takeInterruption(core: Core, operand: unknown): Turn | null {
  const operation = core.op & ~OWES_CLEANUP;
  if (operation === Operation.Throw) return performOther(core, operation, operand);
  const interruption = core.rare.interruption as Interruption;
  if (operation === Operation.Await || (operation === Operation.Yield && interruption === CLOSE)) {
    void ignoreRejection(operand);
    core.rare.interruption = null;
    core.mode = interruption.mode;
    core.value = interruption.value;
    return core;
  }
  if (operation === Operation.Yield || operation === Operation.Return) {
    missInterruption(core);
    return perform(core, operand);
  }
  core.rare.interruption = null;
  const next = perform(core, operand);
  if (next === core && core.rare.pending === null) {
    // It was done at once.
    core.rare.interruption = interruption;
    return next;
  }
  drive(next, core);
  interruptNow(core, interruption);
  return null;
}

/** A promise that is not awaited after all has a handler all the same. Any other thenable is left alone. */
async function ignoreRejection(value: unknown): Promise<void> {
  try {
    if (value instanceof IntrinsicPromise) await value;
  } catch {}
}
