import { Mode, Operation, OWES_CLEANUP } from "./abi.js";
import { isNextDirect } from "./consume.js";
import type { Core } from "./core.js";
import type { Definition } from "./definition.js";
import type { Delegation } from "./delegate.js";
import { drive, type Turn } from "./drive.js";
import { EXIT } from "./exit.js";
import { isObject } from "./intrinsics.js";
import { begin } from "./pending.js";
import { perform } from "./perform.js";
import { isOrdinary } from "./pristine.js";
import { Status } from "./status.js";
import { inNextTick } from "./tick.js";
import { awaitPristine, thenableIn, type Waker, wakerOf } from "./waker.js";

const enum Phase {
  /** All are suspended at their yields. */
  Idle = 0,
  /** The innermost one runs. */
  Running = 1,
  /** The item of the innermost one is on its way: it takes a tick, and one for each that delegates. */
  Climbing = 2,
  /** The innermost one has ended, and who delegated to it goes on in the next tick. */
  Ending = 3,
  /** Everyone knows again where it stands, and there is no chain. */
  Dissolved = 4,
}

/** What a generator delegates to, if it can be resumed directly; null otherwise. */
function directLink({ rare, definition }: Core): Delegation | null {
  const link = rare.pending as Delegation | null;
  if (link === null || link.chain === undefined || rare.queue !== null) return null;
  const { inner } = link;
  return inner !== undefined && isDirectLink(link, inner, definition) ? link : null;
}

function isDirectLink(link: Delegation, inner: Core, { fused }: Definition): boolean {
  return inner.definition.fused === fused && isNextDirect(inner, link.nextMethod);
}

/** The chain of what a generator delegates to; null where none of it can be resumed directly. */
export function chainFrom(root: Core): Chain | null {
  if (directLink(root) === null) return null;
  const chain = new Chain(root);
  chain.descend();
  return chain;
}

/**
 * Generators that delegate to one another with `yield*`: the outermost one, the root, resumes the innermost one, the leaf,
 * directly, however many there are between them. In exact ticks an item takes the same ticks as if each had passed it on. All but
 * the root are `Linked`: whatever is not done here, and whoever looks at one of them, dissolves the chain.
 */
export class Chain implements Turn {
  declare readonly root: Core;
  /** The innermost; while a fused run goes on, the one that was it when that began. */
  declare leaf: Core;
  declare private phase: Phase;
  /** How many delegate. */
  declare private height: number;
  /** Climbing: the ticks that are left. */
  declare private left: number;
  /** What the leaf has yielded, answers in the end, or asks for when the chain is no more. */
  declare private mode: Mode;
  declare private value: unknown;
  /** Whether the leaf was called in this turn, by who delegates to it. */
  declare private isCall: boolean;
  /** Who had called the leaf when the chain was dissolved. */
  declare private reader: Core | null;
  /** Dissolved while a tick was due: whom to wake then. */
  declare private waker: Waker | null;
  declare private tick: (() => void) | null;

  constructor(root: Core) {
    this.root = root;
    this.leaf = root;
    this.phase = Phase.Running;
    this.height = 0;
    this.left = 0;
    this.mode = Mode.Next;
    this.value = undefined;
    this.isCall = false;
    this.reader = null;
    this.waker = null;
    this.tick = null;
  }

  get isDissolved(): boolean {
    return this.phase === Phase.Dissolved;
  }

  /** Adds what the leaf delegates to, as far as it can be resumed directly. Returns whether there is anything. */
  descend(): boolean {
    const { leaf } = this;
    this.leaf = this.innermost(leaf);
    return this.leaf !== leaf;
  }

  private innermost(leaf: Core): Core {
    for (;;) {
      const link = directLink(leaf);
      // What it delegates to may have been one of its own links.
      if (link === null || this.isDissolved) return leaf;
      leaf.standing = leaf === this.root ? Status.Operating : Status.Linked;
      this.height++;
      leaf = link.join(this);
    }
  }

  /** The leaf, which is not the root, delegates. Returns the one that is the leaf then. */
  delegate(leaf: Core, link: Delegation): Core {
    const { inner } = link;
    if (inner === undefined || inner.standing !== Status.Start || !isDirectLink(link, inner, leaf.definition))
      return this.innermost(begin(leaf, link));
    // Most often it was made for this: nothing but the links is left to do.
    leaf.ownRare().pending = link;
    leaf.standing = Status.Linked;
    this.height++;
    link.chain = this;
    inner.current = link;
    return inner;
  }

  /** The leaf is about to run. */
  begin(): Core {
    this.phase = Phase.Running;
    this.root.standing = Status.Operating;
    return this.leaf;
  }

  /** The leaf has an item, which is handed over at once. */
  rest(leaf: Core): void {
    this.phase = Phase.Idle;
    this.leaf = leaf;
    leaf.standing = Status.Linked;
  }

  /** The leaf has come to its end. Returns who delegated to it, and is the leaf now. */
  leave(leaf: Core): Core {
    const link = leaf.current as Delegation;
    link.chain = null;
    this.height--;
    leaf.current = null;
    leaf.complete();
    return link.reader;
  }

  /** The leaf, which a fused run does not write down while it goes from one to another. */
  private findLeaf(): Core {
    let core = this.root;
    for (;;) {
      const link = core.rare.pending as Delegation | null;
      if (link?.chain !== this) return core;
      core = link.inner as Core;
    }
  }

