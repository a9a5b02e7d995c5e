/** The figures, for people. */

import type { Cold, Memory, Size } from "./extras.js";
import type { Figure } from "./measure.js";
import type { Variant } from "./variants.js";
import { coldWorkload, type Workload } from "./workloads.js";

export interface Report {
  readonly engine: string;
  readonly date: string;
  readonly processes: number;
  readonly rounds: number;
  readonly workloads: readonly Workload[];
  readonly variants: readonly Pick<Variant, "name" | "title">[];
  /** By workload, then by variant. */
  readonly figures: Readonly<Record<string, Record<string, Figure>>>;
  /** Variants that were not measured because they are the same as another. */
  readonly identical: Readonly<Record<string, string>>;
  readonly cold?: Readonly<Record<string, Cold>>;
  /** By variant: time without hooks / time with them. */
  readonly hooks?: Readonly<Record<string, number>>;
  readonly memory?: Readonly<Record<string, Memory>>;
  readonly sizes?: Readonly<Record<string, Size>>;
  readonly runtimeSizes?: Readonly<Record<string, number>>;
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = head.map((cell, i) => Math.max(cell.length, ...rows.map((cells) => cells[i]!.length)));
  const pad = (cells: readonly string[]) =>
    row(cells.map((cell, i) => (i === 0 ? cell.padEnd(width[i]!) : cell.padStart(width[i]!))));
  return [
    pad(head),
    row(width.map((each, i) => (i === 0 ? "-".repeat(each) : `${"-".repeat(each - 1)}:`))),
    ...rows.map(pad),
  ].join("\n");
}

const ratio = (value: number): string => (value >= 9.95 ? value.toFixed(0) : value.toFixed(2));
const withSpread = ({ ratio: value, low, high }: Figure): string => `${ratio(value)} (${ratio(low)}–${ratio(high)})`;

/** Ratios to native, one row a workload, with the quartiles of the rounds. */
function speedTable({ workloads, variants, figures, cold }: Report): string {
  const compared = variants.filter(({ name }) => name !== "native");
  const rows = workloads.map(({ name, title, items }) => [
    title,
    (figures[name]!.native!.best / items).toFixed(0),
    ...compared.map((each) => withSpread(figures[name]![each.name]!)),
  ]);
  if (cold) {
    const { native } = cold;
    rows.push([
      coldWorkload.title,
      (native!.time / coldWorkload.items).toFixed(0),
      ...compared.map(({ name }) => (cold[name] ? ratio(native!.time / cold[name].time) : "–")),
    ]);
  }
  if (workloads.length > 1)
    rows.push([
      "geometric mean",
      "",
      ...compared.map(({ name }) => ratio(meanOf(workloads.map((each) => figures[each.name]![name]!.ratio)))),
    ]);
  return table(["workload", "native, ns", ...compared.map(({ title }) => title)], rows);
}

/** The geometric mean, the right one for ratios. */
const meanOf = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, each) => sum + Math.log(each), 0) / values.length);

function extrasTable({ variants, cold, hooks, memory, sizes, runtimeSizes }: Report): string {
  const show = (value: number | undefined, digits = 0) => (value === undefined ? "–" : value.toFixed(digits));
  const rows = variants
    .filter(({ name }) => name !== "beside")
    .map(({ name, title }) => [
      title,
      show(cold?.[name] && cold[name].load / 1e6, 1),
      show(hooks?.[name], 2),
      show(memory?.[name]?.suspendedAtYield),
      show(memory?.[name]?.suspendedAtAwait),
      show(sizes?.[name]?.compileTime, 1),
      show(sizes?.[name]?.raw),
      show(sizes?.[name]?.gzip),
      show(runtimeSizes?.[name]),
    ]);
  return table(
    [
      "",
      "load, ms",
      "no hooks / hooks",
      "bytes at a yield",
      "at an await",
      "compile, ms",
      "emitted",
      "min+gzip",
      "runtime min+gzip",
    ],
    rows,
  );
}

export function markdown(report: Report): string {
  const notes = Object.entries(report.identical).map(
    ([name, other]) => `Output of \`${name}\` is identical to \`${other}\`: not measured apart.`,
  );
  const head = `## ${report.engine}\n\nNative time / own time, best of ${report.rounds} interleaved rounds in each of ${report.processes} processes (quartiles of the rounds): above 1 is faster than native.`;
  const extras = report.memory || report.cold || report.sizes ? [extrasTable(report)] : [];
  return [head, speedTable(report), ...extras, ...notes].join("\n\n");
}
