/** The committed list of runs that end differently natively and compiled, each with a reason. */

import type { Outcome } from "./execute.js";
import type { Mode } from "./select.js";

export interface Run {
  readonly file: string;
  readonly mode: Mode;
  readonly native: Outcome;
  readonly compiled: Outcome;
}

export interface Entry {
  readonly file: string;
  /** Absent: every mode that the file runs in. */
  readonly modes?: readonly Mode[];
  /** How the compiled run ends; the native one ends the other way. */
  readonly compiled: "pass" | "fail";
  /** Major versions of Node that it applies to; absent: all. */
  readonly node?: readonly number[];
  readonly reason: string;
}

export interface Comparison {
  readonly expected: readonly { readonly run: Run; readonly entry: Entry }[];
  readonly unexpected: readonly Run[];
  /** Entries that no run matched. */
  readonly unmatched: readonly Entry[];
}

const matches = (entry: Entry, run: Run): boolean =>
  entry.file === run.file &&
  (entry.modes?.includes(run.mode) ?? true) &&
  (entry.compiled === "pass") === run.compiled.pass;

/** Compares what differs with what is listed. Entries for files that did not run are left alone. */
export function compareWithList(runs: readonly Run[], list: readonly Entry[], nodeMajor: number): Comparison {
  const ran = new Set(runs.map((run) => run.file));
  const entries = list.filter((entry) => ran.has(entry.file) && (entry.node?.includes(nodeMajor) ?? true));
  const used = new Set<Entry>();
  const expected: { run: Run; entry: Entry }[] = [];
  const unexpected: Run[] = [];
  for (const run of runs.filter((each) => each.native.pass !== each.compiled.pass)) {
    const entry = entries.find((each) => matches(each, run));
    if (entry) {
      used.add(entry);
      expected.push({ run, entry });
    } else unexpected.push(run);
  }
  return { expected, unexpected, unmatched: entries.filter((entry) => !used.has(entry)) };
}
