/** A stand-in for the compiler in tests of what comes after it: chunks with some pieces of the source replaced. */

import type { Chunk } from "../../transformer/chunk.js";

export interface Edit {
  /** Text that occurs in the source; the first occurrence after the previous edit is replaced. */
  readonly find: string;
  /** `«text»` stands for the first occurrence of that text inside `find`, kept as a slice. */
  readonly put: string;
}

export function edited(source: string, edits: readonly Edit[]): Chunk[] {
  const chunks: Chunk[] = [];
  let at = 0;
  const slice = (start: number, end: number) => {
    if (end > start) chunks.push({ text: source.slice(start, end), start });
  };
  for (const { find, put } of edits) {
    const start = source.indexOf(find, at);
    if (start < 0) throw new Error(`The source does not contain: ${find}`);
    slice(at, start);
    for (const [index, part] of put.split(/[«»]/).entries()) {
      if (index % 2 === 0) {
        if (part !== "") chunks.push({ text: part, start: -1 });
      } else {
        const from = start + find.indexOf(part);
        slice(from, from + part.length);
      }
    }
    at = start + find.length;
  }
  slice(at, source.length);
  return chunks;
}
