import { Mode } from "./abi.js";
import { AsyncIteratorRecord, inherit, openIterator } from "./async-iterator.js";
import { isNextDirect } from "./consume.js";
import type { Core } from "./core.js";
import type { Turn } from "./drive.js";
import { EXIT } from "./exit.js";
import { FUEL, inFairTurn } from "./fair-turn.js";
import { advance } from "./first-run.js";
import { type CapturedContext, host } from "./host.js";
import { interruptWait } from "./interrupt.js";
import { apply, asMethod, hasOwn, IntrinsicPromise } from "./intrinsics.js";
import { requireResult } from "./iterator-result.js";
import { asyncGeneratorPrototype } from "./native-prototypes.js";
import { ownMethods } from "./own-methods.js";
import { promisesArePristine, prototypeOf } from "./pristine.js";
import { Request } from "./request.js";
import { Status } from "./status.js";
import { inNextTick } from "./tick.js";

/** The body of a loop. Returns nothing to go on, and otherwise a number that tells the function how it left. */
type Body<T> = (item: T) => number | undefined | void;

const enum Phase {
  Resting = 0,
  /** Within a call of the generator that it reads. */
  Asking = 1,
  /** The item has come within that call. */
  Answered = 2,
  Waiting = 3,
  Closing = 4,
  Over = 5,
}

/** What the function's promise is resolved with when only the function can go on. */
const CONTROL = {};

const FAILED = -1;

// biome-ignore lint/correctness/noUnusedVariables: it has to be that of the class.
export interface Loop<T> extends AsyncIteratorRecord {}

