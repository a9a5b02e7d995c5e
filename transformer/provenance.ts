/** Where a place of the output comes from in the source. */

import type { Chunk } from "./chunk.js";
import { firstNotBefore } from "./search.js";

interface Piece {
  /** Range in the output. */
  readonly at: number;
  end: number;
  /** Offset in the source, or -1 for generated text. */
  readonly start: number;
  /** For generated text: the source offset it stands for, or -1. */
  readonly origin: number;
}

export class Provenance {
  /** In the order of the output. */
  readonly pieces: readonly Piece[];
  private last: Piece | undefined;

  constructor(chunks: readonly Chunk[]) {
    const pieces: Piece[] = [];
    let at = 0;
    for (const { text, start, origin = -1 } of chunks) {
      if (text === "") continue;
      const end = at + text.length;
      const last = pieces.at(-1);
      // Neighbours in the source that are neighbours in the output are one slice: a node may cover both. And generated
      // text that stands for nothing is one piece with generated text before it.
      const isContinued =
        last &&
        (start < 0 ? last.start < 0 && origin < 0 : last.start >= 0 && last.start + (last.end - last.at) === start);
      if (isContinued) last.end = end;
      else pieces.push({ at, end, start, origin });
      at = end;
    }
    this.pieces = pieces;
  }

  private pieceAt(offset: number): Piece | undefined {
    // Nearly always it is asked for where it was asked before.
    if (this.last && offset >= this.last.at && offset < this.last.end) return this.last;
    this.last = offset < 0 ? undefined : this.pieces[firstNotBefore(this.pieces, ({ end }) => end <= offset)];
    return this.last;
  }

  /** The source offset of `start`, when all of `start`…`end` is verbatim from one place; else -1. */
  verbatim(start: number, end: number): number {
    const piece = this.pieceAt(start);
    return piece && piece.start >= 0 && end <= piece.end ? piece.start + (start - piece.at) : -1;
  }

  /** Whether all of `start`…`end` is generated and nothing in it stands for a place in the source. */
  isGenerated(start: number, end: number): boolean {
    const piece = this.pieceAt(start);
    return piece !== undefined && piece.start < 0 && end <= piece.end && (piece.origin < 0 || start > piece.at);
  }

  /** The source offset that the text at `offset` comes from or stands for; else -1. */
  origin(offset: number): number {
    const piece = this.pieceAt(offset);
    if (!piece) return -1;
    if (piece.start >= 0) return piece.start + (offset - piece.at);
    return offset === piece.at ? piece.origin : -1;
  }

  /** The source offset of the end of something: where its last character comes from, plus one; else -1. */
  end(offset: number): number {
    const piece = this.pieceAt(offset - 1);
    return piece && piece.start >= 0 ? piece.start + (offset - piece.at) : -1;
  }
}
