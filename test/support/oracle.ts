/**
 * The native engine as the oracle: runs a program natively and compiled, and compares complete event logs,
 * the number of the microtask turn of every event included.
 */

import { Script } from "node:vm";
import type { Compile } from "./compilers.js";
import { describer, withoutMessage } from "./describe-value.js";
import { type Driver, drive, drivers } from "./drivers.js";
import { type Deviations, deviations, driverFor, isExtraEvent } from "./engine.js";
import { type Log, library } from "./library.js";

const TURNS = 400;
/** Turns that are still counted after the driver has finished, to catch what comes late. */
const GRACE = 6;
/** Fused code lets everybody have a turn after many items, and how many it took counts from program to program. */
const REAL_TURNS = 4;
/** In each lane: how lanes interleave can be a matter of ticks. */
const EVENT_LIMIT = 2000;
/** Text that a loop doubles soon takes all memory there is. */
const TEXT_LIMIT = 10_000;

/**
 * One line of a log. `lane` tells the program's own events from the driver's, from what is asked of the values that the driver
 * sends, and from rejections that nobody has handled.
 */
export interface Event {
  readonly turn: number;
  readonly lane: "program" | "driver" | "sent" | "unhandled";
  readonly text: string;
}

export type Main = (...args: unknown[]) => unknown;
/** A program that has been parsed: makes its `main` for a given library. */
export type Loaded = (scope: Record<string, unknown>) => Main | Promise<Main>;