/**
 * A `for await` of an ordinary async function whose body is a function of its own
 * ({@link https://tc39.es/ecma262/#sec-runtime-semantics-forin-div-ofbodyevaluation-lhs-stmt-iterator-lhskind-labelset}).
 * A compiled generator that is idle drives it by callbacks, while the function awaits one promise: the one that is settled
 * with the answer to the last request, so that the function goes on in the very tick in which it natively would.
 * Everything else gets the calls that ECMAScript says, and the function's own awaits.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: it inherits without `extends`.
export class Loop<T> implements Turn {
  /** What the function has to await, and to give to `take`. */
  pending: unknown = undefined;
  /** How the body left the loop. */
  exit = 0;
  /** The operand of the `return` with which the body left it. */
  value: unknown = undefined;
  private phase: Phase = Phase.Resting;
  private hasFailed = false;
  private error: unknown = undefined;
  private fuel = FUEL;
  private item: unknown = undefined;
  /** Its callbacks. */
  private delivering: () => void = undefined as never;
  private entering: () => void = undefined as never;
  /** Settle what the function awaits while callbacks drive the loop. */
  private resolve: ((result: unknown) => void) | null = null;
  private reject: ((reason: unknown) => void) | null = null;
  /** Until it has waited: nobody expects a call of its function to enter the body, so that takes a tick, fused too. */
  private isWithinCall = true;

  constructor(
    iterable: unknown,
    private readonly body: Body<T>,
    private readonly isFused: boolean,
  ) {
    openIterator(this, iterable);
    // The function itself has to be there when it leaves: another `return` may settle, or be missing, in that very tick.
    if (this.inner !== undefined && !keepsReturn(this.iterator)) this.inner = undefined;
  }

  /** Goes on until something is pending. Returns false when the loop is over. */
  run(): boolean {
    if (this.phase === Phase.Resting) {
      const { inner, nextMethod } = this;
      if (inner !== undefined && isNextDirect(inner, nextMethod)) this.open();
      if (!this.drive() && this.phase === Phase.Resting) this.ask();
    }
    return this.phase !== Phase.Over;
  }

  /** Takes what the function has awaited. */
  take(result: unknown): void {
    this.resolve = null;
    this.isWithinCall = false;
    if (result === CONTROL) return;
    const { phase } = this;
    this.phase = Phase.Over;
    if (phase === Phase.Closing && this.hasFailed) return;
    requireResult(result);
    if (phase === Phase.Closing || result.done) return;
    const { value } = result;
    this.phase = Phase.Resting;
    this.enter(value as T);
  }

  /** Ends the loop: an error of its body wins over one of the close. */
  rethrow(): void {
    if (this.hasFailed) throw this.error;
  }

  private ask(): void {
    const { iterator, nextMethod } = this;
    this.phase = Phase.Waiting;
    this.pending = apply(nextMethod, iterator, []);
  }

  private open(): void {
    this.delivering ??= () => this.deliver();
    this.entering ??= () => this.arrive();
    this.pending = new IntrinsicPromise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** Takes items while they are ready. Returns whether the next one will come by a callback. */
  private drive(): boolean {
    const { inner, iterator, nextMethod } = this;
    while (this.phase === Phase.Resting) {
      if (inner === undefined) return false;
      if (!isNextDirect(inner, nextMethod)) return this.queue(inner);
      this.phase = Phase.Asking;
      const answer = advance(inner, Mode.Next, undefined, iterator, this);
      let value: unknown;
      if (answer === null) {
        if (!this.isFused) {
          this.phase = Phase.Waiting;
          inNextTick(this.delivering);
          return true;
        }
        value = inner.deliver();
      } else if ((this.phase as Phase) === Phase.Answered) value = this.takeItem();
      else {
        // Unless it is over.
        if ((this.phase as Phase) === Phase.Asking) this.phase = Phase.Waiting;
        return this.phase === Phase.Waiting;
      }
      if (this.isWithinCall || this.fuel-- <= 0) return this.rest(value);
      this.phase = Phase.Resting;
      this.enter(value as T);
    }
    return false;
  }

  /** Asks a generator that is not idle, without a promise. Returns false where the program could tell. */
  private queue(inner: Core): boolean {
    if (this.resolve === null || this.nextMethod !== ownMethods.next || !promisesArePristine()) return false;
    this.phase = Phase.Waiting;
    if (inner.status === Status.Completed) this.resolve({ value: undefined, done: true });
    else inner.append(this.queuedRequest());
    return true;
  }

  /** Whoever is served before decides in which context the generator goes on; the body runs in that of its function. */
  private queuedRequest(): Request {
    return new LoopRequest(this, host.captureContext());
  }

  /** Enters the body later: out of the call, or when everybody else has had a turn. */
  private rest(value: unknown): true {
    this.item = value;
    this.phase = Phase.Waiting;
    if (this.isWithinCall) return inNextTick(this.entering), true;
    this.fuel = FUEL;
    inFairTurn(this.entering);
    return true;
  }

  /** The generator hands its item over; the tick of the function's own await is left. */
  private deliver(): void {
    // The item is on its way before the generator takes the next request up.
    inNextTick(this.entering);
    this.item = (this.inner as Core).deliver();
  }

  /** The item has arrived. */
  private arrive(): void {
    this.isWithinCall = false;
    this.phase = Phase.Resting;
    this.enter(this.takeItem() as T);
    if (!this.drive() && this.resolve !== null) this.resolve(CONTROL);
  }

  /** The generator does not wait for anybody, and answers in the context of the loop. */
  expectAnswer(): void {}

  takeAnswer(mode: Mode, value: unknown, done: boolean): Turn | null {
    return this.answered(mode, value, done, true);
  }

  /** The generator has answered a request that it could not serve at once. Returns the loop when it goes on at once. */
  answered(mode: Mode, value: unknown, done: boolean, isInContext: boolean): Turn | null {
    if (mode === Mode.Throw) this.refused(value);
    else if (!done) {
      this.item = value;
      if (this.isFused && isInContext && this.phase === Phase.Asking) this.phase = Phase.Answered;
      else if (this.isFused && isInContext && !this.isWithinCall) return this;
      else inNextTick(this.entering);
    } else if (this.resolve !== null) this.resolve({ value: value === EXIT ? undefined : value, done });
    else this.phase = Phase.Over;
    return null;
  }

  private refused(reason: unknown): void {
    if (this.reject !== null) return this.reject(reason);
    this.phase = Phase.Over;
    this.fail(reason);
  }

  /** Its turn in the trampoline: the item is there, and the generator at rest. */
  proceed(): null {
    this.arrive();
    return null;
  }

  caller(): null {
    return null;
  }

  private fail(error: unknown): void {
    this.hasFailed = true;
    this.error = error;
  }

  private takeItem(): unknown {
    const { item } = this;
    this.item = undefined;
    return item;
  }

  private enter(item: T): void {
    let exit: number | undefined | void;
    try {
      exit = this.body(item);
    } catch (error) {
      this.fail(error);
      exit = FAILED;
    }
    if (exit === undefined) return;
    this.exit = exit;
    this.phase = Phase.Over;
    this.close();
  }

  /** `AsyncIteratorClose` ({@link https://tc39.es/ecma262/#sec-asynciteratorclose}), up to its `Await`. */
  private close(): void {
    const { iterator, inner } = this;
    try {
      const method = asMethod(iterator.return, "return");
      if (method === undefined) return;
      if (inner !== undefined && this.resolve !== null && method === ownMethods.return)
        this.closeInner(inner, this.resolve);
      else this.pending = apply(method, iterator, []);
      this.phase = Phase.Closing;
    } catch (error) {
      if (!this.hasFailed) this.fail(error);
    }
  }

  /** `return()` of a compiled generator, as `requestReturn` has it, but that its answer settles what the function awaits. */
  private closeInner(inner: Core, resolve: (result: unknown) => void): void {
    // Nobody else may settle it from here on.
    this.resolve = null;
    const reject = this.reject!;
    const { status } = inner;
    const { fused } = inner.definition;
    if (status <= Status.Completed && (fused === null || status !== Status.Yielded)) {
      inner.standing = status === Status.Yielded ? Status.Returning : Status.Finishing;
      inner.value = undefined;
      return inNextTick(() => inner.settle(resolve, reject));
    }
    const request = new Request(Mode.Return, undefined, resolve, reject);
    if (status > Status.Completed) {
      interruptWait(inner);
      return inner.append(request);
    }
    // Nothing has to be awaited before the body ends.
    const answer = fused!.runReturn(inner, undefined, this.iterator, request);
    if (answer === null) resolve({ value: inner.deliver(), done: false });
  }
}

