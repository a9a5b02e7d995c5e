/** The package entry `aclose/testing`: proves that generators clean up, whatever befalls them. */
/// <reference lib="esnext.disposable" preserve="true" />

import { configureAsyncGenerators } from "./configure.js";
import { settings } from "./settings.js";
import { resetAsyncGeneratorShutdown } from "./shutdown.js";
import { collectUntil, garbageCollector } from "./testing/collect.js";
import { type Fault, faults } from "./testing/faults.js";
import type { SuspensionPoint } from "./testing/probe.js";
import { type FaultProgram, Run } from "./testing/run.js";

export { LeakCheck } from "./leaks.js";
export type { Fault } from "./testing/faults.js";
export type { SuspensionPoint } from "./testing/probe.js";
export { InjectedFault, ResourceTracker, type TrackedResource } from "./testing/resources.js";
export type { FaultProgram } from "./testing/run.js";

/** What is tried, and how long. */
export interface FaultOptions {
  /** The faults to try. Default: all. */
  readonly faults?: readonly Fault[] | undefined;
  /** How many values the consumer takes before it closes the generator. Default: 10. */
  readonly maxItems?: number | undefined;
  /** How many suspension points of each program are tried. Default: 200. */
  readonly maxPoints?: number | undefined;
  /** How many milliseconds a hanging cleanup may take before it is interrupted. Default: 250. */
  readonly timeoutMs?: number | undefined;
}

/** What one fault at one point left behind. */
export interface FaultLeak {
  /** The key of the program. */
  readonly program: string;
  /** "none" for the run without a fault. */
  readonly fault: Fault | "none";
  /** Where it struck; undefined for the run without a fault. */
  readonly point: SuspensionPoint | undefined;
  /** One line for each resource, generator or error. */
  readonly leaks: readonly string[];
}

/** What `injectFaults` found. */
export interface FaultReport {
  /** How many programs were run. */
  readonly programs: number;
  /** How many suspension points they have together. */
  readonly points: number;
  /** How many runs a fault struck. */
  readonly cases: number;
  /** One for each run that left something behind; none is what to hope for. */
  readonly leaks: readonly FaultLeak[];
  /** Faults that could not be tried here: "abandon" where there is no garbage collector to call. */
  readonly skipped: readonly Fault[];
}

interface Abandoned {
  readonly program: string;
  readonly run: Run;
}

/**
 * Runs each program once for every fault at every suspension point that it comes to: yields and awaits, also those of
 * the generators that it reads. Each time what it opened must be closed in the end, and no generator be registered.
 * Programs must do the same in each run.
 *
 * @throws TypeError for a fault that does not exist, and for a program that is no function
 */
export async function injectFaults(
  programs: Readonly<Record<string, FaultProgram>>,
  options: FaultOptions = {},
): Promise<FaultReport> {
  const { onError, onWarning } = settings;
  const silent = (): void => {};
  configureAsyncGenerators({ onError: silent, onWarning: silent });
  try {
    return await new Injection(options).all(programs);
  } finally {
    configureAsyncGenerators({ onError, onWarning });
    resetAsyncGeneratorShutdown();
  }
}

/**
 * The same as `injectFaults`.
 *
 * @throws Error that lists what leaked, and where
 */
export async function assertNoLeaks(
  programs: Readonly<Record<string, FaultProgram>>,
  options?: FaultOptions,
): Promise<FaultReport> {
  const report = await injectFaults(programs, options);
  if (report.leaks.length > 0) throw new Error(describeFaults(report));
  return report;
}

/** The report as text. */
export function describeFaults({ programs, points, cases, leaks, skipped }: FaultReport): string {
  const lines = leaks.map(({ program, fault, point, leaks: what }) => {
    const where =
      point === undefined
        ? "without any"
        : point.index === 0
          ? `${fault} ${point.at}`
          : `${fault} at ${point.at} in ${point.generator} (its suspension ${point.nth}, ${point.index} of the run)`;
    return `  ${program}: ${where}\n${what.map((each) => `    ${each}`).join("\n")}`;
  });
  const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
  const tried = `${counted(programs, "program")}, ${counted(points, "suspension point")}`;
  const heading = `${counted(leaks.length, "leak")} in ${counted(cases, "case")}: ${tried}`;
  const rest = skipped.length > 0 ? [`  not tried: ${skipped.join(", ")}`] : [];
  return [heading, ...lines, ...rest].join("\n");
}

