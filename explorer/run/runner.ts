/**
 * Runs one program in a worker of its own, inside the sandbox: makes its generator, takes steps, and tells what
 * happens. The same for a native and a compiled program.
 */

import { coreOf } from "../../runtime/handle.js";
import * as api from "../../runtime/index.js";
import * as runtime from "../../runtime/runtime.js";
import type { Engine, LogEvent, RunnerAnswer, RunnerRequest, Snapshot, Step } from "../protocol.js";
import { shown } from "./shown.js";

type Generator = AsyncGenerator<unknown, unknown, unknown>;

const scope = globalThis as unknown as {
  onmessage: (event: { data: RunnerRequest }) => void;
  onerror: (message: unknown) => void;
  onunhandledrejection: (event: { reason: unknown; preventDefault(): void }) => void;
  postMessage(answer: RunnerAnswer): void;
};
const tell = (answer: RunnerAnswer): void => scope.postMessage(answer);

/** A program may say things without end: a page that showed all of it would stand still. */
const longestLog = 1000;
let said = 0;

/** What a step does is told always: there are as many as the reader takes. */
function log(event: LogEvent): void {
  if (event.step === undefined && ++said > longestLog) return;
  const isLast = event.step === undefined && said === longestLog;
  tell({ kind: "event", event: isLast ? { kind: "note", text: "what else it says is not shown" } : event });
}

let engine: Engine;
let generator: Generator | undefined;
let isAbandoned = false;
let step = 0;
/** Requests without an answer, by their numbers. */
const waiting = new Map<number, string>();

Object.defineProperty(globalThis, "__aclose", { value: runtime });

/** Of asynchronous functions: a module may await at its top level. */
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
  ...parametersAndBody: string[]
) => (...values: unknown[]) => Promise<void>;

/** What the compiler puts behind the reader's text. */
let exported: { $call(): unknown; $argument(text: string): unknown };

async function start(program: string): Promise<boolean> {
  try {
    const module = { exports: {} as typeof exported };
    await new AsyncFunction("exports", "module", "require", program)(module.exports, module, required);
    exported = module.exports;
    const made = exported.$call();
    if (typeof (made as Generator | undefined)?.next !== "function")
      throw new TypeError("the call gives no generator: it has no next()");
    generator = made as Generator;
    watch(generator);
    return true;
  } catch (error) {
    log({ kind: "error", text: shown(error) });
    return false;
  }
}

function required(name: string): unknown {
  if (name === "aclose") return api;
  throw new Error(`"${name}" cannot be imported here; "aclose" can`);
}

let suspensions: number[] = [];

/** Notes each state that the body is suspended in: where it stores the state to resume in. */
function watch(made: Generator): void {
  const core = coreOf(made);
  if (!core) return;
  let { state } = core;
  Object.defineProperty(core, "state", {
    get: () => state,
    set: (value: number) => {
      state = value;
      suspensions.push(state);
      // A turn may suspend it without end.
      if (suspensions.length > 2 * longestLog) suspensions = suspensions.slice(-longestLog);
      snapshotLater();
    },
  });
}

// --- steps ---

function take({ action, argument }: Step, number: number): void {
  step = number;
  const name = `${action}(${argument})`;
  log({ kind: "call", text: name, step });
  let value: unknown;
  try {
    value = argument.trim() === "" ? undefined : exported.$argument(argument);
  } catch (error) {
    return log({ kind: "error", text: `the argument: ${shown(error)}`, step });
  }
  if (action === "cancel") return interrupt(value);
  if (action === "abandon") return abandon();
  if (isAbandoned) return log({ kind: "note", text: "the generator was abandoned", step });
  waiting.set(number, name);
  const settled = (event: LogEvent): void => {
    waiting.delete(number);
    log(event);
    snapshot();
  };
  try {
    Promise.resolve(generator![action](value)).then(
      (result) => settled({ kind: "value", text: shown(result), step: number }),
      (error) => settled({ kind: "error", text: shown(error), step: number }),
    );
  } catch (error) {
    settled({ kind: "error", text: shown(error), step: number });
  }
}

function interrupt(reason: unknown): void {
  if (engine === "native") return log({ kind: "note", text: "a native generator cannot be cancelled", step });
  if (generator && !api.cancel(generator, reason)) log({ kind: "note", text: "nothing is pending", step });
}

/** The consumer goes away, and the program comes to its end. */
function abandon(): void {
  if (isAbandoned) return;
  isAbandoned = true;
  if (engine === "native") return log({ kind: "note", text: "nobody will ever run its finally blocks", step });
  const number = step;
  void api.shutdownAsyncGenerators({ interrupt: true }).then(({ closed }) => {
    log({ kind: "note", text: closed > 0 ? "closed at the program's end" : "nothing was owed", step: number });
    snapshot();
  });
}

// --- what is seen ---

const statuses = {
  AGEN_CREATED: "created",
  AGEN_RUNNING: "running",
  AGEN_SUSPENDED: "suspended",
  AGEN_CLOSED: "closed",
} as const;

function snapshot(): void {
  tell({ kind: "snapshot", snapshot: look(), suspensions });
  suspensions = [];
}

let isLookingLater = false;

/** Once the turn is over, in which the body may be suspended many times. */
function snapshotLater(): void {
  if (isLookingLater) return;
  isLookingLater = true;
  afterTurn(() => {
    isLookingLater = false;
    snapshot();
  });
}

function look(): Snapshot {
  const queue = [...waiting.values()];
  const core = generator && coreOf(generator);
  if (!core || !generator) return { status: "unknown", queue, locals: [] };
  const { name, waitingFor } = api.inspectAsyncGenerator(generator);
  const locals = Object.entries(api.getAsyncGeneratorLocals(generator));
  return {
    name,
    step: core.definition.step.name,
    state: core.state,
    status: statuses[api.getAsyncGeneratorState(generator)],
    ...(waitingFor === undefined ? {} : { waitingFor }),
    queue,
    locals: locals.map(([name, value]) => ({ name, value: shown(value) })),
  };
}

for (const method of ["log", "info", "warn", "error", "debug"] as const)
  console[method] = (...values: unknown[]) =>
    log({ kind: "console", text: values.map((each) => (typeof each === "string" ? each : shown(each))).join(" ") });

scope.onunhandledrejection = (event) => {
  event.preventDefault();
  log({ kind: "error", text: `unhandled rejection: ${shown(event.reason)}` });
};

/** After the microtasks: what is under way in this turn is done. */
const afterTurn = (then: () => void): void => void setTimeout(then, 0);

scope.onmessage = async ({ data }) => {
  if (data.kind === "start") {
    engine = data.engine;
    const failed = !(await start(data.program));
    snapshot();
    afterTurn(() => tell({ kind: "ready", failed }));
  } else if (data.kind === "step") {
    take(data.step, data.number);
    afterTurn(() => {
      snapshot();
      tell({ kind: "turn", step: data.number });
    });
  } else afterTurn(() => tell({ kind: "turn" }));
};
