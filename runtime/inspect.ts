import { Mode } from "./abi.js";
import type { Asker } from "./asker.js";
import type { AsyncIteratorRecord } from "./async-iterator.js";
import { coresInBackground } from "./background-close.js";
import { TDZ } from "./bindings.js";
import { isCleaningUp } from "./close-request.js";
import type { Core } from "./core.js";
import { coreOf } from "./handle.js";
import { isObject } from "./intrinsics.js";
import { type AsyncGeneratorPosition, positionOf } from "./positions.js";
import { type ReadBy, readersOf } from "./read-by.js";
import { openCores } from "./registry.js";
import type { Request } from "./request.js";
import { requireCore } from "./require-core.js";
import { Status } from "./status.js";
import { awaitedBy, waitOf } from "./waits.js";

/** Python's four states. */
export type AsyncGeneratorState = "AGEN_CREATED" | "AGEN_RUNNING" | "AGEN_SUSPENDED" | "AGEN_CLOSED";

/** What a generator is at: Python's states, with what Python calls running told apart. */
export type AsyncGeneratorActivity = "created" | "yielded" | "awaiting" | "running" | "closing" | "closed";

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

function activityOf(core: Core): AsyncGeneratorActivity {
  if (core.status === Status.Start) return "created";
  if (core.status === Status.Yielded) return "yielded";
  if (core.status === Status.Completed) return "closed";
  if (isClosing(core)) return "closing";
  return waitOf(core) === undefined ? "running" : "awaiting";
}

/** Whether somebody has asked the generator to close; it may have to come to its next yield first. */
function isClosing(core: Core): boolean {
  const { status, life } = core;
  if (status === Status.Draining || status === Status.Returning || status === Status.Finishing) return true;
  if (life?.closing || isCleaningUp(core)) return true;
  return queueOf(core).some((request) => request.mode === Mode.Return);
}

/** Whether it is a generator that reads. */
const isReading = (asker: Asker): boolean => (asker as Partial<AsyncIteratorRecord>).sink != null;

/** The requests that wait for their turn, the oldest first. */
function queueOf({ rare: { queue } }: Core): Request[] {
  const requests: Request[] = [];
  for (let at = queue?.next; at !== undefined; at = at === queue ? undefined : at.next) requests.push(at);
  return requests;
}

/**
 * Python's `inspect.getasyncgenstate`.
 *
 * @throws TypeError for a generator that is not compiled
 */
export function getAsyncGeneratorState(generator: unknown): AsyncGeneratorState {
  return stateOf(requireCore(generator));
}

/**
 * The local variables by name: those that are live across a suspension, and all with the `debug` option of the compiler, which
 * also leaves out those that are not bound yet: without it they can show, as undefined or 0. Of two that have the same name the inner one has a number behind it; parameters of
 * functions whose steps stay inside them (`super`, private names) are not seen, nor names that begin with `$`.
 *
 * @throws TypeError for a generator that is not compiled
 */
export function getAsyncGeneratorLocals(generator: unknown): Record<string, unknown> {
  return localsOf(requireCore(generator));
}

/** The same for a core. */
export function localsOf({ variables }: Core): Record<string, unknown> {
  if (!isObject(variables)) return {};
  const entries = Object.entries(variables);
  // Variables that closures capture anew in each round of a loop are in objects of their own.
  const scopes = entries.filter(([name, value]) => name.startsWith("$scope") && isObject(value));
  const all = [...entries, ...scopes.flatMap(([, scope]) => Object.entries(scope))];
  // What the compiler adds for itself has names that begin so.
  return Object.fromEntries(all.filter(([name, value]) => !name.startsWith("$") && value !== TDZ));
}

/** Whether the value is a generator of a compiled function. */
// Of what is known to be a generator it proves nothing by its type: one that is not compiled is a generator still.
export function isCompiledAsyncGenerator(value: AsyncGenerator<any, any, any>): boolean;
export function isCompiledAsyncGenerator(value: unknown): value is AsyncGenerator<any, any, any>;
export function isCompiledAsyncGenerator(value: unknown): boolean {
  return coreOf(value) !== undefined;
}

/** What is known of a generator. */
export interface AsyncGeneratorInspection {
  /** That of its function; empty where that has none. */
  readonly name: string;
  readonly state: AsyncGeneratorState;
  readonly activity: AsyncGeneratorActivity;
  /** Where it stands; undefined if it was compiled with `positions: false`. */
  readonly position: AsyncGeneratorPosition | undefined;
  /** What it waits for, in words. */
  readonly waitingFor: string | undefined;
  /** The object that it awaits. */
  readonly awaited: unknown;
  /** What kind of thing that is, in words. */
  readonly awaitedKind: string | undefined;
  /** The requests behind the one that is being served. */
  readonly queuedRequests: number;
  /** All calls that have no answer yet. */
  readonly waitingRequests: number;
  /** The compiled generator that reads it, as far as that can be told. */
  readonly readBy: ReadBy | undefined;
  /** When it was registered, at most a turn after it first waited or owed cleanup: milliseconds since the epoch. */
  readonly openSince: number | undefined;
  /** Where it was created, if `captureCreationStack` was set by then. */
  readonly creationStack: string | undefined;
}

function inspect(core: Core, readers: ReadonlyMap<Core, Core>): AsyncGeneratorInspection {
  const { current, life } = core;
  const queuedRequests = queueOf(core).length;
  const reader = readers.get(core);
  return {
    name: core.self.name,
    state: stateOf(core),
    activity: activityOf(core),
    position: positionOf(core),
    ...awaitedBy(core),
    queuedRequests,
    waitingRequests: queuedRequests + (current !== null && !isReading(current) ? 1 : 0),
    readBy: reader && { name: reader.self.name, position: positionOf(reader) },
    openSince: life?.since,
    creationStack: life?.creationStack,
  };
}

/**
 * State, what it waits for, and what waits for it.
 *
 * @throws TypeError for a generator that is not compiled
 */
export function inspectAsyncGenerator(generator: unknown): AsyncGeneratorInspection {
  const core = requireCore(generator);
  return inspect(core, readersOf([core, ...knownCores()]));
}

/** The generators that are open, those being closed in the background last. */
export function knownCores(): Core[] {
  const inBackground = coresInBackground().filter(({ status }) => status !== Status.Completed);
  return [...new Set([...openCores(), ...inBackground])];
}

/** What is known of each of them. */
export function inspectAll(cores: readonly Core[]): Map<Core, AsyncGeneratorInspection> {
  const readers = readersOf(cores);
  return new Map(cores.map((core) => [core, inspect(core, readers)]));
}

/**
 * The generators that wait for something, are suspended where they owe cleanup, or were first used through the Python family;
 * also those that nobody refers to while they are being closed.
 */
export function openAsyncGenerators(): AsyncGeneratorInspection[] {
  return [...inspectAll(knownCores()).values()];
}
