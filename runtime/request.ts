import { Mode } from "./abi.js";
import type { Asker } from "./asker.js";
import type { Turn } from "./drive.js";
import { EXIT } from "./exit.js";
import { IntrinsicPromise } from "./intrinsics.js";

type Result = { value: unknown; done: boolean };

/** An AsyncGeneratorRequest record ({@link https://tc39.es/ecma262/#sec-asyncgeneratorrequest-records}). */
export class Request implements Asker {
  declare lazy: boolean;
  declare resolve: (result: Result) => void;
  declare reject: (reason: unknown) => void;
  declare mode: Mode;
  declare value: unknown;
  /** The next younger request; that of the youngest is the oldest one. */
  declare next: Request;

  /** Without resolvers it answers to a promise that is made for it. */
  constructor(mode: Mode, value: unknown, resolve?: Request["resolve"], reject?: Request["reject"]) {
    this.lazy = false;
    this.resolve = resolve as never;
    this.reject = reject as never;
    this.mode = mode;
    this.value = value;
    this.next = this;
  }

  get isClosing(): boolean {
    return this.mode === Mode.Return;
  }

  expectAnswer(): void {}

  takeAnswer(mode: Mode, value: unknown, done: boolean): Turn | null {
    const { resolve, reject } = this;
    // The next call may be served with the same record, and until then it must not keep the answer.
    this.resolve = this.reject = undefined as never;
    if (mode === Mode.Throw) reject(value);
    else resolve({ value: value === EXIT && !this.lazy ? undefined : value, done });
    return null;
  }

  /** Becomes the youngest of the queue whose youngest was given. */
  joinBehind(youngest: Request): void {
    this.next = youngest.next;
    youngest.next = this;
  }

  /** Takes the oldest off the queue of which this is the youngest. Returns the youngest that is left. */
  withoutOldest(): Request | null {
    const oldest = this.next;
    this.next = oldest.next;
    return oldest === this ? null : this;
  }
}

/**
 * `NewPromiseCapability(%Promise%)` ({@link https://tc39.es/ecma262/#sec-newpromisecapability}), kept in the request.
 * A function of its own, so that the executor keeps nothing else alive.
 */
export function newPromiseCapability(request: Request): Promise<any> {
  return new IntrinsicPromise((resolve, reject) => {
    request.resolve = resolve;
    request.reject = reject;
  });
}

/** What a generator serves while a call closes it, or the tick after that does: whoever looks sees that it is being closed. */
export const RETURNING = new Request(Mode.Return, undefined);