  /** In exact ticks: sends `next(value)` to the leaf. Returns whose turn it is. */
  resume(value: unknown): Turn | null {
    this.isCall = true;
    return this.run(this.begin(), Mode.Next, value);
  }

  private run(leaf: Core, mode: Mode, value: unknown): Turn | null {
    for (;;) {
      leaf.mode = mode;
      leaf.value = value;
      if (leaf.rare.pending !== null) return this.handOver();
      const operand: any = (this.value = leaf.runStep());
      const operation = leaf.op & ~OWES_CLEANUP;
      if (this.isDissolved) return this;
      if (operation === Operation.Yield && (!isObject(operand) || isOrdinary(operand))) return this.climb(operand);
      if (operation === Operation.Return) return this.end(Mode.Done, operand === EXIT ? undefined : operand);
      if (operation === Operation.Throw) return this.end(Mode.Throw, operand);
      if (operation !== Operation.Delegate) return this.handOver();
      begin(leaf, operand);
      mode = leaf.mode;
      value = leaf.value;
      if (this.descend()) {
        this.isCall = true;
        leaf = this.leaf;
      }
    }
  }

  /** The leaf has an item for whoever reads the root. */
  private climb(item: unknown): Turn | null {
    this.phase = Phase.Climbing;
    this.mode = Mode.Next;
    this.left = this.height + 1;
    const thenable = isObject(item) ? thenableIn(item) : null;
    if (thenable === null) return this.waitForTick();
    this.value = thenable;
    if (!this.isDissolved) {
      this.phase = Phase.Running;
      return this.handOver();
    }
    awaitPristine(this.leaf, thenable, thenable);
    return null;
  }

  private end(mode: Mode, value: unknown): Turn | null {
    const { root, leaf } = this;
    this.phase = Phase.Ending;
    this.mode = mode;
    this.value = value;
    this.leaf = (leaf.current as Delegation).reader;
    this.leave(leaf);
    if (this.leaf !== root || this.isDissolved) return this.waitForTick();
    this.phase = Phase.Dissolved;
    return root.takeAnswer(mode, value, mode === Mode.Done);
  }

  private waitForTick(): null {
    inNextTick((this.tick ??= () => this.ticked()));
    return null;
  }

  private ticked(): void {
    const { root, waker, value } = this;
    if (waker !== null) return waker.fulfilled(value);
    let next: Turn | null;
    if (this.phase === Phase.Ending) next = this.ended();
    else {
      if (--this.left > 0) return inNextTick(this.tick as () => void);
      this.phase = Phase.Idle;
      this.value = undefined;
      next = root.yield(value);
    }
    if (next !== null || root.isCalling()) drive(next, root);
  }

  /** Who delegated to what has ended goes on. */
  private ended(): Turn | null {
    const { mode, value } = this;
    this.isCall = false;
    const leaf = this.begin();
    leaf.rare.pending = null;
    return this.run(leaf, mode === Mode.Done ? Mode.Next : mode, value);
  }

  /** What the leaf asks for, or delegates to, is not for a chain. */
  private handOver(): Turn {
    this.dissolve();
    return this;
  }

  /** The turn of a chain that is no more: who has called the leaf gets to know, and the leaf has the next. */
  proceed(): Turn {
    const { leaf, value } = this;
    if (leaf.rare.pending !== null) return leaf;
    return { proceed: () => perform(leaf, value), caller: () => leaf.caller() };
  }

  caller(): Core | null {
    const { reader } = this;
    return reader === null ? null : reader.caller();
  }

  /** Lets everyone know where it stands. */
  dissolve(): void {
    const { phase } = this;
    if (phase === Phase.Dissolved) return;
    const leaf = (this.leaf = phase === Phase.Running ? this.findLeaf() : this.leaf);
    this.phase = Phase.Dissolved;
    if (phase === Phase.Idle) this.release(this.height);
    else if (phase === Phase.Running) this.suspend(leaf, Status.Executing);
    else if (phase === Phase.Ending) this.await(leaf, Status.AwaitingAnswer);
    else if (this.left > this.height) this.await(leaf, Status.AwaitingYield);
    else this.await(this.release(this.height + 1 - this.left), Status.AwaitingAnswer);
  }

  /** So many, from the leaf on, are suspended at their yields. Returns the next one. */
  private release(count: number): Core {
    let core = this.leaf;
    for (let i = 0; i < count; i++) {
      const link = core.current as Delegation;
      link.chain = null;
      core.standing = Status.Yielded;
      core.current = null;
      core = link.reader;
    }
    return core;
  }

  /** The tick that is due is that of one of them. */
  private await(core: Core, status: Status): void {
    core.mode = this.mode;
    core.value = this.value;
    this.waker = wakerOf(core);
    this.suspend(core, status);
  }

  /** All around one of them wait for it. */
  private suspend(core: Core, status: Status): void {
    const { root } = this;
    // Fused, the leaf may know already what it waits for.
    if (core.standing === Status.Linked || core === root) core.standing = status;
    for (let each = core; each !== root; ) {
      const link = each.current as Delegation;
      link.suspend();
      each.enrolIfOwing(link.iterator);
      each = link.reader;
    }
    if (status !== Status.Executing || !this.isCall) return;
    this.reader = (core.current as Delegation).reader;
    this.reader.standing = Status.Calling;
  }
}
