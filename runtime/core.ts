import { type Activation, Mode, Operation } from "./abi.js";
import type { Asker } from "./asker.js";
import type { Chain } from "./chain.js";
import { closed } from "./close-iterator.js";
import type { Definition } from "./definition.js";
import type { Delegation } from "./delegate.js";
import { drive, type Turn } from "./drive.js";
import { enrol } from "./enrol.js";
import { missInterruption } from "./interrupt.js";
import { finished, type Life, NEWBORN } from "./life.js";
import type { Pending } from "./pending.js";
import { perform } from "./perform.js";
import { NOTHING_RARE, RARE_OF_NEWBORN, Rare } from "./rare.js";
import { newPromiseCapability, RETURNING, Request } from "./request.js";
import { Status } from "./status.js";
import { stepped } from "./stepped.js";
import { inNextTick } from "./tick.js";
import { awaitTick, awaitValue, type Waker, wakerOf } from "./waker.js";

/**
 * One generator's state. It never refers to its handle, so that the handle can be collected while the body waits.
 */
export class Core implements Activation, Turn {
  /** The first property of all: a promise that is resolved with the core finds it without passing the others. */
  declare readonly then: Core["settle"];
  declare state: number;
  declare mode: Mode;
  declare value: unknown;
  declare op: number;
  /** Where it stands as far as it knows itself: it may be `Linked`. Who comes from outside reads `status`. */
  declare standing: Status;
  declare readonly definition: Definition;
  declare variables: unknown;
  /** The request that is being served; null also while its promise is still to be made. */
  declare current: Asker | null;
  declare waker: Waker | null;
  /** Read directly where every item passes. */
  declare rare: Rare;

  constructor(definition: Definition, variables: unknown) {
    this.then = this.settle;
    this.state = 0;
    this.mode = Mode.Next;
    this.value = undefined;
    this.op = 0;
    this.standing = Status.Start;
    this.definition = definition;
    this.variables = variables;
    this.current = null;
    this.waker = null;
    this.rare = NOTHING_RARE;
  }

  get life(): Life | null {
    return this.rare.life;
  }

  set life(life: Life | null) {
    if (this.rare === NOTHING_RARE && life === NEWBORN) this.rare = RARE_OF_NEWBORN;
    else this.ownRare().life = life;
  }

  /** The record of what only some have, to write to. */
  ownRare(): Rare {
    const { rare } = this;
    return rare === NOTHING_RARE || rare === RARE_OF_NEWBORN ? (this.rare = new Rare(rare.life)) : rare;
  }

  get self(): Function {
    return this.definition.self;
  }

  /** Where it stands. */
  get status(): Status {
    const { standing } = this;
    return standing === Status.Linked ? this.unlinked() : standing;
  }

  /** Dissolves the chain of `yield*` that it belongs to: from here on it knows itself where it stands. */
  private unlinked(): Status {
    ((this.current as Delegation).chain as Chain).dissolve();
    return this.standing;
  }

  /** Whether the body is at rest: a request is served at once. */
  isIdle(): boolean {
    return this.standing <= Status.Yielded || this.status <= Status.Yielded;
  }

  /** Puts a request behind those that wait. */
  append(request: Request): void {
    const rare = this.ownRare();
    if (rare.queue !== null) request.joinBehind(rare.queue);
    rare.queue = request;
  }

  /** Serves a request at once. The generator is idle, and not completed. */
  serve(request: Request): void {
    this.current = request;
    drive(this.resumed(request.mode, request.value));
  }

  /** Makes the generator known when it waits, or yields where it owes cleanup. */
  enrolIfOwing(handle: object): void {
    const { life } = this.rare;
    if (life !== null && life.enrolled) return;
    const { op } = this;
    if (op !== Operation.Yield && op !== Operation.Return) enrol(this, handle);
  }

  /** Completes a generator whose body was never entered, or has come to its end with nobody waiting. */
  complete(): void {
    this.standing = Status.Completed;
    this.release();
  }

  private dequeue(): Request | null {
    const { rare } = this;
    const youngest = rare.queue;
    if (youngest === null) return null;
    const oldest = youngest.next;
    this.current = oldest;
    rare.queue = youngest.withoutOldest();
    return oldest;
  }

