/** Which part of the source the code of a state is of, for what maps ranges: coverage. */

import type { Chunk } from "../chunk.js";

const isOfSource = ({ start, origin = -1 }: Chunk) => start >= 0 || origin >= 0;

interface SourceRange {
  readonly start: number;
  readonly end: number;
  /** Where its first piece stands. */
  readonly first: number;
  /**
   * Whether it is behind the beginning of a block or a clause, whose line may have nothing else. A breakpoint on that line is where the
   * state begins, and must be at something of the source.
   */
  readonly isBeginning: boolean;
}

/**
 * From the end of what stands in front of its first piece, or from `resumed`, where it goes on behind a suspension, to the last sign.
 * Undefined where nothing of the source follows that.
 */
export function sourceRange(
  chunks: readonly Chunk[],
  source: string,
  resumed: number | undefined,
): SourceRange | undefined {
  const first = chunks.find(isOfSource);
  const last = chunks.findLast(isOfSource);
  if (first === undefined || last === undefined) return undefined;
  const begins = first.start >= 0 ? first.start : first.origin!;
  const ends =
    last.start >= 0
      ? last.start + last.text.trimEnd().length
      : Math.max(skip(source, last.origin!, /[\w$]/), last.origin! + 1);
  const start = withSigns(source, resumed ?? endBefore(source, begins));
  const end = withSigns(source, ends) - 1;
  if (start >= end) return undefined;
  const isBeginning =
    resumed === undefined && /:$|(?:[^)\s]|^)\s*\{$/.test(source.slice(Math.max(0, start - 40), start));
  return { start, end, first: begins, isBeginning };
}

/**
 * The end of what stands in front, where keywords, labels and parentheses are none: the line of a statement would begin with the range, and
 * not with what an engine stops at.
 */
function endBefore(source: string, offset: number): number {
  let end = skipBack(source, offset, /[\w$ \t(]/);
  const labels = skipBack(source, end, /[\w$ \t:]/);
  if (/[\r\n]/.test(source.charAt(labels - 1))) end = labels;
  return skipBack(source, end, /\s/);
}

function skipBack(source: string, offset: number, sign: RegExp): number {
  let start = offset;
  while (sign.test(source.charAt(start - 1))) start--;
  return start;
}

function skip(source: string, offset: number, sign: RegExp): number {
  let end = offset;
  while (sign.test(source.charAt(end))) end++;
  return end;
}

/** With the signs behind it, if nothing else is in the line: a line that is ended there belongs to one range alone. */
function withSigns(source: string, offset: number): number {
  const end = skip(source, offset, /[;,)\]{} \t]/);
  return /^[\r\n]?$/.test(source.charAt(end)) ? end : offset;
}
