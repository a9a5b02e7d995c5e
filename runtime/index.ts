/** The public API: the package entry `aclose`. */
/// <reference lib="esnext.disposable" preserve="true" />

import type { CloseOptions, CloseOutcome } from "./close-with-options.js";
import type { Step } from "./python.js";

declare global {
  /** The Python family: lazy, one-shot, never queued. */
  interface AsyncGenerator<T, TReturn, TNext> {
    /** The next value; rejects with StopAsyncIteration at the end. */
    anext(): Step<T>;
    /** Resumes the generator with a value. */
    asend(value: TNext): Step<T>;
    /** Throws an error at the yield that the generator stands at. */
    athrow(error: unknown): Step<T>;
    /** Closes the generator: `finally` blocks run, `catch` blocks do not. */
    aclose(): Step<void>;
    aclose(options: CloseOptions): Step<CloseOutcome>;
    aclose(options?: CloseOptions): Step<CloseOutcome | void>;
  }
}

export { ABI_VERSION } from "./abi.js";
export { type Aclosing, aclosing } from "./aclosing.js";
export { addFinalizer } from "./add-finalizer.js";
export { asyncGeneratorSignal, bindSignal, cancel } from "./cancel.js";
export type { CloseOptions, CloseOutcome } from "./close-with-options.js";
export { configureAsyncGenerators } from "./configure.js";
export { describeOpenAsyncGenerators } from "./describe-open.js";
export { CancelledError, GeneratorExit, isCancelled, RuntimeError, StopAsyncIteration } from "./errors.js";
export { installDevtoolsFormatter, installInspectFormatter } from "./formatters.js";
export {
  type AsyncGeneratorHook,
  type AsyncGeneratorHooks,
  getAsyncGeneratorHooks,
  setAsyncGeneratorHooks,
} from "./hooks.js";
export {
  type AsyncGeneratorActivity,
  type AsyncGeneratorInspection,
  type AsyncGeneratorState,
  getAsyncGeneratorLocals,
  getAsyncGeneratorState,
  inspectAsyncGenerator,
  isCompiledAsyncGenerator,
  openAsyncGenerators,
} from "./inspect.js";
export { assertNoOpenAsyncGenerators } from "./leaks.js";
export { closeOnSignals } from "./node/close-on-signals.js";
export { type ReportOptions, reportOpenAsyncGenerators } from "./node/report.js";
export type { AsyncGeneratorPosition } from "./positions.js";
export { aclose, anext, asend, athrow, type Step } from "./python.js";
export type { ReadBy } from "./read-by.js";
export { AsyncGeneratorScope, type ScopeOptions } from "./scope.js";
export type { AsyncGeneratorReport, AsyncGeneratorSettings } from "./settings.js";
export {
  resetAsyncGeneratorShutdown,
  type ShutdownOptions,
  type ShutdownReport,
  shutdownAsyncGenerators,
} from "./shutdown.js";
