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

/** Runs an idle generator that is busy with a `yield*` or a disposal; see `Core.advance`. */
export function advanceDelegating(root: Core, mode: Mode, value: unknown, handle: object, reader: Core | null): Answer {
  const core = mode === Mode.Next ? innermost(root) : root;
  root.status = Status.Executing;
  core.resumed(mode, value);
  return core.pending === null
    ? advanceFused(root, core, core.runStep(), handle, reader)
    : resume(root, core, handle, reader);
}

/**
 * Goes on with an idle generator, whose body or that of the innermost one that it delegates to has asked for something; see
 * `Core.advance`.
 */
export function advanceFused(root: Core, core: Core, operand: any, handle: object, reader: Core | null): Answer {
  for (;;) {
    const { op } = core;
    const operation = op & ~OWES_CLEANUP;
    if (operation === Operation.Throw) {
      if (core === root) return root.end(Mode.Throw, operand, reader);
      core = leave(core, Mode.Throw, operand);
    } else if (operation === Operation.Yield && !isThenable(operand)) {
      if (op !== operation) core.enrolIfOwing(handleOf(root, core, handle));
      root.value = operand;
      root.status = Status.Delivering;
      if (core !== root) handOn(root, core);
      return null;
    } else if (core.life !== null && core.life.interruption !== null) {
      return wait(root, core, operand, handle, reader);
    } else if (operation === Operation.Return) {
      if (core === root) return root.end(Mode.Next, operand, reader);
      core = leave(core, Mode.Next, operand === EXIT ? undefined : operand);
    } else if (operation === Operation.Next && canPull(core, operand)) {
      if (pullItem(core, operand) === null) return begin(root, core, handle, reader);
    } else if (operation === Operation.Delegate && core.definition.isFused) {
      if (op !== operation) core.enrolIfOwing(handleOf(root, core, handle));
      core = enter(root, core, operand);
    } else return wait(root, core, operand, handle, reader);
    if (core.pending !== null) return resume(root, core, handle, reader);
    core.status = Status.Executing;
    operand = core.runStep();
  }
}

/** The innermost generator waits for an operation that takes several steps. */
function resume(root: Core, core: Core, handle: object, reader: Core | null): Answer {
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