/** A function has no entries: to try none of its faults would look like finding nothing. */
function entriesOf(programs: Readonly<Record<string, FaultProgram>>): [string, FaultProgram][] {
  if (typeof programs === "function") throw new TypeError("programs expected by their names, got one function");
  const entries = Object.entries(programs);
  for (const [name, program] of entries)
    if (typeof program !== "function")
      throw new TypeError(`callable program "${name}" expected, got ${typeof program}`);
  return entries;
}

class Injection {
  private readonly leaks: FaultLeak[] = [];
  private readonly abandoned: Abandoned[] = [];
  private readonly faults: readonly Fault[];
  private readonly skipped: readonly Fault[];
  private readonly maxPoints: number;
  private readonly runOptions: { maxItems: number; timeoutMs: number };
  private points = 0;
  private cases = 0;

  constructor(options: FaultOptions) {
    const { maxItems = 10, maxPoints = 200, timeoutMs = 250 } = options;
    const wanted = options.faults ?? faults;
    const unknown = wanted.find((fault) => !faults.includes(fault));
    if (unknown !== undefined) throw new TypeError(`unknown fault "${unknown}"; the faults are ${faults.join(", ")}`);
    for (const [name, value] of Object.entries({ maxItems, maxPoints, timeoutMs }))
      if (!(value >= 0)) throw new TypeError(`${name} must be a number that is not negative, got ${String(value)}`);
    const isPossible = (fault: Fault): boolean => fault !== "abandon" || garbageCollector() !== null;
    this.faults = wanted.filter(isPossible);
    this.skipped = wanted.filter((fault) => !isPossible(fault));
    this.maxPoints = maxPoints;
    this.runOptions = { maxItems, timeoutMs };
  }

  async all(programs: Readonly<Record<string, FaultProgram>>): Promise<FaultReport> {
    const entries = entriesOf(programs);
    const lengths = new Map<string, number>();
    for (const [name, program] of entries) lengths.set(name, await this.findPoints(name, program));
    for (const fault of this.faults.filter((each) => each !== "abandon"))
      for (const [name, program] of entries) await this.tryFault(name, program, fault, lengths.get(name) as number);
    if (this.faults.includes("abandon")) await this.abandonAll(entries, lengths);
    const { points, cases, leaks, skipped } = this;
    return { programs: entries.length, points, cases, leaks, skipped };
  }

  private async findPoints(name: string, program: FaultProgram): Promise<number> {
    const run = new Run(program, this.runOptions);
    await run.execute();
    await this.judge(name, "none", run);
    const count = Math.min(run.probe.points.length, this.maxPoints);
    this.points += count;
    return count;
  }

  private async tryFault(name: string, program: FaultProgram, fault: Fault, points: number): Promise<void> {
    for (let index = 0; index <= points; index++) {
      const run = new Run(program, this.runOptions, fault, index);
      await run.execute();
      resetAsyncGeneratorShutdown();
      await this.judge(name, fault, run);
    }
  }

  /** All are abandoned first, and collected together. */
  private async abandonAll(entries: [string, FaultProgram][], lengths: Map<string, number>): Promise<void> {
    for (const [name, program] of entries) {
      for (let index = 0; index <= (lengths.get(name) as number); index++) {
        const run = new Run(program, this.runOptions, "abandon", index);
        await run.execute();
        this.abandoned.push({ program: name, run });
      }
    }
    await collectUntil(() => this.abandoned.every(({ run }) => run.isClean()));
    for (const { program, run } of this.abandoned) await this.judge(program, "abandon", run);
  }

  private async judge(program: string, fault: Fault | "none", run: Run): Promise<void> {
    if (run.struck !== undefined) this.cases++;
    const leaks = await run.leaks();
    if (leaks.length > 0) this.leaks.push({ program, fault, point: run.struck, leaks });
  }
}
