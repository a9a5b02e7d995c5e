import { type Activation, Mode, Operation, OWES_CLEANUP } from "./abi.js";
import type { AsyncIteratorRecord } from "./async-iterator.js";
import { closed, closeIterator } from "./close-iterator.js";
import { takeAnswer } from "./consume.js";
import type { Definition } from "./definition.js";
import { delegate } from "./delegate.js";
import { disposeResources } from "./disposal.js";
import { EXIT } from "./exit.js";
import { pullItem } from "./fused.js";
import { interruptToClose, takeInterruption } from "./interrupt.js";
import { isObject, isThenable, rejected, resolved } from "./intrinsics.js";
import { iteratorNext, stepped } from "./iterator-next.js";
import { finished, type Life, NEWBORN } from "./life.js";
import { noteOwnRequest } from "./own-request.js";
import type { Pending } from "./pending.js";
import { enrol } from "./registry.js";
import { newPromiseCapability, Request } from "./request.js";
import { Status } from "./status.js";
import { awaitValue, type Waker } from "./waker.js";

/**
 * One generator's state. It never refers to its handle, so that the handle can be collected while the body waits.
 */
export class Core implements Activation {
  /** The first property of all: a promise that is resolved with the core finds it without passing the others. */
  declare readonly then: Core["settle"];
  declare state: number;
  declare mode: Mode;
  declare value: unknown;
  declare op: number;
  declare done: boolean;
  declare status: Status;
  declare readonly definition: Definition;
  declare variables: unknown;
  /** The request that is being served; null also while its promise is still to be made. */
  declare current: Request | null;
  /** The youngest waiting request; its `next` is the oldest. */
  declare queue: Request | null;
  declare waker: Waker | null;
  declare pending: Pending | null;
  declare life: Life | null;

  constructor(definition: Definition, variables: unknown) {
    this.then = this.settle;
    this.state = 0;
    this.mode = Mode.Next;
    this.value = undefined;
    this.op = 0;
    this.done = false;
    this.status = Status.Start;
    this.definition = definition;
    this.variables = variables;
    this.current = null;
    this.queue = null;
    this.waker = null;
    this.pending = null;
    this.life = null;
  }

  get self(): Function {
    return this.definition.self;
  }

  /** `AsyncGenerator.prototype.next` ({@link https://tc39.es/ecma262/#sec-asyncgenerator-prototype-next}). */
  next(value: unknown, handle: object): Promise<any> {
    if (this.status <= Status.Yielded) return this.start(Mode.Next, value, handle);
    if (this.status === Status.Completed) return resolved({ value: undefined, done: true });
    return this.enqueue(Mode.Next, value);
  }

  /** `AsyncGenerator.prototype.return` ({@link https://tc39.es/ecma262/#sec-asyncgenerator-prototype-return}). */
  return(value: unknown): Promise<any> {
    if (this.status > Status.Completed) {
      if (this.definition.interrupts) interruptToClose(this);
      return this.enqueue(Mode.Return, value);
    }
    if (!isObject(value)) {
      if (this.status === Status.Start) this.release();
      this.status = this.status === Status.Yielded ? Status.Returning : Status.Finishing;
      this.value = value;
      return resolved(this);
    }
    const promise = this.open(Mode.Return);
    if (this.status === Status.Yielded) this.unwrapYieldResumption(Mode.Return, value);
    else {
      if (this.status === Status.Start) this.release();
      if (this.awaitReturn(value)) this.drain();
    }
    return promise;
  }

  /** `AsyncGenerator.prototype.throw` ({@link https://tc39.es/ecma262/#sec-asyncgenerator-prototype-throw}). */
  throw(reason: unknown, handle: object): Promise<any> {
    if (this.status === Status.Start) this.abandon();
    if (this.status === Status.Completed) return rejected(reason);
    if (this.status === Status.Yielded) return this.start(Mode.Throw, reason, handle);
    return this.enqueue(Mode.Throw, reason);
  }

  /** `AsyncGeneratorEnqueue` ({@link https://tc39.es/ecma262/#sec-asyncgeneratorenqueue}). */
  private enqueue(mode: Mode, value: unknown): Promise<any> {
    const request = new Request(mode, value);
    this.append(request);
    const promise = newPromiseCapability(request);
    if (this.status === Status.Executing) noteOwnRequest(promise, this);
    return promise;
  }

