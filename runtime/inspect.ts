import { TDZ } from "./bindings.js";
import type { Core } from "./core.js";
import { coreOf } from "./handle.js";
import { isObject } from "./intrinsics.js";
import { trackedCores } from "./registry.js";
import { requireCore } from "./require-core.js";
import { Status } from "./status.js";

/** The states of Python's `inspect.getasyncgenstate`; "running" includes waiting at an await (rules I-1 to I-5). */
export type AsyncGeneratorState = "AGEN_CREATED" | "AGEN_RUNNING" | "AGEN_SUSPENDED" | "AGEN_CLOSED";

function stateOf(core: Core): AsyncGeneratorState {
  switch (core.status) {
    case Status.Start:
      return "AGEN_CREATED";
    case Status.Yielded:
      return "AGEN_SUSPENDED";
    case Status.Completed:
      return "AGEN_CLOSED";
    default:
      return "AGEN_RUNNING";
  }
}

/** Python's `inspect.getasyncgenstate`. */
export function getAsyncGeneratorState(generator: unknown): AsyncGeneratorState {
  return stateOf(requireCore(generator));
}

/** The bound local variables by name: those that are live across a suspension, and all with the `debug` option of the compiler. */
export function getAsyncGeneratorLocals(generator: unknown): Record<string, unknown> {
  const { variables } = requireCore(generator);
  if (!isObject(variables)) return {};
  // What the compiler adds for itself has names that begin so.
  return Object.fromEntries(
    Object.entries(variables).filter(([name, value]) => !name.startsWith("$") && value !== TDZ),
  );
}

/** Whether the value is a generator of a compiled function. */
export function isCompiledAsyncGenerator(value: unknown): value is AsyncGenerator<any, any, any> {
  return coreOf(value) !== undefined;
}

const waits: Partial<Record<Status, string>> = {
  [Status.Awaiting]: "an await",
  [Status.AwaitingYield]: "a yielded value",
  [Status.AwaitingResumption]: "a value given to return()",
  [Status.Draining]: "a value given to return()",
  [Status.AwaitingNext]: "an iterator",
  [Status.AwaitingClose]: "an iterator that is being closed",
  [Status.AwaitingQuietClose]: "an iterator that is being closed",
  [Status.Operating]: "yield* or a disposal",
  [Status.AwaitingAnswer]: "an iterator",
};

/** What is known of one generator at one moment. */
export interface AsyncGeneratorInspection {
  /** The name of its function. */
  readonly name: string;
  readonly state: AsyncGeneratorState;
  /** What it waits for, in words. */
  readonly waitingFor: string | undefined;
  /** The object that it awaits. */
  readonly awaited: unknown;
  /** How many calls of its methods have not been answered. */
  readonly queuedRequests: number;
  /** Where it was first used, if `captureCreationStack` is set. */
  readonly creationStack: string | undefined;
}

function inspect(core: Core): AsyncGeneratorInspection {
  let queuedRequests = 0;
  for (let request = core.queue; request !== null; request = request.next === core.queue ? null : request.next)
    queuedRequests++;
  const waitingFor = waits[core.status];
  return {
    name: core.self.name,
    state: stateOf(core),
    waitingFor,
    awaited: waitingFor === undefined ? undefined : core.value,
    queuedRequests,
    creationStack: core.life?.creationStack,
  };
}

/** State, what it waits for, and what waits for it. */
export function inspectAsyncGenerator(generator: unknown): AsyncGeneratorInspection {
  return inspect(requireCore(generator));
}

/** The generators that are suspended where they owe cleanup, or were first used through the Python family. */
export function openAsyncGenerators(): AsyncGeneratorInspection[] {
  return trackedCores().map(inspect);
}

/** Throws when generators are open: for the end of a test. */
export function assertNoOpenAsyncGenerators(): void {
  const open = openAsyncGenerators();
  if (open.length === 0) return;
  const lines = open.map(({ name, state, waitingFor, creationStack }) => {
    const wait = waitingFor === undefined ? "" : `, waiting for ${waitingFor}`;
    return `  ${name || "anonymous"}: ${state}${wait}${creationStack === undefined ? "" : `\n${creationStack}`}`;
  });
  throw new Error(
    `${open.length} async generator${open.length === 1 ? " is" : "s are"} still open:\n${lines.join("\n")}`,
  );
}
