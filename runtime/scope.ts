import { close, isCleaningUp } from "./close-request.js";
import type { Core } from "./core.js";
import { ignoreFirstCalls, observeFirstCalls } from "./first-call.js";
import { type ContextVariable, host } from "./host.js";
import { interruptToClose } from "./interrupt.js";
import { lifeOf } from "./life.js";
import { Status } from "./status.js";
import { suppressed } from "./suppressed-error.js";

let current: ContextVariable<AsyncGeneratorScope> | undefined;
let openScopes = 0;

/** Options for closing a scope. */
export interface ScopeOptions {
  /** Interrupts members that are waiting for something. Default: they are waited for. */
  readonly interrupt?: boolean | undefined;
}

/**
 * Owns the generators that are first used inside `run`: they are closed when it ends, last first, so that one that
 * reads from another closes before it. Scopes nest.
 */
export class AsyncGeneratorScope implements AsyncDisposable {
  readonly #members: (Core | AsyncGeneratorScope)[] = [];
  readonly #parent: AsyncGeneratorScope | undefined;
  readonly #interrupt: boolean;
  #open = true;

  constructor(options: ScopeOptions = {}) {
    this.#interrupt = options.interrupt === true;
    current ??= host.createContextVariable<AsyncGeneratorScope>();
    this.#parent = current.get();
    if (this.#parent !== undefined) this.#parent.#members.push(this);
    if (openScopes++ === 0) observeFirstCalls(adopt);
  }

  /**
   * Runs the function and gives its result. Generators first used in it, and in what it awaits, belong to the scope; outside of
   * Node only those first used before its first await.
   * @throws Error when the scope is closed
   */
  run<R>(fn: () => R): R {
    if (!this.#open) throw new Error("The scope is closed");
    return (current as ContextVariable<AsyncGeneratorScope>).run(this, fn);
  }

  /** Closes the members, last first. Throws the error of a cleanup; several come as SuppressedError. */
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    if (--openScopes === 0) ignoreFirstCalls(adopt);
    if (this.#parent !== undefined) this.#parent.#forget(this);
    let failure: { error: unknown } | undefined;
    for (let member = this.#members.pop(); member !== undefined; member = this.#members.pop()) {
      try {
        await this.#closeMember(member);
      } catch (error) {
        failure = { error: failure === undefined ? error : suppressed(error, failure.error) };
      }
    }
    if (failure !== undefined) throw failure.error;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #closeMember(member: Core | AsyncGeneratorScope): Promise<void> {
    if (member instanceof AsyncGeneratorScope) return member.close();
    if (this.#interrupt && !isCleaningUp(member)) interruptToClose(member);
    return close(member);
  }

  #forget(member: Core | AsyncGeneratorScope): void {
    const index = this.#members.lastIndexOf(member);
    if (index >= 0) this.#members.splice(index, 1);
  }

  /**
   * Makes the generator a member of the scope that is open here.
   * @internal
   */
  static adopt(core: Core): void {
    const scope = current?.get();
    if (scope === undefined || !scope.#open || core.status === Status.Completed) return;
    const life = lifeOf(core);
    life.begun = true;
    scope.#members.push(core);
    life.onFinished.push((finished) => scope.#forget(finished));
  }
}

const adopt = AsyncGeneratorScope.adopt;
