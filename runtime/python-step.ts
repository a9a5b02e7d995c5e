import { Mode } from "./abi.js";
import { Awaitable } from "./awaitable.js";
import { closeWith, wrapEscape } from "./close-request.js";
import { type CloseOptions, closeWithOptions } from "./close-with-options.js";
import type { Core } from "./core.js";
import { CancelledError, GeneratorExit, RuntimeError, StopAsyncIteration } from "./errors.js";
import { EXIT } from "./exit.js";
import { cancelPending } from "./interrupt.js";
import { expectAwait, wasAwaited } from "./never-awaited.js";
import { Request } from "./request.js";
import { beginService, endService } from "./served-steps.js";
import { Status } from "./status.js";

export type StepKind = "anext" | "asend" | "athrow" | "aclose";

const enum Progress {
  New = 0,
  Cancelled = 1,
  Started = 2,
  Settled = 3,
}

/**
 * What the Python family of methods returns: an awaitable that does nothing until it is awaited, and can be awaited once.
 */
export class AsyncGeneratorStep<T> extends Awaitable<T> {
  readonly #core: Core;
  /** Keeps the generator from being collected until the step is settled. */
  #handle: object | null;
  readonly #kind: StepKind;
  readonly #argument: unknown;
  /** What the end is answered with: one value or none. */
  readonly #fallback: readonly unknown[];
  #progress: Progress = Progress.New;
  #reason: unknown = undefined;

  constructor(core: Core, handle: object, kind: StepKind, argument: unknown, fallback: readonly unknown[] = []) {
    super();
    this.#core = core;
    this.#handle = handle;
    this.#kind = kind;
    this.#argument = argument;
    this.#fallback = fallback;
    expectAwait(this, kind, core.self.name || "anonymous");
  }

  /** Starts the step, and rejects at any later call. */
  override promise(): Promise<T> {
    return new Promise<any>((resolve, reject) => this.#start(resolve, reject));
  }

  /**
   * Throws a CancelledError at the await that the body is waiting at. A step that was not started will do nothing and
   * reject. Returns false when the step is settled.
   */
  cancel(reason?: unknown): boolean {
    wasAwaited(this);
    if (this.#progress === Progress.New) {
      this.#progress = Progress.Cancelled;
      this.#reason = reason;
      return true;
    }
    if (this.#progress !== Progress.Started) return this.#progress === Progress.Cancelled;
    return cancelPending(this.#core, reason);
  }

  #start(resolve: (value: unknown) => void, reject: (reason: unknown) => void): void {
    wasAwaited(this);
    const progress = this.#progress;
    if (progress === Progress.Cancelled) {
      this.#settle();
      return reject(new CancelledError(this.#reason));
    }
    const closes = this.#kind === "aclose" || this.#kind === "athrow";
    if (progress !== Progress.New) {
      return reject(
        new RuntimeError(`cannot reuse already awaited ${closes ? "aclose()/athrow()" : "__anext__()/asend()"}`),
      );
    }
    this.#progress = Progress.Started;
    const core = this.#core;
    beginService(this, this.#handle as object);
    const fulfil = (value: unknown): void => {
      this.#settle();
      resolve(value);
    };
    const fail = (reason: unknown): void => {
      if (this.#fallback.length > 0 && reason instanceof StopAsyncIteration) return fulfil(this.#fallback[0]);
      this.#settle();
      reject(reason);
    };
    if (this.#kind === "aclose" && this.#argument !== undefined)
      return void closeWithOptions(core, this.#argument as CloseOptions).then(fulfil, fail);
    if ((core.status !== Status.Completed && !core.isIdle()) || core.rare.queue !== null) {
      const method = this.#kind === "asend" ? "anext" : this.#kind;
      return fail(new RuntimeError(`${method}(): asynchronous generator is already running`));
    }
    if (closes && core.life?.refused && core.status !== Status.Completed) return fail(new StopAsyncIteration());
    if (this.#kind === "aclose") return closeWith(core, fulfil as () => void, fail);
    if (core.status === Status.Start && this.#startsUnusually(core, fail)) return;
    if (core.status === Status.Completed)
      return this.#kind === "athrow" ? fulfil(undefined) : fail(new StopAsyncIteration());
    core.serve(this.#request(fulfil, fail));
  }

  #settle(): void {
    this.#progress = Progress.Settled;
    this.#handle = null;
    endService(this);
  }

  /** Judges a step on a generator that has not started: true when the body is not entered. */
  #startsUnusually(core: Core, fail: (reason: unknown) => void): boolean {
    if (this.#kind === "athrow") {
      core.complete();
      fail(this.#argument);
      return true;
    }
    if (this.#argument === undefined) return false;
    fail(new TypeError("can't send non-None value to a just-started async generator"));
    return true;
  }

  #request(fulfil: (value: unknown) => void, fail: (reason: unknown) => void): Request {
    const request = new Request(this.#kind === "athrow" ? Mode.Throw : Mode.Next, this.#argument);
    request.lazy = true;
    request.resolve = ({ value, done }) => {
      if (!done) fulfil(value);
      else fail(value === EXIT ? new GeneratorExit() : new StopAsyncIteration(value));
    };
    request.reject = (error) => fail(wrapEscape(error));
    return request;
  }
}
