import type { Core } from "./core.js";
import { coreOf } from "./handle.js";
import { Status } from "./status.js";
import { awaitTick } from "./waker.js";

/** Whoever can have a turn of the trampoline. */
export interface Turn {
  /** Returns whose turn it is then. */
  proceed(): Turn | null;
  /** Who waits for the answer of the one that has the next turn, and has not begun to `Await` it; most often itself, or nobody. */
  caller(): Core | null;
}

/**
 * Runs bodies, and the operations that they wait for, until everybody waits: the trampoline of generators that read one
 * another, however long their chain is. `last` is who has had a turn already.
 */
export function drive(next: Turn | null, last: Turn | null = null): void {
  let caller: Core | null = null;
  for (;;) {
    const calling = last === null ? null : last.caller();
    // Who has the next turn has its answer, and calls nobody.
    if (calling !== null && calling !== next && calling !== caller) {
      if (caller !== null) endCall(caller);
      caller = calling;
    }
    if (next === null) break;
    last = next;
    next = last.proceed();
  }
  if (caller !== null) endCall(caller);
}

/** What the caller reads has run as far as it could: `Await` of its answer begins. */
function endCall(caller: Core): void {
  if (caller.standing === Status.Answered) {
    caller.standing = Status.AwaitingAnswer;
    awaitTick(caller);
    return;
  }
  caller.standing = caller.rare.pending === null ? Status.AwaitingNext : Status.Operating;
  const handle = caller.value as object;
  coreOf(handle)?.enrolIfOwing(handle);
}
