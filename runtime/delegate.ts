import { Mode } from "./abi.js";
import { type AsyncIteratorRecord, asyncIterator } from "./async-iterator.js";
import { consume } from "./consume.js";
import type { Core } from "./core.js";
import { EXIT } from "./exit.js";
import { deliver, pull } from "./fused.js";
import { apply, getMethod, IntrinsicTypeError } from "./intrinsics.js";
import { requireResult } from "./iterator-next.js";
import type { Pending } from "./pending.js";
import { Status } from "./status.js";
import { awaitValue } from "./waker.js";

/**
 * `yield*` ({@link https://tc39.es/ecma262/#sec-generator-function-definitions-runtime-semantics-evaluation}) in an
 * async generator. Returns true when the answer is there at once.
 */
export function delegate(core: Core, iterable: unknown): boolean {
  let record: AsyncIteratorRecord;
  try {
    record = asyncIterator(iterable);
  } catch (error) {
    return answer(core, Mode.Throw, error);
  }
  const delegation = new Delegation(record);
  core.pending = delegation;
  return delegation.receive(core, Mode.Next, undefined);
}

function answer(core: Core, mode: Mode, value: unknown): true {
  core.mode = mode;
  core.value = value;
  return true;
}

/** What the delegation awaits. */
const Phase = { Result: 0, ReturnResult: 1, ReturnValue: 2, Close: 3, ExitResult: 4 } as const;
type Phase = (typeof Phase)[keyof typeof Phase];

const NO_THROW = "The iterator does not provide a 'throw' method";

export class Delegation implements Pending {
  declare readonly record: AsyncIteratorRecord;
  declare private phase: Phase;

  constructor(record: AsyncIteratorRecord) {
    this.record = record;
    this.phase = Phase.Result;
  }

  /** Forwards a resumption to the inner iterator. */
  receive(core: Core, mode: Mode, value: unknown): boolean {
    const { iterator, next } = this.record;
    try {
      if (mode === Mode.Next) return this.forward(core, Phase.Result, next, mode, value);
      if (mode === Mode.Throw) {
        const method = getMethod(iterator, "throw");
        return method === undefined
          ? this.closeForMissingThrow(core)
          : this.forward(core, Phase.Result, method, mode, value);
      }
      const method = getMethod(iterator, "return");
      if (value === EXIT) return this.exit(core, method);
      if (method === undefined) return this.await(core, Phase.ReturnValue, value);
      return this.forward(core, Phase.ReturnResult, method, mode, value);
    } catch (error) {
      return answer(core, Mode.Throw, error);
    }
  }

  private forward(core: Core, phase: Phase, method: Function, mode: Mode, value: unknown): boolean {
    this.phase = phase;
    core.status = Status.Operating;
    if (consume(core, this.record.iterator, method, mode, value)) return false;
    return this.await(core, phase, apply(method, this.record.iterator, [value]));
  }

  /** Forwards a close, whose value is nobody's business. */
  private exit(core: Core, method: Function | undefined): boolean {
    if (method === undefined) return answer(core, Mode.Return, EXIT);
    return this.await(core, Phase.ExitResult, apply(method, this.record.iterator, []));
  }

  /** Lets the inner iterator clean up before it is told that it broke the protocol. */
  private closeForMissingThrow(core: Core): boolean {
    const method = getMethod(this.record.iterator, "return");
    if (method === undefined) throw new IntrinsicTypeError(NO_THROW);
    return this.await(core, Phase.Close, apply(method, this.record.iterator, []));
  }

  private await(core: Core, phase: Phase, operand: unknown): boolean {
    this.phase = phase;
    core.status = Status.Operating;
    return awaitValue(core, operand);
  }

  pull(value: unknown): Promise<unknown> | null | undefined {
    return pull(this.record.iterator, this.record.next, value);
  }

  deliver(): unknown {
    return deliver(this.record.iterator);
  }

  wait(core: Core, answer: unknown): boolean {
    return this.await(core, Phase.Result, answer);
  }

  /** Goes on with what a compiled generator answered without a promise. */
  answered(core: Core, mode: Mode, value: unknown, done: boolean): boolean {
    if (mode === Mode.Throw) return answer(core, mode, value);
    if (done) return answer(core, this.phase === Phase.ReturnResult ? Mode.Return : Mode.Next, value);
    core.yield(value);
    return false;
  }

  /** Goes on with what the inner iterator answered. */
  wake(core: Core, mode: Mode, result: any): boolean {
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
    core.yield(value);
    return false;
  }
}