  /** Puts a request behind those that wait. */
  append(request: Request): void {
    if (this.queue !== null) request.joinBehind(this.queue);
    this.queue = request;
  }

  /** Serves a request at once. The generator is idle, and not completed. */
  serve(request: Request): void {
    this.current = request;
    this.resume(request.mode, request.value);
  }

  /** Serves the request of a compiled generator that reads this one. The generator is idle, and not completed. */
  consume(request: Request, handle: object): void {
    this.current = request;
    this.unwrapYieldResumption(request.mode, request.value);
    this.enrolIfOwing(handle);
  }

  /** Makes the generator known when it waits, or yields where it owes cleanup. */
  private enrolIfOwing(handle: object): void {
    const op = this.op;
    if (op !== Operation.Yield && op !== Operation.Return && !this.life?.enrolled) enrol(this, handle);
  }

  /** Completes a generator whose body was never entered. */
  abandon(): void {
    this.status = Status.Completed;
    this.release();
  }

  private dequeue(): Request | null {
    const youngest = this.queue;
    if (youngest === null) return null;
    this.current = youngest.next;
    this.queue = youngest.withoutOldest();
    return this.current;
  }

  private open(mode: Mode): Promise<any> {
    const request = (this.current = new Request(mode, undefined));
    return newPromiseCapability(request);
  }

  /**
   * `AsyncGeneratorResume` ({@link https://tc39.es/ecma262/#sec-asyncgeneratorresume}) for a request that finds the
   * generator idle. A body that comes to its next yield without awaiting needs no capability: the promise is
   * resolved with the core as a thenable, so that `then` is called in the tick that `Await` of the operand takes.
   */
  private start(mode: Mode, value: unknown, handle: object): Promise<any> {
    const promise = this.advance(mode, value, handle);
    if (promise !== null) return promise;
    return this.definition.isFused ? resolved({ value: this.deliver(), done: false }) : resolved(this);
  }

  /** Runs the body of an idle generator. Returns the answer, or null where a plain yield waits for its tick. */
  advance(mode: Mode, value: unknown, handle: object): Promise<any> | null {
    if (this.pending !== null) {
      if (this.definition.isFused && mode === Mode.Next) return this.advanceDelegate(value);
      const promise = this.open(mode);
      this.resume(mode, value);
      return promise;
    }
    this.status = Status.Executing;
    this.mode = mode;
    this.value = value;
    const { step, isFused } = this.definition;
    for (;;) {
      let operand: unknown;
      try {
        operand = step(this, this.variables);
      } catch (error) {
        this.status = Status.Draining;
        this.release();
        const promise = rejected(error);
        this.drain();
        return promise;
      }
      if (this.op === Operation.Yield && !isObject(operand)) {
        this.value = operand;
        this.status = Status.Delivering;
        return null;
      }
      if (!isFused || (this.op & ~OWES_CLEANUP) !== Operation.Next) return this.goOn(mode, operand, handle);
      const answer = pullItem(this, operand as AsyncIteratorRecord);
      if (answer !== null) return this.awaitItem(mode, operand as AsyncIteratorRecord, answer, handle);
    }
  }

  /** Waits for an item that a fused generator did not find ready. */
  private awaitItem(mode: Mode, record: AsyncIteratorRecord, answer: unknown, handle: object): Promise<any> | null {
    if (answer === undefined) return this.goOn(mode, record, handle);
    this.enrolIfOwing(handle);
    const promise = this.open(mode);
    this.status = Status.AwaitingNext;
    if (awaitValue(this, answer, record.iterator)) this.run();
    return promise;
  }

  /** A fused `yield*` hands on what the inner generator has ready. */
  private advanceDelegate(value: unknown): Promise<any> | null {
    const pending = this.pending as Pending;
    const answer = pending.pull(value);
    if (answer === null) {
      this.value = pending.deliver();
      this.status = Status.Delivering;
      return null;
    }
    const promise = this.open(Mode.Next);
    if (answer === undefined) this.resume(Mode.Next, value);
    else {
      this.status = Status.Executing;
      if (pending.wait(this, answer)) this.answer();
    }
    return promise;
  }

