/** Running generators without the ticks that ECMAScript prescribes: items that are ready are handed on at once. */

import { Mode, Operation, OWES_CLEANUP } from "./abi.js";
import type { AsyncIteratorRecord } from "./async-iterator.js";
import { enter, handleOf, handOn, innermost, leave, suspend } from "./chain.js";
import { isDirect } from "./consume.js";
import type { Core } from "./core.js";
import { drive } from "./drive.js";
import { EXIT } from "./exit.js";
import { FUEL } from "./fuel.js";
import { isThenable } from "./intrinsics.js";
import { perform } from "./perform.js";
import { Status } from "./status.js";
import { awaitTick } from "./waker.js";

let fuel = FUEL;

type Answer = Promise<any> | null | undefined;

/** Runs an idle generator, or the innermost one that it delegates to; see `Core.advance`. */
export function advanceFused(root: Core, mode: Mode, value: unknown, handle: object, reader: Core | null): Answer {
  let core = mode === Mode.Next && root.pending !== null ? innermost(root) : root;
  core.mode = mode;
  core.value = value;
  root.status = Status.Executing;
  while (core.pending === null) {
    core.status = Status.Executing;
    const { step } = core.definition;
    let operand: any;
    try {
      operand = step(core, core.variables);
    } catch (error) {
      if (core === root) return root.end(Mode.Throw, error, reader);
      core = leave(core, Mode.Throw, error);
      continue;
    }
    const { op } = core;
    const operation = op & ~OWES_CLEANUP;
    if (operation === Operation.Yield && !isThenable(operand)) {
      if (op !== operation) core.enrolIfOwing(handleOf(root, core, handle));
      root.value = operand;
      root.status = Status.Delivering;
      if (core !== root) handOn(root, core);
      return null;
    }
    if (core.life !== null && core.life.interruption !== null) return wait(root, core, operand, handle, reader);
    if (operation === Operation.Return) {
      if (core === root) return root.end(Mode.Next, operand, reader);
      core = leave(core, Mode.Next, operand === EXIT ? undefined : operand);
    } else if (operation === Operation.Next && canPull(core, operand)) {
      // Before what it reads is known: shutdown and reports go from the outside in.
      core.enrolIfOwing(handleOf(root, core, handle));
      if (pullItem(core, operand) === null) return begin(root, core, handle, reader);
    } else if (operation === Operation.Delegate && core.definition.isFused) {
      if (op !== operation) core.enrolIfOwing(handleOf(root, core, handle));
      core = enter(root, core, operand);
    } else return wait(root, core, operand, handle, reader);
  }
  const promise = begin(root, core, handle, reader);
  drive(core);
  return promise;
}

function wait(root: Core, core: Core, operand: unknown, handle: object, reader: Core | null): Answer {
  const promise = begin(root, core, handle, reader);
  drive(perform(core, operand), core);
  return promise;
}

/** From here on the answer is a matter of time. */
function begin(root: Core, core: Core, handle: object, reader: Core | null): Answer {
  suspend(root, core);
  root.enrolIfOwing(handle);
  return root.promised(reader);
}

/** Whether a generator may take items without a call: it is fused, and reads a compiled one that is idle. */
export function canPull(core: Core, { inner, next }: AsyncIteratorRecord): boolean {
  return inner !== undefined && core.definition.isFused && isDirect(inner, next, Mode.Next);
}

/**
 * Asks what a `for await` reads for its next item. Returns the core when it can go on with it at once; otherwise the answer
 * will wake it.
 */
export function pullItem(core: Core, { inner, iterator }: AsyncIteratorRecord): Core | null {
  core.status = Status.Calling;
  const answer = (inner as Core).advance(Mode.Next, undefined, iterator, core);
  if (answer === null) {
    core.mode = Mode.Next;
    core.value = (inner as Core).deliver();
    core.done = false;
    if (fuel-- > 0) return core;
    fuel = FUEL;
    core.status = Status.AwaitingAnswer;
    awaitTick(core);
    return null;
  }
  if ((core.status as Status) === Status.Answered) return core;
  core.status = Status.AwaitingNext;
  core.value = iterator;
  return null;
}
