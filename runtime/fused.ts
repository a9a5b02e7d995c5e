/** Running generators without the ticks that ECMAScript prescribes: items that are ready are handed on at once. */

import { Mode, Operation, OWES_CLEANUP } from "./abi.js";
import type { Asker } from "./asker.js";
import { enter, handOn, innermost, isInRunningChain, leave, suspend } from "./chain.js";
import type { Core } from "./core.js";
import { drive } from "./drive.js";
import { EXIT } from "./exit.js";
import { isObject } from "./intrinsics.js";
import { perform } from "./perform.js";
import { canPull, pullFirst } from "./pull.js";
import { Status } from "./status.js";
import { awaitable, awaitPristine } from "./waker.js";

type Answer = Promise<any> | null | undefined;

/** What a fused function is defined with: code whose functions are not fused does without it. */
export const fused = { advance, advanceDelegating, canPull, pullFirst, isInRunningChain };
export type Fused = typeof fused;

/** Runs an idle generator that is busy with a `yield*` or a disposal; see `Core.advance`. */
function advanceDelegating(root: Core, mode: Mode, value: unknown, handle: object, reader: Asker | null): Answer {
  const core = mode === Mode.Next ? innermost(root) : root;
  root.resumed(mode, undefined);
  core.resumed(mode, value);
  return core.pending === null
    ? advance(root, core, core.runStep(), handle, reader)
    : resume(root, core, handle, reader);
}

/**
 * Goes on with an idle generator, whose body or that of the innermost one that it delegates to has asked for something; see
 * `Core.advance`.
 */
function advance(root: Core, core: Core, operand: any, handle: object, reader: Asker | null): Answer {
  // Most are known by their second item.
  const isKnown = root.life !== null && root.life.enrolled;
  for (;;) {
    let awaited: Promise<unknown> | null = null;
    const { op } = core;
    const operation = op & ~OWES_CLEANUP;
    if (operation === Operation.Throw) {
      if (core === root) return root.end(Mode.Throw, operand, reader);
      core = leave(core, Mode.Throw, operand);
    } else if (operation === Operation.Yield && (!isObject(operand) || (awaited = awaitable(operand)) === null)) {
      if (!isKnown && op !== operation && core === root) root.enrolIfOwing(handle);
      root.value = operand;
      root.status = Status.Delivering;
      if (core !== root) handOn(root, core);
      return null;
    } else if (core.interruption !== null) {
      return wait(root, core, awaited ?? operand, handle, reader);
    } else if (awaited !== null) {
      return waitToYield(root, core, awaited, handle, reader);
    } else if (operation === Operation.Return) {
      if (core === root) return root.end(Mode.Next, operand, reader);
      core = leave(core, Mode.Next, operand === EXIT ? undefined : operand);
    } else if (operation === Operation.Next && canPull(operand)) {
      // Before what it reads is known: shutdown and reports go from the outside in.
      if (!isKnown && core === root) root.enrolIfOwing(handle);
      if (pullFirst(core, operand) === null) return begin(root, core, handle, reader);
    } else if (operation === Operation.Wait) {
      return begin(root, core, handle, reader);
    } else if (operation === Operation.Delegate && core.definition.fused !== null) {
      // What it delegates to is closed through it, and held by it.
      if (!isKnown && op !== operation && core === root) root.enrolIfOwing(handle);
      core = enter(root, core, operand);
    } else return wait(root, core, operand, handle, reader);
    if (core.pending !== null) return resume(root, core, handle, reader);
    core.status = Status.Executing;
    operand = core.runStep();
  }
}

/** The innermost generator waits for an operation that takes several steps. */
function resume(root: Core, core: Core, handle: object, reader: Asker | null): Answer {
  const promise = begin(root, core, handle, reader);
  drive(core);
  return promise;
}

function wait(root: Core, core: Core, operand: unknown, handle: object, reader: Asker | null): Answer {
  const promise = begin(root, core, handle, reader);
  drive(perform(core, operand), core);
  return promise;
}

function waitToYield(root: Core, core: Core, awaited: object, handle: object, reader: Asker | null): Answer {
  const promise = begin(root, core, handle, reader);
  core.status = Status.AwaitingYield;
  if (awaitPristine(core, awaited)) drive(core);
  return promise;
}

/** From here on the answer is a matter of time. */
function begin(root: Core, core: Core, handle: object, reader: Asker | null): Answer {
  suspend(root, core);
  root.enrolIfOwing(handle);
  return root.promised(reader);
}
