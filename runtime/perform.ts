import { Mode, Operation, OWES_CLEANUP } from "./abi.js";
import { closeIterator } from "./close-iterator.js";
import type { Core } from "./core.js";
import { delegate } from "./delegate.js";
import { disposeResources } from "./disposal.js";
import { takeInterruption } from "./interrupt.js";
import { isThenable } from "./intrinsics.js";
import { iteratorNext } from "./iterator-next.js";
import { Status } from "./status.js";
import { awaitValue } from "./waker.js";

/**
 * Performs what a step asks for. Returns whose turn it is then: the same generator's when the answer is there at once, that
 * of one that it reads, or nobody's.
 */
export function perform(core: Core, operand: any): Core | null {
  const interruption = core.life === null ? null : core.life.interruption;
  if (interruption !== null) return takeInterruption(core, interruption, operand);
  switch (core.op & ~OWES_CLEANUP) {
    case Operation.Await:
      core.status = Status.Awaiting;
      return awaitValue(core, operand) ? core : null;
    case Operation.Yield:
      if ((core.current!.lazy || core.definition.isFused) && !isThenable(operand)) return core.yield(operand);
      core.status = Status.AwaitingYield;
      return awaitValue(core, operand) ? core : null;
    case Operation.Return:
      return core.finish(Mode.Next, operand);
    case Operation.Next:
      return iteratorNext(core, operand);
    case Operation.Delegate:
      return delegate(core, operand);
    case Operation.Close:
    case Operation.CloseQuietly:
      return closeIterator(core, operand, (core.op & ~OWES_CLEANUP) === Operation.CloseQuietly) ? core : null;
    case Operation.Dispose:
      return disposeResources(core, operand);
    default:
      throw new Error(`aclose: a step asked for the unknown operation ${core.op}`);
  }
}