  /** The promise of the answer to a request that is served from here on. */
  open(mode: Mode): Promise<any> {
    const { request } = wakerOf(this);
    request.mode = mode;
    this.current = request;
    return newPromiseCapability(request);
  }

  /** Runs the body, with the completion in `mode` and `value`, to its next suspension. Returns the operand of what it asks for. */
  runStep(): any {
    // Called as a function: a method call would name the definition in stack traces.
    const { step } = this.definition;
    try {
      return step(this, this.variables);
    } catch (error) {
      this.op = Operation.Throw;
      return error;
    }
  }

  /** Called by a promise that was resolved with the core, one tick later. */
  settle(resolve: Request["resolve"], reject: Request["reject"]): void {
    if (this.standing !== Status.Delivering) return this.returnNow(resolve, reject);
    resolve({ value: this.value, done: false });
    this.rest();
  }

  /** The same for a reader, which takes the value itself. */
  deliver(): unknown {
    const { value } = this;
    this.rest();
    return value;
  }

  /** The item is handed over: the generator is idle, or takes the next request up. */
  rest(): void {
    this.value = undefined;
    const { rare } = this;
    if (rare.interruption !== null) missInterruption(this);
    if (rare.queue === null) this.standing = Status.Yielded;
    else this.takeUpNext();
  }

  /** Goes on with a `return()` whose value needed no await but a tick. Only a body that does not end by it needs a request. */
  private returnNow(resolve: Request["resolve"], reject: Request["reject"]): void {
    let { value } = this;
    if (this.standing === Status.Returning) {
      this.current = RETURNING;
      const isBusy = this.resumed(Mode.Return, value).rare.pending !== null;
      if (!isBusy) value = this.runStep();
      if (isBusy || this.op !== Operation.Return) {
        this.current = new Request(Mode.Return, undefined, resolve, reject);
        return drive(isBusy ? this : perform(this, value), this);
      }
      this.current = null;
      this.standing = Status.Draining;
      this.release();
    }
    resolve({ value, done: true });
    this.drain();
  }

  /** Goes on after an `Await`. Most often nobody else has a turn then, and the trampoline is not needed. */
  wake(mode: Mode, value: unknown): void {
    const { standing } = this;
    let next: Turn | null;
    if (standing === Status.AwaitingAnswer) next = this.proceed();
    else if (standing === Status.AwaitingYield && mode === Mode.Next) next = this.yield(value);
    else if (standing === Status.Awaiting) next = this.resumed(mode, value).proceed();
    else next = this.awoken(mode, value);
    if (next !== null || this.isCalling()) drive(next, this);
  }

  /** What an `Await` has led to. Returns whose turn it is, as all that follow. */
  private awoken(mode: Mode, value: unknown): Turn | null {
    switch (this.standing) {
      case Status.AwaitingResumption:
        return this.resumed(mode === Mode.Throw ? mode : Mode.Return, value);
      case Status.Draining: {
        const reader = this.completeStep(mode, value, true);
        this.drain();
        return reader;
      }
      case Status.AwaitingNext:
        stepped(this, mode, value);
        return this;
      case Status.AwaitingClose:
      case Status.AwaitingQuietClose:
        closed(this, mode, value);
        return this;
      case Status.Operating:
        this.standing = Status.Executing;
        return (this.rare.pending as Pending).wake(this, mode, value);
      default:
        return this.resumed(mode, value);
    }
  }

  /** It is this generator's turn, with a completion for its body, or for the operation that the body waits for. */
  resumed(mode: Mode, value: unknown): Core {
    this.standing = Status.Executing;
    this.mode = mode;
    this.value = value;
    return this;
  }

  /** Takes its turn: runs the body, or the operation that it waits for, with the completion in `mode` and `value`. */
  proceed(): Turn | null {
    const { pending } = this.rare;
    if (pending !== null) return this.proceedWith(pending);
    this.standing = Status.Executing;
    return perform(this, this.runStep());
  }

  private proceedWith(pending: Pending): Turn | null {
    const isAnswer = this.standing === Status.AwaitingAnswer;
    this.standing = Status.Executing;
    return isAnswer ? pending.answered(this, this.mode, this.value) : pending.receive(this, this.mode, this.value);
  }

