/** Running generators without the ticks that ECMAScript prescribes: items that are ready are handed on at once. */

import { Mode, Operation, OWES_CLEANUP } from "./abi.js";
import type { Asker } from "./asker.js";
import type { Chain } from "./chain.js";
import type { Core } from "./core.js";
import { drive } from "./drive.js";
import { EXIT } from "./exit.js";
import { type Answer, end, promised } from "./first-run.js";
import { isObject } from "./intrinsics.js";
import { answer, begin } from "./pending.js";
import { perform } from "./perform.js";
import { canPull, pullFirst } from "./pull.js";
import { Status } from "./status.js";
import { awaitable, awaitPristine } from "./waker.js";

/** What a fused function is defined with: code whose functions are not fused does without it. */
export const fused = { advance, advanceDelegating, canPull, pullFirst };
export type Fused = typeof fused;

/** Runs an idle generator that is busy with a `yield*` or a disposal; see `advance` in `first-run.ts`. */
function advanceDelegating(root: Core, mode: Mode, value: unknown, handle: object, reader: Asker | null): Answer {
  const chain = mode === Mode.Next ? chainOf(root) : null;
  if (chain === null) return resume(root.resumed(mode, value), null, handle, reader);
  const leaf = chain.begin().resumed(mode, value);
  return leaf.rare.pending === null
    ? advance(root, chain, leaf.runStep(), handle, reader)
    : resume(root, chain, handle, reader);
}

/** The chain that begins with an idle generator, if there is one. */
function chainOf(root: Core): Chain | null {
  return root.pending?.findChain?.(root) ?? null;
}

/** Who runs, or waits, when the root is asked. */
function leafOf(root: Core, chain: Chain | null): Core {
  return chain === null ? root : chain.leaf;
}

/** Goes on with an idle generator whose body, or that of its chain's leaf, has asked for something; see `advance` in `first-run.ts`. */
function advance(root: Core, chain: Chain | null, operand: any, handle: object, reader: Asker | null): Answer {
  // Most are known by their second item.
  const isKnown = root.life !== null && root.life.enrolled;
  let core = leafOf(root, chain);
  for (;;) {
    if (chain !== null && (chain.isDissolved || core.rare.queue !== null)) {
      // Somebody else has looked at one of its links, or has called its leaf.
      return wait(root, chain, operand, handle, reader);
    }
    let awaited: Promise<unknown> | null = null;
    const { op } = core;
    const operation = op & ~OWES_CLEANUP;
    if (operation === Operation.Throw) {
      if (chain === null) return end(root, Mode.Throw, operand, reader);
      chain = leave(root, chain, Mode.Throw, operand);
    } else if (operation === Operation.Yield && (!isObject(operand) || (awaited = awaitable(operand)) === null)) {
      if (chain?.isDissolved) return waitForReaders(root, chain, operand, handle, reader);
      if (!isKnown && op !== operation && chain === null) root.enrolIfOwing(handle);
      root.value = operand;
      root.standing = Status.Delivering;
      chain?.rest();
      return null;
    } else if (core.interruption !== null) {
      return wait(root, chain, awaited ?? operand, handle, reader);
    } else if (awaited !== null) {
      return waitToYield(root, chain, awaited, handle, reader);
    } else if (operation === Operation.Return) {
      if (chain === null) return end(root, Mode.Next, operand, reader);
      chain = leave(root, chain, Mode.Next, operand === EXIT ? undefined : operand);
    } else if (operation === Operation.Next && canPull(operand)) {
      // Before what it reads is known: shutdown and reports go from the outside in.
      if (!isKnown && chain === null) root.enrolIfOwing(handle);
      if (pullFirst(core, operand) === null) return suspend(root, chain, handle, reader);
    } else if (operation === Operation.Wait) {
      return suspend(root, chain, handle, reader);
    } else if (operation === Operation.Delegate) {
      // What it delegates to is closed through it, and held by it.
      if (!isKnown && op !== operation && chain === null) root.enrolIfOwing(handle);
      begin(leafOf(root, chain), operand);
      if (chain !== null) chain.descend();
      else chain = chainOf(root);
    } else return wait(root, chain, operand, handle, reader);
    core = leafOf(root, chain);
    if (core.rare.pending !== null) return resume(root, chain, handle, reader);
    core.standing = Status.Executing;
    operand = core.runStep();
  }
}

/** The leaf has come to its end. Returns the chain of those that run then. */
function leave(root: Core, chain: Chain, mode: Mode, value: unknown): Chain | null {
  const leaf = chain.leave();
  answer(leaf, mode, value);
  if (leaf !== root) return chain;
  root.standing = Status.Executing;
  return null;
}

/** The innermost generator waits for an operation that takes several steps. */
function resume(root: Core, chain: Chain | null, handle: object, reader: Asker | null): Answer {
  const promise = suspend(root, chain, handle, reader);
  drive(leafOf(root, chain));
  return promise;
}

function wait(root: Core, chain: Chain | null, operand: unknown, handle: object, reader: Asker | null): Answer {
  const promise = suspend(root, chain, handle, reader);
  const core = leafOf(root, chain);
  drive(perform(core, operand), core);
  return promise;
}

function waitToYield(root: Core, chain: Chain | null, awaited: object, handle: object, reader: Asker | null): Answer {
  const promise = suspend(root, chain, handle, reader);
  const core = leafOf(root, chain);
  core.standing = Status.AwaitingYield;
  if (awaitPristine(core, awaited)) drive(core);
  return promise;
}

/** The leaf of a chain that is no more has an item: it is handed on from one to the next. */
function waitForReaders(root: Core, chain: Chain, item: unknown, handle: object, reader: Asker | null): Answer {
  const promise = suspend(root, chain, handle, reader);
  drive(chain.leaf.yield(item), chain.leaf);
  return promise;
}

/** From here on the answer is a matter of time. */
function suspend(root: Core, chain: Chain | null, handle: object, reader: Asker | null): Answer {
  chain?.dissolve();
  root.enrolIfOwing(handle);
  return promised(root, reader);
}
