/**
 * Fused generators that delegate to one another with `yield*` form a chain: while it need not wait, the outermost one
 * resumes the innermost directly, however many there are between them. Those between look idle, and are not.
 */

import { Mode } from "./abi.js";
import { isNextDirect } from "./consume.js";
import type { Core } from "./core.js";
import { Delegation, delegate } from "./delegate.js";
import { drive } from "./drive.js";
import { answer } from "./pending.js";
import { Status } from "./status.js";
import { wakerOf } from "./waker.js";

/** The innermost generator of the chain that begins with an idle one: itself, if it does not delegate. */
export function innermost(root: Core): Core {
  const { pending } = root;
  if (!(pending instanceof Delegation)) return root;
  const { leaf } = pending;
  if (leaf !== null && leaf.status === Status.Yielded && leaf.pending === null) {
    const link = leaf.current;
    if (link instanceof Delegation && link.root === root) return leaf;
  }
  return descend(root, root);
}

/** Makes a chain of what the generator delegates to. */
function descend(root: Core, core: Core): Core {
  for (;;) {
    const link = core.definition.fused === null ? null : core.pending;
    if (!(link instanceof Delegation)) return core;
    const { inner, nextMethod } = link;
    if (inner === undefined || !isNextDirect(inner, nextMethod)) return core;
    link.root = root;
    inner.current = link;
    inner.mode = Mode.Next;
    inner.value = undefined;
    core = inner;
  }
}

/** A generator of a running chain asks for `yield*`. Returns who runs next. */
export function enter(root: Core, core: Core, iterable: unknown): Core {
  delegate(core, iterable);
  if (core.pending === null) return core;
  const inner = descend(root, core);
  if (inner !== core && core !== root) core.status = Status.Yielded;
  return inner;
}

/** The innermost generator of a running chain has come to its end. Returns the one that delegated to it. */
export function leave(core: Core, mode: Mode, value: unknown): Core {
  const { reader } = core.current as Delegation;
  core.current = null;
  core.status = Status.Draining;
  core.release();
  core.drain();
  return answer(reader, mode, value);
}

/** The innermost generator of a running chain has an item for the outermost. */
export function handOn(root: Core, core: Core): void {
  const outermost = root.pending as Delegation;
  outermost.leaf = core;
  core.interruption = null;
  if (core.queue === null && !outermost.isDisturbed) {
    core.status = Status.Yielded;
    return;
  }
  outermost.isDisturbed = false;
  outermost.leaf = null;
  for (let each = core; each !== root; ) {
    const { reader } = each.current as Delegation;
    drive(each.yielded());
    each = reader;
  }
}

/** The innermost generator of a running chain has to wait: so has everyone around it. */
export function suspend(root: Core, core: Core): void {
  for (let each = core; each !== root; ) {
    const link = each.current as Delegation;
    const { reader } = link;
    link.root = null;
    link.sink = wakerOf(reader);
    reader.status = Status.Operating;
    reader.value = link.iterator;
    each.enrolIfOwing(link.iterator);
    each = reader;
  }
}

/**
 * Somebody else calls a generator that a chain has gone through. Returns whether the chain runs: the call has to wait.
 * Otherwise the chain is no more.
 */
export function isInRunningChain(core: Core): boolean {
  const link = core.current;
  if (!(link instanceof Delegation) || link.root === null) return false;
  const { root } = link;
  if (root.status === Status.Executing && isReadBy(root, link)) {
    (root.pending as Delegation).isDisturbed = true;
    return true;
  }
  link.root = null;
  core.current = null;
  if (root.pending instanceof Delegation) root.pending.leaf = null;
  return false;
}

function isReadBy(root: Core, link: Delegation): boolean {
  let each: unknown = link;
  while (each instanceof Delegation && each.reader.pending === each) {
    if (each.reader === root) return true;
    each = each.reader.current;
  }
  return false;
}
