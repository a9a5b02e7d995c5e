/** Running generators without the ticks that ECMAScript prescribes: items that are ready are handed on at once. */

import { Mode, Operation, OWES_CLEANUP } from "./abi.js";
import type { Asker } from "./asker.js";
import type { Chain } from "./chain.js";
import type { Core } from "./core.js";
import { DEEPEST } from "./deepest.js";
import type { Delegation } from "./delegate.js";
import { type Answer, advance as advanceIdle, end } from "./first-run.js";
import { runChain } from "./fused-chain.js";
import { operate, suspend, wait, waitToYield } from "./fused-wait.js";
import { isObject, resolved } from "./intrinsics.js";
import { answer, begin } from "./pending.js";
import { canPull, hold, pullFirst } from "./pull.js";
import { RETURNING, type Request } from "./request.js";
import { Status } from "./status.js";
import { awaitable } from "./waker.js";

/** What a fused function is defined with: code whose functions are not fused does without it. */
export const fused = { advance, advanceDelegating, canPull, pullFirst, canReturn, returnAtOnce, runReturn };
export type Fused = typeof fused;

/** Runs an idle generator that is busy with a `yield*` or a disposal; see `advance` in `first-run.ts`. */
function advanceDelegating(root: Core, mode: Mode, value: unknown, handle: object, reader: Asker | null): Answer {
  if (mode !== Mode.Next) return operate(root, root.resumed(mode, value), handle, reader);
  const chain = chainOf(root);
  chain?.begin().resumed(mode, value);
  const result = chain === null ? withoutChain(root, value, handle, reader) : runChain(chain, handle, reader);
  return result === root ? goOn(root, handle, reader) : (result as Answer);
}

/** The chain that begins with an idle generator, if there is one. */
function chainOf(root: Core): Chain | null {
  return root.rare.pending?.findChain?.(root) ?? null;
}

/**
 * Goes on with what is no chain. Returns the answer, or the generator itself, when it delegates no more and is to go on with the
 * completion that it has.
 */
function withoutChain(root: Core, value: unknown, handle: object, reader: Asker | null): Answer | Core {
  const delegation = root.rare.pending as Delegation;
  if (delegation.sync === undefined) return operate(root, root.resumed(Mode.Next, value), handle, reader);
  if (delegation.sync.ask(root, delegation, [value]) === null) return suspend(root, handle, reader);
  if (root.mode !== Mode.Next) return answer(root, root.mode === Mode.Done ? Mode.Next : Mode.Throw, root.value);
  root.standing = Status.Delivering;
  return null;
}

/** Its body has its turn again. */
function goOn(root: Core, handle: object, reader: Asker | null): Answer {
  root.standing = Status.Executing;
  return advance(root, root.runStep(), handle, reader);
}

/** Goes on with an idle generator whose body has asked for something; see `advance` in `first-run.ts`. */
function advance(core: Core, operand: any, handle: object, reader: Asker | null): Answer {
  // Most are known by their second item.
  const isKnown = core.life !== null && core.life.enrolled;
  for (;;) {
    let awaited: Promise<unknown> | null = null;
    const { op } = core;
    const operation = op & ~OWES_CLEANUP;
    if (operation === Operation.Throw) return end(core, Mode.Throw, operand, reader);
    if (operation === Operation.Yield && (!isObject(operand) || (awaited = awaitable(operand)) === null)) {
      if (!isKnown && op !== operation) core.enrolIfOwing(handle);
      core.value = operand;
      core.standing = Status.Delivering;
      return null;
    }
    if (core.rare.interruption !== null) return wait(core, core, awaited ?? operand, handle, reader);
    if (awaited !== null) return waitToYield(core, core, awaited, handle, reader);
    if (operation === Operation.Return) return end(core, Mode.Next, operand, reader);
    if (operation === Operation.Next && canPull(operand)) {
      // Before what it reads is known: shutdown and reports go from the outside in.
      if (!isKnown) {
        core.enrolIfOwing(handle);
        hold(reader);
      }
      if (pullFirst(core, operand) === null) return suspend(core, handle, reader);
    } else if (operation === Operation.Wait) return suspend(core, handle, reader);
    else if (operation === Operation.Delegate) {
      // What it delegates to is closed through it, and held by it.
      if (!isKnown) {
        if (op !== operation) core.enrolIfOwing(handle);
        if (operand.sync === undefined) hold(reader);
      }
      const chain = chainOf(begin(core, operand));
      const result = chain === null ? withoutChain(core, undefined, handle, reader) : runChain(chain, handle, reader);
      if (result !== core) return result as Answer;
    } else return wait(core, core, operand, handle, reader);
    core.standing = Status.Executing;
    operand = core.runStep();
  }
}

/** How many are being closed by one another within a call. */
let depth = 0;

function canReturn(): boolean {
  return depth < DEEPEST;
}

/** `return()` where nothing has to be awaited before the body ends. */
function returnAtOnce(core: Core, value: unknown, handle: object): Promise<any> {
  if (core.standing !== Status.Yielded) return resolved({ value, done: true });
  depth++;
  const answer = runReturn(core, value, handle, null) as Promise<any> | null;
  depth--;
  return answer ?? resolved({ value: core.deliver(), done: false });
}

/** Resumes an idle generator with a return completion; see `advance` in `first-run.ts`. */
function runReturn(core: Core, value: unknown, handle: object, reader: Request | null): Answer {
  core.current = RETURNING;
  const answer = advanceIdle(core, Mode.Return, value, handle, reader);
  if (core.current === RETURNING) core.current = null;
  return answer;
}
