/**
 * The native engine as the oracle: runs a program natively and compiled, and compares complete event logs,
 * the number of the microtask turn of every event included.
 */

import { Script } from "node:vm";
import type { Compile } from "./compilers.js";
import { describer } from "./describe-value.js";
import { type Driver, drive, drivers } from "./drivers.js";
import { deviations, driverFor, isExtraEvent } from "./engine.js";
import { library } from "./library.js";

const TURNS = 400;
/** Turns that are still counted after the driver has finished, to catch what comes late. */
const GRACE = 6;
const EVENT_LIMIT = 2000;
/** Text that a loop doubles soon takes all memory there is. */
const TEXT_LIMIT = 10_000;

/** One line of a log. `lane` tells the program's own events from the driver's. */
export interface Event {
  readonly turn: number;
  readonly lane: "program" | "driver";
  readonly text: string;
}

/** Evaluates the text of a program; the result makes its `main` for a given library. */
export function evaluate(code: string): (scope: Record<string, unknown>) => (...args: unknown[]) => unknown {
  const names = Object.keys(library(() => undefined));
  const factory = new Script(`(function (${names.join(", ")}) {${code}\n;return main; })`, {
    filename: "program.js",
  }).runInThisContext();
  return (scope) => factory(...names.map((name) => scope[name]));
}

/** Whether it makes requests without waiting for the answers to earlier ones. */
const queues = (driver: Driver): boolean => "requests" in driver && driver.requests.some(({ wait }) => !wait);

/** Collects unhandled rejections while `body` runs, in place of everybody else who listens. */
async function watchingRejections(report: (reason: unknown) => void, body: () => Promise<void>): Promise<void> {
  const others = process.rawListeners("unhandledRejection") as ((reason: unknown) => void)[];
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", report);
  try {
    await body();
  } finally {
    process.off("unhandledRejection", report);
    for (const each of others) process.on("unhandledRejection", each);
  }
}

export interface RecordOptions {
  readonly args?: readonly unknown[];
  /** Whether each lane numbers the objects that it meets by itself: needed where lanes may interleave differently. */
  readonly ownLabels?: boolean;
}

/** Runs a program once under a driver and records everything that happens. */
export async function record(code: string, driver: Driver, options: RecordOptions = {}): Promise<Event[]> {
  const { args = [], ownLabels = false } = options;
  const events: Event[] = [];
  const shared = describer();
  let turn = 0;
  let finished = false;
  const logTo = (lane: Event["lane"]) => {
    // What a later request changes must not be looked into: when that happens is a matter of ticks.
    const describe = !ownLabels ? shared : describer(lane === "driver" && queues(driver) ? 1 : undefined);
    return (...values: unknown[]): unknown => {
      if (values.some((each) => typeof each === "string" && each.length > TEXT_LIMIT)) throw new Error("too much text");
      const text = values
        .map((each, index) => (index === 0 && typeof each === "string" ? each : describe(each)))
        .join(" ");
      if (events.length < EVENT_LIMIT) events.push({ turn, lane, text });
      else if (lane === "program") throw new Error("too many events");
      return values.at(-1);
    };
  };
  const logDriver = logTo("driver");
  await watchingRejections(
    (reason) => logDriver("unhandled", reason),
    async () => {
      const scope = library(logTo("program"));
      let main: (...args: unknown[]) => unknown;
      try {
        main = evaluate(code)(scope);
      } catch (thrown) {
        logDriver("program threw", thrown);
        return;
      }
      void drive(() => main(...args), driver, scope, logDriver).then(() => {
        finished = true;
      });
      let rest = GRACE;
      const count = (): void => {
        turn++;
        if (turn < TURNS && (!finished || rest-- > 0)) void Promise.resolve().then(count);
      };
      count();
      await new Promise(setImmediate);
      if (!finished) logDriver("still pending");
    },
  );
  return events;
}

/** Timed, lines carry their turn. Otherwise each lane is compared by itself: their interleaving is a matter of ticks. */
export function logText(events: readonly Event[], timed: boolean): string[] {
  if (timed) return events.map(({ turn, text }) => `${String(turn).padStart(3)} ${text}`);
  const lane = (name: Event["lane"]) => events.filter((each) => each.lane === name).map(({ text }) => text);
  return [...lane("program"), "――", ...lane("driver")];
}

export interface Difference {
  readonly driver: Driver;
  readonly native: readonly string[];
  readonly compiled: readonly string[];
  readonly code: string;
  readonly problems: readonly string[];
}

export interface CompareOptions {
  readonly compile: Compile;
  readonly drivers?: readonly Driver[];
  readonly ticks?: "spec" | "fused";
  /** Whether turns are compared too. */
  readonly timed?: boolean;
  readonly args?: readonly unknown[];
  /** The text to run natively, where it is not the program itself. */
  readonly reference?: string;
}

/** The first driver under which a program behaves differently when compiled. */
export async function compare(source: string, options: CompareOptions): Promise<Difference | undefined> {
  const { ticks = "spec", timed = ticks === "spec", args, reference = source } = options;
  const { code, problems } = options.compile(source, { ticks });
  const engine = await deviations();
  const run = async (text: string, driver: Driver): Promise<string[]> => {
    const events = await record(text, driver, { args, ownLabels: !timed });
    return logText(
      events.filter((event) => !isExtraEvent(event.text, source, engine)),
      timed,
    );
  };
  for (const given of options.drivers ?? drivers) {
    const driver = driverFor(given, source, engine);
    const native = await run(reference, driver);
    const compiled = await run(code, driver);
    if (native.join("\n") !== compiled.join("\n") || problems.length)
      return { driver, native, compiled, code, problems };
  }
  return undefined;
}

/** Both logs side by side, from a little before the first line that differs, and the emitted code. */
export function report({ driver, native, compiled, code, problems }: Difference): string {
  const length = Math.max(native.length, compiled.length);
  const first = Math.max(
    0,
    [...Array(length).keys()].findIndex((index) => native[index] !== compiled[index]),
  );
  const width = Math.min(60, Math.max(12, ...native.map((line) => line.length)));
  const lines: string[] = [];
  for (let index = Math.max(0, first - 6); index < Math.min(length, first + 20); index++) {
    const [left = "", right = ""] = [native[index], compiled[index]];
    lines.push(`${left === right ? " " : "≠"} ${left.padEnd(width)} │ ${right}`);
  }
  const heading = `  ${"native".padEnd(width)} │ compiled`;
  return [`driver: ${driver.name}`, ...problems, heading, ...lines, "", "emitted code:", code].join("\n");
}
