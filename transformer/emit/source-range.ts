/** Which part of the source the code of a state is of, for what maps ranges: coverage. */

import type { Chunk } from "../chunk.js";

const isOfSource = ({ start, origin = -1 }: Chunk) => start >= 0 || origin >= 0;

/**
 * From the end of what stands in front of its first piece, or from `resumed`, where it goes on behind a suspension, to the last sign.
 * Undefined where nothing of the source follows that.
 */
export function sourceRange(
  chunks: readonly Chunk[],
  source: string,
  resumed: number | undefined,
): { readonly start: number; readonly end: number } | undefined {
  const first = chunks.find(isOfSource);
  const last = chunks.findLast(isOfSource);
  if (first === undefined || last === undefined) return undefined;
  const begins = first.start >= 0 ? first.start : first.origin!;
  const ends = last.start >= 0 ? last.start + last.text.trimEnd().length : skip(source, last.origin!, /[\w$]/);
  const start = withSigns(source, resumed ?? endBefore(source, begins));
  const end = withSigns(source, ends) - 1;
  return start < end ? { start, end } : undefined;
}

function endBefore(source: string, offset: number): number {
  let end = offset;
  while (end > 0 && /\s/.test(source[end - 1]!)) end--;
  return end;
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