  /** The rest of `advance`, for steps that did not come to a plain yield. */
  private goOn(mode: Mode, operand: unknown, handle: object): Promise<any> | null {
    this.enrolIfOwing(handle);
    const operation = this.op & ~OWES_CLEANUP;
    if (operation === Operation.Yield && !isObject(operand)) {
      this.value = operand;
      this.status = Status.Delivering;
      return null;
    }
    if (operation === Operation.Return) {
      this.status = Status.Draining;
      this.release();
      const promise = resolved({ value: operand === EXIT ? undefined : operand, done: true });
      this.drain();
      return promise;
    }
    const promise = this.open(mode);
    if (this.perform(operand)) this.run();
    return promise;
  }

  /** Called by a promise that was resolved with the core, one tick later. */
  settle(resolve: Request["resolve"], reject: Request["reject"]): void {
    if (this.status !== Status.Delivering) return this.returnNow(resolve, reject);
    const value = this.value;
    this.value = undefined;
    this.status = Status.Executing;
    resolve({ value, done: false });
    if (this.life !== null) this.life.interruption = null;
    this.yielded();
  }

  /** The same for a reader, which takes the value itself. */
  deliver(): unknown {
    const value = this.value;
    this.value = undefined;
    this.status = Status.Executing;
    if (this.life !== null) this.life.interruption = null;
    this.yielded();
    return value;
  }

  /** Goes on with a `return()` whose value needed no await but a tick. */
  private returnNow(resolve: Request["resolve"], reject: Request["reject"]): void {
    const request = new Request(Mode.Return, undefined);
    request.resolve = resolve;
    request.reject = reject;
    this.current = request;
    if (this.status === Status.Returning) return this.resume(Mode.Return, this.value);
    this.completeStep(Mode.Next, this.value, true);
    this.drain();
  }

  /** Goes on after an `Await`. */
  wake(mode: Mode, value: unknown): void {
    switch (this.status) {
      case Status.Awaiting:
        return this.resume(mode, value);
      case Status.AwaitingYield:
        if (mode === Mode.Throw) return this.resume(mode, value);
        return this.yield(value);
      case Status.AwaitingResumption:
        return this.resume(mode === Mode.Throw ? mode : Mode.Return, value);
      case Status.Draining:
        this.completeStep(mode, value, true);
        return this.drain();
      case Status.AwaitingNext:
        stepped(this, mode, value);
        return this.run();
      case Status.AwaitingClose:
      case Status.AwaitingQuietClose:
        closed(this, mode, value);
        return this.run();
      case Status.AwaitingAnswer:
        return this.takeAnswer();
      case Status.Operating:
        this.status = Status.Executing;
        if ((this.pending as Pending).wake(this, mode, value)) this.answer();
        return;
    }
  }

  /** Goes on with what a compiled generator answered. */
  private takeAnswer(): void {
    const pending = this.pending;
    if (pending === null) return this.run();
    this.status = Status.Executing;
    if (pending.answered(this, this.mode, this.value, this.done)) this.answer();
  }

  /** Runs the body, or the operation it waits for, with a completion. */
  resume(mode: Mode, value: unknown): void {
    this.status = Status.Executing;
    if (this.pending === null) {
      this.mode = mode;
      this.value = value;
      this.run();
    } else if (this.pending.receive(this, mode, value)) this.answer();
  }

  /** Runs the body with the answer of the operation that is pending no more. */
  private answer(): void {
    this.pending = null;
    this.run();
  }

  /** Runs the body with the completion in `mode` and `value`, until it has to wait for something. */
  run(): void {
    const { step } = this.definition;
    for (;;) {
      this.status = Status.Executing;
      let operand: unknown;
      try {
        operand = step(this, this.variables);
      } catch (error) {
        return this.finish(Mode.Throw, error);
      }
      if (!this.perform(operand)) return;
    }
  }

