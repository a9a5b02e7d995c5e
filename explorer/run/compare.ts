/** Two logs side by side: the longest common subsequence in one row each, the rest marked as different. */

import type { LogEvent } from "../protocol.js";

export interface Row {
  readonly native?: LogEvent;
  readonly compiled?: LogEvent;
  readonly differs: boolean;
}

const same = (one: LogEvent, other: LogEvent): boolean =>
  one.kind === other.kind && one.text === other.text && one.step === other.step;

export function compareLogs(native: readonly LogEvent[], compiled: readonly LogEvent[]): Row[] {
  const rows: Row[] = [];
  while (rows.length < Math.min(native.length, compiled.length) && same(native[rows.length]!, compiled[rows.length]!))
    rows.push({ native: native[rows.length]!, compiled: compiled[rows.length]!, differs: false });
  return [...rows, ...align(native.slice(rows.length), compiled.slice(rows.length))];
}

function align(native: readonly LogEvent[], compiled: readonly LogEvent[]): Row[] {
  const lengths = commonLengths(native, compiled);
  const rows: Row[] = [];
  let left = 0;
  let right = 0;
  while (left < native.length || right < compiled.length) {
    const [one, other] = [native[left], compiled[right]];
    if (one && other && same(one, other)) {
      rows.push({ native: one, compiled: other, differs: false });
      left++;
      right++;
    } else if (one && (!other || lengths[left + 1]![right]! >= lengths[left]![right + 1]!)) {
      rows.push({ native: one, differs: true });
      left++;
    } else {
      rows.push({ compiled: other!, differs: true });
      right++;
    }
  }
  return rows;
}

/** The length of the longest common subsequence of what is left from each pair of places. */
function commonLengths(native: readonly LogEvent[], compiled: readonly LogEvent[]): number[][] {
  const lengths = Array.from({ length: native.length + 1 }, () => new Array<number>(compiled.length + 1).fill(0));
  for (let left = native.length - 1; left >= 0; left--)
    for (let right = compiled.length - 1; right >= 0; right--)
      lengths[left]![right] = same(native[left]!, compiled[right]!)
        ? 1 + lengths[left + 1]![right + 1]!
        : Math.max(lengths[left + 1]![right]!, lengths[left]![right + 1]!);
  return lengths;
}
