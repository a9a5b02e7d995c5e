/** Where a generator stands: [[AsyncGeneratorState]], with what it awaits while "executing" or "draining-queue". */
export const enum Status {
  Start = 0,
  Yielded = 1,
  Completed = 2,
  Executing = 3,
  /** At an `await` in the body. */
  Awaiting = 4,
  /** At the `Await` of a yielded value. */
  AwaitingYield = 5,
  /** At the `Await` of a value given to `return()`, which will resume the body. */
  AwaitingResumption = 6,
  /** After the body, with requests to settle; also at the `Await` of a value given to `return()`. */
  Draining = 7,
  /** Inside an operation that takes several steps. */
  Operating = 8,
  /** At the `Await` of an iterator's next result. */
  AwaitingNext = 9,
  /** At the `Await` of what closing an iterator returned. */
  AwaitingClose = 10,
  AwaitingQuietClose = 11,
  /** The step has reached a yield, and the promise it answers with will ask for the value in a tick. */
  Delivering = 12,
  /** Inside what it is about to wait for: a compiled generator that it reads, which runs on its behalf, or the program's own code. */
  Calling = 13,
  /** The same, and the answer is there already. */
  Answered = 14,
  /** At the tick after the answer of a compiled generator, which is in `mode`, `value` and `done`. */
  AwaitingAnswer = 15,
  /** In the tick before a `return()` resumes the body, or is answered if there is none. */
  Returning = 16,
  Finishing = 17,
  /** One of a chain of `yield*`, which knows where it stands. Nobody else sees this one: to look at it dissolves the chain. */
  Linked = 18,
}
