import { type Activation, Mode } from "./abi.js";
import { AsyncIteratorRecord, inherit, openIterator } from "./async-iterator.js";
import { type Chain, chainFrom } from "./chain.js";
import { isDirect, link } from "./consume.js";
import type { Core } from "./core.js";
import type { Turn } from "./drive.js";
import { EXIT } from "./exit.js";
import { apply, asMethod, IntrinsicTypeError } from "./intrinsics.js";
import { requireResult } from "./iterator-result.js";
import { answer, type Pending } from "./pending.js";
import { promisesArePristine } from "./pristine.js";
import { Status } from "./status.js";
import { awaitValue, wakerOf } from "./waker.js";

/**
 * `yield*` ({@link https://tc39.es/ecma262/#sec-generator-function-definitions-runtime-semantics-evaluation}) in an
 * async generator: the operand of the step that asks for it.
 */
export function delegate(core: Activation, iterable: unknown): Delegation {
  return new Delegation(core as Core, iterable);
}

/** What the delegation awaits. */
const enum Phase {
  Result = 0,
  ReturnResult = 1,
  ReturnValue = 2,
  Close = 3,
  ExitResult = 4,
}

const NO_THROW = "The iterator does not provide a 'throw' method";

export interface Delegation extends AsyncIteratorRecord {}

/** A `yield*` that goes on. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: it inherits without `extends`.
export class Delegation implements Pending {
  declare reader: Core;
  declare private phase: Phase;
  /** The chain that its iterator is a link of. */
  declare chain: Chain | null;

  constructor(reader: Core, iterable: unknown) {
    openIterator(this, iterable);
    this.reader = reader;
    this.phase = Phase.Result;
    this.chain = null;
  }

  /** Becomes a link of the chain, which will resume the generator that is read. Returns that. */
  join(chain: Chain): Core {
    const inner = this.inner as Core;
    this.chain = chain;
    this.phase = Phase.Result;
    inner.current = this;
    inner.standing = Status.Linked;
    inner.mode = Mode.Next;
    inner.value = undefined;
    return inner;
  }

  /** Is no link any more, but what its reader waits for. */
  suspend(): void {
    const { reader } = this;
    this.chain = null;
    this.sink = wakerOf(reader);
    reader.standing = Status.Operating;
    reader.value = this.iterator;
  }

  findChain(root: Core): Chain | null {
    return this.chain ?? chainFrom(root);
  }

  get isClosing(): boolean {
    return this.phase !== Phase.Result;
  }

  interrupted(): boolean {
    return false;
  }

  /** Forwards a resumption to the inner iterator. */
  receive(core: Core, mode: Mode, value: unknown): Turn | null {
    const { iterator, nextMethod, chain } = this;
    if (chain !== null) {
      if (mode === Mode.Next && core.definition.fused === null && promisesArePristine()) return chain.resume(value);
      chain.dissolve();
    }
    core.standing = Status.Calling;
    try {
      if (mode === Mode.Next) return this.forward(core, Phase.Result, nextMethod, mode, value);
      if (mode === Mode.Throw) {
        const method = asMethod(iterator.throw, "throw");
        return method === undefined
          ? this.closeForMissingThrow(core)
          : this.forward(core, Phase.Result, method, mode, value);
      }
      const method = asMethod(iterator.return, "return");
      if (value === EXIT) return this.exit(core, method);
      if (method === undefined) return this.await(core, Phase.ReturnValue, value);
      return this.forward(core, Phase.ReturnResult, method, mode, value);
    } catch (error) {
      return answer(core, Mode.Throw, error);
    }
  }

  private forward(core: Core, phase: Phase, method: Function, mode: Mode, value: unknown): Turn | null {
    const { iterator, inner } = this;
    this.phase = phase;
    if (inner !== undefined && isDirect(inner, method, mode)) {
      core.standing = Status.Operating;
      const chain = mode === Mode.Next && core.definition.fused === null ? chainFrom(core) : null;
      return chain === null ? link(core, this, inner, mode, value) : chain.resume(value);
    }
    if (mode === Mode.Next && this.sync !== undefined)
      return this.sync.ask(core, this, [value]) && this.answered(core, core.mode, core.value);
    return this.await(core, phase, apply(method, iterator, [value]));
  }

  /** Forwards a close, whose value is nobody's business. */
  private exit(core: Core, method: Function | undefined): Turn | null {
    if (method === undefined) return answer(core, Mode.Return, EXIT);
    return this.await(core, Phase.ExitResult, apply(method, this.iterator, []));
  }

  /** Lets the inner iterator clean up before it is told that it broke the protocol. */
  private closeForMissingThrow(core: Core): Turn | null {
    const method = asMethod(this.iterator.return, "return");
    if (method === undefined) throw new IntrinsicTypeError(NO_THROW);
    return this.await(core, Phase.Close, apply(method, this.iterator, []));
  }

  private await(core: Core, phase: Phase, operand: unknown): Turn | null {
    this.phase = phase;
    core.standing = Status.Operating;
    return awaitValue(core, operand, operand) && answer(core, core.mode, core.value);
  }

  /** Goes on with what a compiled generator answered without a promise. */
  answered(core: Core, mode: Mode, value: unknown): Turn | null {
    if (mode === Mode.Throw) return answer(core, mode, value);
    if (mode === Mode.Done) return answer(core, this.phase === Phase.ReturnResult ? Mode.Return : Mode.Next, value);
    return core.yield(value);
  }

  /** Goes on with what the inner iterator answered. */
  wake(core: Core, mode: Mode, result: any): Turn | null {
    if (mode === Mode.Throw) return answer(core, mode, result);
    const phase = this.phase;
    if (phase === Phase.ReturnValue) return answer(core, Mode.Return, result);
    let value: unknown;
    try {
      requireResult(result);
      if (phase === Phase.Close) throw new IntrinsicTypeError(NO_THROW);
      const done = result.done;
      value = result.value;
      if (done && phase === Phase.ExitResult) return answer(core, Mode.Return, EXIT);
      if (done) return answer(core, phase === Phase.ReturnResult ? Mode.Return : Mode.Next, value);
    } catch (error) {
      return answer(core, Mode.Throw, error);
    }
    return core.yield(value);
  }
}

inherit(Delegation, AsyncIteratorRecord);