inherit(Loop, AsyncIteratorRecord);

/** Whether the generator's `return` is the runtime's, found without calling a getter. */
function keepsReturn(generator: object): boolean {
  let holder: object | null = generator;
  while (holder !== null && !hasOwn(holder, "return")) holder = prototypeOf(holder);
  return holder === asyncGeneratorPrototype && asyncGeneratorPrototype.return === ownMethods.return;
}

/** A request of a loop that has to wait for its turn. The context is null where there is none to keep. */
class LoopRequest extends Request {
  constructor(
    private readonly loop: Loop<any>,
    private readonly context: CapturedContext | null,
  ) {
    super(Mode.Next, undefined);
  }

  override takeAnswer(mode: Mode, value: unknown, done: boolean): Turn | null {
    const { context, loop } = this;
    return context === null
      ? loop.answered(mode, value, done, true)
      : context.runInAsyncScope(() => loop.answered(mode, value, done, false));
  }
}

/** `GetIterator(iterable, async)` for a loop; `isFused` where the loop may take items without a tick. */
export function loop<T = any>(
  iterable: AsyncIterable<T> | Iterable<T | PromiseLike<T>>,
  body: Body<Awaited<T>>,
  isFused = false,
): Loop<Awaited<T>> {
  return new Loop(iterable, body, isFused);
}
