/**
 * The contract between emitted code and the runtime, shared with the transformer.
 *
 * Emitted code is one *step function* `step($, v)` per async generator function. `$` is the generator's
 * {@link Activation core}: the record that survives suspensions. `v` holds the variables that do.
 * The runtime calls the step to resume the body; the step runs to the next suspension point, stores there
 * which {@link Operation} it asks for and the state to resume in, and returns the operand.
 */

/** The package's version. A test keeps it equal to package.json's. */
export const VERSION = "0.1.0";

/** Raised when emitted code and runtime can no longer work together. */
export const ABI_VERSION = 3;

/**
 * How a body is resumed: the completion type of the resumption value (ECMA-262 §6.2.4). `Done` answers `Operation.Next` where the
 * iterator is exhausted.
 */
export const enum Mode {
  Next = 0,
  Throw = 1,
  Return = 2,
  Done = 3,
}

/**
 * What a step asks of the runtime when it returns. The runtime answers by calling the step again with
 * `mode` and `value` set, in the state that the step left behind.
 */
export const enum Operation {
  /** `Await(operand)` (§27.7.5.3). Answer: Next(value) or Throw(reason). */
  Await = 1,
  /** `AsyncGeneratorYield(? Await(operand))` (§27.6.3.8). A Return answer has been awaited already. */
  Yield = 2,
  /** The body is finished with this value; nothing is awaited. No answer. */
  Return = 3,
  /** `yield*` (§15.5.5); operand is what `delegate` has made. Answer: Next(result), Throw or Return. */
  Delegate = 4,
  /** `Await(IteratorNext(operand))`; operand is an iterator record. Answer: Next(value), Done or Throw. */
  Next = 5,
  /** `AsyncIteratorClose` (§7.4.13) for a completion that is not a throw. Answer: Next, or Throw. */
  Close = 6,
  /** `AsyncIteratorClose` for a throw completion: errors of the close are dropped. Answer: Next. */
  CloseQuietly = 7,
  /** `DisposeResources` of the disposal scope that is the operand. Answer: Next, or Throw(error to go on with). */
  Dispose = 8,
  /** Not for emitted code, which throws: the body is finished with this error. */
  Throw = 9,
  /** Nothing: a `Next` that the step has begun itself waits already. Answer as that of `Next`. */
  Wait = 10,
}

/** Added to `Await`, `Yield`, `Delegate` or `Next` where a `finally`, a `using` or an open iterator owes cleanup at this suspension point. */
export const OWES_CLEANUP = 16;

/** Kind of the completion record that a finally region saves; larger numbers are jumps. */
export const enum CompletionKind {
  Normal = 0,
  Throw = 1,
  Return = 2,
  FirstJump = 3,
}

/** The fields of the core that emitted code reads and writes. All others belong to the runtime. */
export interface Activation {
  /** State to resume in; 0 is the start of the body. */
  state: number;
  /** Completion type of this resumption. */
  mode: Mode;
  /** Completion value of this resumption. */
  value: unknown;
  /** Operation (and flag) that the step asks for. */
  op: number;
  /** The function object that made this generator: what a function expression's own name refers to. */
  readonly self: Function;
}

/** A compiled body. Throws to finish with a throw completion. `variables` is the object given to `create`. */
export type Step = (core: Activation, variables: any) => unknown;