  /** `AsyncGeneratorYield` ({@link https://tc39.es/ecma262/#sec-asyncgeneratoryield}), after the `Await`. */
  yield(value: unknown): Turn | null {
    this.standing = Status.Executing;
    const reader = this.completeStep(Mode.Next, value, false);
    const self = this.yielded();
    if (reader === null) return self;
    if (self !== null) drive(self);
    return reader;
  }

  /** Takes the next request up, after a plain yield; fused, when the call that has run the body is answered. */
  private takeUpNext(): void {
    this.standing = Status.Executing;
    if (this.definition.fused === null) drive(this.yielded());
    else inNextTick(() => drive(this.yielded()));
  }

  /** Is idle, or takes the next request up. */
  yielded(): Core | null {
    const request = this.dequeue();
    if (request !== null) return this.unwrapYieldResumption(request.mode, request.value);
    this.value = undefined;
    this.standing = Status.Yielded;
    return null;
  }

  /** `AsyncGeneratorUnwrapYieldResumption` ({@link https://tc39.es/ecma262/#sec-asyncgeneratorunwrapyieldresumption}). */
  unwrapYieldResumption(mode: Mode, value: unknown): Core | null {
    if (mode !== Mode.Return || (this.current as Asker).lazy) return this.resumed(mode, value);
    this.standing = Status.AwaitingResumption;
    return awaitValue(this, value, value) && this.resumed(Mode.Throw, this.value);
  }

  /** The end of `AsyncGeneratorStart` ({@link https://tc39.es/ecma262/#sec-asyncgeneratorstart}). */
  finish(mode: Mode, value: unknown): Turn | null {
    this.standing = Status.Draining;
    this.release();
    const reader = this.completeStep(mode, value, true);
    this.drain();
    return reader;
  }

  /** Lets go of what the body held, which is left for good. */
  release(): void {
    this.value = undefined;
    this.variables = undefined;
    this.waker = null;
    const { life } = this.rare;
    if (life !== null && life !== NEWBORN) finished(this, life);
  }

  /**
   * `AsyncGeneratorCompleteStep` ({@link https://tc39.es/ecma262/#sec-asyncgeneratorcompletestep}). Returns the reader
   * that has got the answer and goes on at once.
   */
  completeStep(mode: Mode, value: unknown, done: boolean): Turn | null {
    const asker = this.current as Asker;
    this.current = null;
    const { rare } = this;
    if (rare.interruption !== null) missInterruption(this);
    return asker.takeAnswer(mode, value, done);
  }

  /**
   * The answer of a compiled generator that it reads. It goes on one tick later, as after `Await` of a settled promise; fused,
   * at once.
   */
  takeAnswer(mode: Mode, value: unknown, done: boolean): Core | null {
    this.mode = done && mode === Mode.Next ? Mode.Done : mode;
    this.value = value;
    if (this.standing === Status.Calling) {
      this.standing = Status.Answered;
      return null;
    }
    this.standing = Status.AwaitingAnswer;
    if (this.definition.fused !== null) return this;
    awaitTick(this);
    return null;
  }

  /** Whether it is inside a compiled generator that it reads, which runs on its behalf. */
  isCalling(): boolean {
    return this.standing === Status.Calling || this.standing === Status.Answered;
  }

  caller(): Core | null {
    return this.isCalling() ? this : null;
  }

  /** `AsyncGeneratorAwaitReturn` ({@link https://tc39.es/ecma262/#sec-asyncgeneratorawaitreturn}). Returns true when the request is settled. */
  awaitReturn(value: unknown): boolean {
    this.standing = Status.Draining;
    if (awaitValue(this, value, value) === null) return false;
    this.completeStep(Mode.Throw, this.value, true);
    return true;
  }

  /** `AsyncGeneratorDrainQueue` ({@link https://tc39.es/ecma262/#sec-asyncgeneratordrainqueue}). */
  drain(): void {
    this.standing = Status.Draining;
    for (;;) {
      const request = this.dequeue();
      if (request === null) break;
      if (request.mode === Mode.Return && !request.lazy) {
        if (!this.awaitReturn(request.value)) return;
      } else this.completeStep(request.mode, request.mode === Mode.Throw ? request.value : undefined, true);
    }
    this.standing = Status.Completed;
    this.value = undefined;
    this.waker = null;
  }
}
