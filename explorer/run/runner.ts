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
const log = (event: LogEvent): void => tell({ kind: "event", event });

let engine: Engine;
let generator: Generator | undefined;
let isAbandoned = false;
let step = 0;
/** Requests without an answer, by their numbers. */
const waiting = new Map<number, string>();

Object.defineProperty(globalThis, "__aclose", { value: runtime });

function start(program: string): boolean {
  try {
    const module = { exports: {} as { $call?: () => unknown } };
    new Function("exports", "module", "require", program)(module.exports, module, required);
    const made = module.exports.$call!();
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

/** Tells each state that the body is suspended in: where it stores the state to resume in. */
function watch(made: Generator): void {
  const core = coreOf(made);
  if (!core) return;
  let { state } = core;
  Object.defineProperty(core, "state", {
    get: () => state,
    set: (value: number) => {
      state = value;
      tell({ kind: "suspended", state });
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
    value = argument.trim() === "" ? undefined : new Function(`return (${argument}\n);`)();
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
  tell({ kind: "snapshot", snapshot: look() });
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

scope.onmessage = ({ data }) => {
  if (data.kind === "start") {
    engine = data.engine;
    const failed = !start(data.program);
    snapshot();
    afterTurn(() => tell({ kind: "ready", failed }));
  } else {
    if (data.kind === "step") take(data.step, data.number);
    afterTurn(() => {
      snapshot();
      tell(data.kind === "step" ? { kind: "turn", step: data.number } : { kind: "turn" });
    });
  }
};