/** Parses the text of a program. */
export function evaluate(code: string): (scope: Record<string, unknown>) => Main {
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

interface RecordOptions {
  readonly args?: readonly unknown[];
  /** Whether each lane numbers the objects that it meets by itself: needed where lanes may interleave differently. */
  readonly ownLabels?: boolean;
  /** How a text becomes a program: as a script, unless something else is said. */
  readonly load?: (code: string) => Loaded | Promise<Loaded>;
}

/** A text that does not parse fails when it is run. */
async function loaded(code: string, { load = evaluate }: RecordOptions): Promise<Loaded> {
  try {
    return await load(code);
  } catch (thrown) {
    return () => {
      throw thrown;
    };
  }
}

/** Runs a program once under a driver and records everything that happens. */
export async function record(code: string, driver: Driver, options: RecordOptions = {}): Promise<Event[]> {
  const run = new Run(driver, options);
  const program = await loaded(code, options);
  await watchingRejections(run.reject, () => finish([run.start(program)]));
  return run.events;
}

/**
 * Runs a program under several drivers at the same time, each with a library, a log and variables of its own. Nobody can
 * tell whose an unhandled rejection is: these are not recorded.
 */
async function recordTogether(code: string, all: readonly Driver[], options: RecordOptions): Promise<Event[][]> {
  const runs = all.map((driver) => new Run(driver, options));
  const programs = await Promise.all(all.map(() => loaded(code, options)));
  await watchingRejections(
    () => undefined,
    () => finish(runs.map((run, index) => run.start(programs[index]!))),
  );
  return runs.map(({ events }) => events);
}

/** Lets all microtasks run that there are, and tells who is not done then. */
async function finish(started: readonly (() => void)[]): Promise<void> {
  for (let turn = 0; turn < REAL_TURNS; turn++) await new Promise(setImmediate);
  for (const end of started) end();
}

/** One program under one driver. */
class Run {
  readonly events: Event[] = [];
  private readonly shared = describer();
  private readonly log: Log;
  private readonly unhandled: Log;
  private turn = 0;
  private finished = false;
  private rest = GRACE;

  constructor(
    private readonly driver: Driver,
    private readonly options: RecordOptions,
  ) {
    this.log = this.logTo("driver");
    this.unhandled = this.logTo("unhandled");
  }

  readonly reject = (reason: unknown): void => void this.unhandled("unhandled", reason);

  /** Returns what is called when there is nothing left to run. */
  start(program: Loaded): () => void {
    const fail = (thrown: unknown): void => {
      this.finished = true;
      this.log("program threw", thrown);
    };
    try {
      const main = program(library(this.logTo("program")));
      if (main instanceof Promise) void main.then(this.drive, fail);
      else this.drive(main);
      this.count();
    } catch (thrown) {
      fail(thrown);
    }
    return () => void (this.finished || this.log("still pending"));
  }

  private readonly drive = (main: Main): void => {
    const sent = library(this.logTo("sent"));
    void drive(() => main(...(this.options.args ?? [])), this.driver, sent, this.log).then(() => {
      this.finished = true;
    });
  };

  private readonly count = (): void => {
    this.turn++;
    if (this.turn < TURNS && (!this.finished || this.rest-- > 0)) void Promise.resolve().then(this.count);
  };

  private logTo(lane: Event["lane"]): Log {
    const { driver, options, events } = this;
    // What a later request changes must not be looked into: when that happens is a matter of ticks.
    let left = EVENT_LIMIT;
    const describe = !options.ownLabels ? this.shared : describer(lane === "driver" && queues(driver) ? 1 : undefined);
    return (...values: unknown[]): unknown => {
      if (values.some((each) => typeof each === "string" && each.length > TEXT_LIMIT)) throw new Error("too much text");
      const text = values
        .map((each, index) => (index === 0 && typeof each === "string" ? withoutMessage(each) : describe(each)))
        .join(" ");
      if (left-- > 0) events.push({ turn: this.turn, lane, text });
      else if (lane === "program") throw new Error("too many events");
      return values.at(-1);
    };
  }
}

/**
 * Timed, lines carry their turn. Otherwise every value, every call of a library function, every cleanup and every error must
 * be there in the order of its flow. Under a driver that waits for each answer there is one flow: what a request
 * leads to comes before its answer. Under one that queues, the program and the driver are two, and how they interleave is
 * a matter of ticks; so is when what each request sends is looked at. When a rejection turns out to be unhandled is always one.
 */
export function logText(events: readonly Event[], driver: Driver, timed: boolean): string[] {
  if (timed) return events.map(({ turn, text }) => `${String(turn).padStart(3)} ${text}`);
  const lanes = (...names: Event["lane"][]) =>
    events.filter(({ lane }) => names.includes(lane)).map(({ text }) => text);
  const unhandled = lanes("unhandled").sort();
  if (!queues(driver)) return [...lanes("program", "driver", "sent"), "――", ...unhandled];
  return [...lanes("program"), "――", ...lanes("driver"), "――", ...lanes("sent").sort(), ...unhandled];
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
  readonly load?: RecordOptions["load"];
}

/**
 * The first driver under which a program behaves differently when compiled. Where ticks are not compared, each driver must
 * also see the same when all run at once: who runs beside whom is all that may be different.
 */
export async function compare(source: string, options: CompareOptions): Promise<Difference | undefined> {
  const { ticks = "spec", timed = ticks === "spec", args, reference = source } = options;
  const { code, problems } = options.compile(source, { ticks });
  const engine = await deviations();
  const recording = { args, ownLabels: !timed, load: options.load };
  const textOf = (events: readonly Event[], driver: Driver): string[] =>
    logText(withoutExtra(events, reference, engine), driver, timed);
  const run = async (text: string, driver: Driver) => textOf(await record(text, driver, recording), driver);
  const alone: { driver: Driver; native: string[] }[] = [];
  for (const given of options.drivers ?? drivers) {
    const driver = driverFor(given, reference, engine);
    const native = await run(reference, driver);
    const compiled = await run(code, driver);
    if (native.join("\n") !== compiled.join("\n") || problems.length)
      return { driver, native, compiled, code, problems };
    alone.push({ driver, native });
  }
  if (timed || alone.length < 2) return undefined;
  const together = await recordTogether(
    code,
    alone.map(({ driver }) => driver),
    recording,
  );
  for (const [index, { driver, native: all }] of alone.entries()) {
    const [native, compiled] = [all.filter((line) => !isRejection(line)), textOf(together[index]!, driver)];
    if (native.join("\n") !== compiled.join("\n"))
      return { driver: { ...driver, name: `${driver.name}, beside the others` }, native, compiled, code, problems };
  }
  return undefined;
}

/** What a program does natively, where this engine keeps to the standard. */
export async function nativeLog(
  program: string,
  driver: Driver,
  { timed = true, load }: Pick<CompareOptions, "timed" | "load">,
): Promise<string[]> {
  const events = await record(program, driver, { ownLabels: !timed, load });
  return logText(withoutExtra(events, program, await deviations()), driver, timed);
}

const withoutExtra = (events: readonly Event[], program: string, engine: Deviations): Event[] =>
  events.filter(({ text }) => !isExtraEvent(text, program, engine));

const isRejection = (line: string): boolean => line.startsWith("unhandled ");

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