  /** Performs what the step asks for. Returns true when the answer is there at once. */
  perform(operand: any): boolean {
    const interruption = this.life === null ? null : this.life.interruption;
    if (interruption !== null) return takeInterruption(this, interruption, operand);
    switch (this.op & ~OWES_CLEANUP) {
      case Operation.Await:
        this.status = Status.Awaiting;
        return awaitValue(this, operand);
      case Operation.Yield:
        if (((this.current as Request).lazy || this.definition.isFused) && !isThenable(operand)) {
          this.yield(operand);
          return false;
        }
        this.status = Status.AwaitingYield;
        return awaitValue(this, operand);
      case Operation.Return:
        this.finish(Mode.Next, operand);
        return false;
      case Operation.Next:
        return iteratorNext(this, operand);
      case Operation.Delegate:
        return this.settledAtOnce(delegate(this, operand));
      case Operation.Close:
      case Operation.CloseQuietly:
        return closeIterator(this, operand, (this.op & ~OWES_CLEANUP) === Operation.CloseQuietly);
      case Operation.Dispose:
        return this.settledAtOnce(disposeResources(this, operand));
      default:
        throw new Error(`aclose: a step asked for the unknown operation ${this.op}`);
    }
  }

  private settledAtOnce(answered: boolean): boolean {
    if (answered) this.pending = null;
    return answered;
  }

  /** `AsyncGeneratorYield` ({@link https://tc39.es/ecma262/#sec-asyncgeneratoryield}), after the `Await`. */
  yield(value: unknown): void {
    this.status = Status.Executing;
    this.completeStep(Mode.Next, value, false);
    this.yielded();
  }

  private yielded(): void {
    const request = this.dequeue();
    if (request === null) this.status = Status.Yielded;
    else this.unwrapYieldResumption(request.mode, request.value);
  }

  /** `AsyncGeneratorUnwrapYieldResumption` ({@link https://tc39.es/ecma262/#sec-asyncgeneratorunwrapyieldresumption}). */
  private unwrapYieldResumption(mode: Mode, value: unknown): void {
    if (mode !== Mode.Return || (this.current as Request).lazy) return this.resume(mode, value);
    this.status = Status.AwaitingResumption;
    if (awaitValue(this, value)) this.resume(Mode.Throw, this.value);
  }

  /** The end of `AsyncGeneratorStart` ({@link https://tc39.es/ecma262/#sec-asyncgeneratorstart}). */
  private finish(mode: Mode, value: unknown): void {
    this.status = Status.Draining;
    this.release();
    this.completeStep(mode, value, true);
    this.drain();
  }

  /** Lets go of what the body held, which is left for good. */
  private release(): void {
    this.value = undefined;
    this.variables = undefined;
    this.waker = null;
    const life = this.life;
    if (life !== null && life !== NEWBORN) finished(this, life);
  }

  /** `AsyncGeneratorCompleteStep` ({@link https://tc39.es/ecma262/#sec-asyncgeneratorcompletestep}). */
  completeStep(mode: Mode, value: unknown, done: boolean): void {
    const request = this.current as Request;
    this.current = null;
    if (request.sink !== null) takeAnswer(request.sink, mode, value === EXIT ? undefined : value, done);
    else if (mode === Mode.Throw) request.reject(value);
    else request.resolve({ value: value === EXIT && !request.lazy ? undefined : value, done });
    const life = this.life;
    if (life !== null) life.interruption = null;
  }

  /** `AsyncGeneratorAwaitReturn` ({@link https://tc39.es/ecma262/#sec-asyncgeneratorawaitreturn}). Returns true when the request is settled. */
  private awaitReturn(value: unknown): boolean {
    this.status = Status.Draining;
    if (!awaitValue(this, value)) return false;
    this.completeStep(Mode.Throw, this.value, true);
    return true;
  }

  /** `AsyncGeneratorDrainQueue` ({@link https://tc39.es/ecma262/#sec-asyncgeneratordrainqueue}). */
  drain(): void {
    this.status = Status.Draining;
    for (;;) {
      const request = this.dequeue();
      if (request === null) break;
      if (request.mode === Mode.Return && !request.lazy) {
        if (!this.awaitReturn(request.value)) return;
      } else this.completeStep(request.mode, request.mode === Mode.Throw ? request.value : undefined, true);
    }
    this.status = Status.Completed;
    this.value = undefined;
    this.waker = null;
  }
}
