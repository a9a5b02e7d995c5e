/**
 * Comments of a grafted tree. The printer takes comments from the *original* text by position, so a node that was put
 * back brings the comments around its old place. What must come out are the comments of the *output* text: this
 * module lets the printer find them where the two agree, and otherwise gives them to the node and silences the printer.
 */

import type ts from "typescript";
import type { Provenance } from "./provenance.js";
import { endOfHeader } from "./syntax/header.js";
import type { TypeScript } from "./typescript.js";

/** A node's full range, trivia included. */
export interface FullRange {
  readonly pos: number;
  readonly end: number;
}

type Find = TypeScript["getLeadingCommentRanges"];
const none: readonly ts.CommentRange[] = [];

export class GraftComments {
  /** The first sign behind the last place asked for that a comment may begin with. */
  private slash = -1;
  /** The place of the output that was asked for last, and whether there may be a comment. */
  private asked = -1;
  private mayBe = false;

  /** Where the comments end that the printer writes by itself, before the first statement. */
  private readonly headerEnd: number;

  constructor(
    private readonly ts: TypeScript,
    private readonly output: string,
    private readonly source: string,
    private readonly provenance: Provenance,
  ) {
    this.headerEnd = endOfHeader(source);
  }

  /**
   * Settles the comments of `node`, which stands at `at` in the output and, where known, at `from` in the source. Those at the ends
   * of `outer` belong to a node further out. `isOperand`: it is no statement.
   */
  settle(
    node: ts.Node,
    at: FullRange,
    from: FullRange,
    outer: FullRange,
    isOperand = this.ts.isExpression(node),
  ): void {
    const { ts } = this;
    let silenced = 0;
    // On the same line these belong to the sign before the expression, which the printer takes from the parent's text.
    const after = this.inOutput(ts.getTrailingCommentRanges, at.pos);
    const before = after.length > 0 && isOperand ? after : none;
    if (at.pos === outer.pos) {
      silenced |= ts.EmitFlags.NoLeadingComments;
    } else if (before.length > 0) {
      // The printer would look for them in the source too.
      from = { pos: -1, end: from.end };
      this.addLeading(node, [...before, ...this.inOutput(ts.getLeadingCommentRanges, at.pos)]);
    } else if (!this.agree(ts.getLeadingCommentRanges, at.pos, from.pos)) {
      silenced |= ts.EmitFlags.NoLeadingComments;
      this.addLeading(node, this.inOutput(ts.getLeadingCommentRanges, at.pos));
    }
    if (at.end === outer.end) {
      silenced |= ts.EmitFlags.NoTrailingComments;
    } else if (!this.agree(ts.getTrailingCommentRanges, at.end, from.end)) {
      silenced |= ts.EmitFlags.NoTrailingComments;
      this.addTrailing(node, this.inOutput(ts.getTrailingCommentRanges, at.end));
    }
    // Where there is no place in the source the printer looks for no comments.
    if (from.pos < 0) silenced &= ~ts.EmitFlags.NoLeadingComments;
    if (from.end < 0) silenced &= ~ts.EmitFlags.NoTrailingComments;
    if (silenced === 0 && node.pos === from.pos && node.end === from.end) return;
    const end = from.end < 0 && from.pos === 0 ? this.source.length : from.end;
    if (end !== from.end) silenced |= ts.EmitFlags.NoTrailingComments;
    ts.setCommentRange(node, { pos: from.pos, end });
    this.silence(node, silenced);
  }

  /** Whether there certainly is no comment between two places of the output. Asked in the order of the text. */
  isWithout(start: number, end: number): boolean {
    if (this.slash < start) this.slash = this.output.indexOf("/", start);
    if (this.slash < 0) this.slash = this.output.length;
    return this.slash >= end;
  }

  /**
   * Comments inside the brackets of a list, which belong to no node: after the opening one at `start`, and before the closing one at
   * `end`, if there is one. `first` and `last` are its first and last node and where these stand in the output.
   */
  settleList(
    start: number,
    first: [node: ts.Node, pos: number],
    end: number | undefined,
    last: [node: ts.Node, end: number],
  ): void {
    const { ts } = this;
    const opening = this.inOutput(ts.getTrailingCommentRanges, start);
    if (opening.length > 0) {
      const [node, pos] = first;
      ts.setSyntheticLeadingComments(node, undefined);
      this.addLeading(node, [...opening, ...this.inOutput(ts.getLeadingCommentRanges, pos)]);
      this.silence(node, ts.EmitFlags.NoLeadingComments);
    }
    const closing = end === undefined ? none : this.inOutput(ts.getLeadingCommentRanges, end);
    if (closing.length > 0) {
      const [node, end] = last;
      ts.setSyntheticTrailingComments(node, undefined);
      this.addTrailing(node, [...this.inOutput(ts.getTrailingCommentRanges, end), ...closing]);
      this.silence(node, ts.EmitFlags.NoTrailingComments);
    }
  }

  /** The comments before the end of the file, when they are no longer those of the source. */
  settleEndOfFile(last: ts.Node | undefined, at: number, from: number): boolean {
    if (this.agree(this.ts.getLeadingCommentRanges, at, from)) return true;
    if (last) this.addTrailing(last, this.inOutput(this.ts.getLeadingCommentRanges, at));
    return false;
  }

  private inOutput(find: Find, at: number): readonly ts.CommentRange[] {
    // Nearly always it is asked for where it was asked before.
    if (at !== this.asked) {
      this.asked = at;
      this.mayBe = mayBeComment(this.output, at);
    }
    return this.mayBe ? (find(this.output, at) ?? none) : none;
  }

  private agree(find: Find, at: number, from: number): boolean {
    const wanted = this.inOutput(find, at);
    const found = from >= 0 && mayBeComment(this.source, from) ? (find(this.source, from) ?? none) : none;
    if (wanted.length === 0 || wanted.length !== found.length) return wanted.length === found.length;
    return wanted.every((range, index) => {
      const other = found[index];
      return other && this.output.slice(range.pos, range.end) === this.source.slice(other.pos, other.end);
    });
  }

  private synthesized(range: ts.CommentRange): ts.SynthesizedComment {
    const text = this.output.slice(
      range.pos + 2,
      range.kind === this.ts.SyntaxKind.MultiLineCommentTrivia ? range.end - 2 : range.end,
    );
    return { kind: range.kind, text, hasTrailingNewLine: range.hasTrailingNewLine ?? false, pos: -1, end: -1 };
  }

  private addLeading(node: ts.Node, ranges: readonly ts.CommentRange[]): void {
    const own = ranges.filter((range) => !this.isInHeader(range));
    if (own.length === 0) return;
    const present = this.ts.getSyntheticLeadingComments(node) ?? [];
    this.ts.setSyntheticLeadingComments(node, [...present, ...own.map((range) => this.synthesized(range))]);
  }

  private isInHeader({ pos, end }: ts.CommentRange): boolean {
    if (this.headerEnd === 0) return false;
    const from = this.provenance.verbatim(pos, end);
    return from >= 0 && from < this.headerEnd;
  }

  private addTrailing(node: ts.Node, ranges: readonly ts.CommentRange[]): void {
    if (ranges.length === 0) return;
    const present = this.ts.getSyntheticTrailingComments(node) ?? [];
    this.ts.setSyntheticTrailingComments(node, [...present, ...ranges.map((range) => this.synthesized(range))]);
  }

  private silence(node: ts.Node, flags: ts.EmitFlags): void {
    if (flags !== 0) this.ts.setEmitFlags(node, emitFlagsOf(node) | flags);
  }
}

/** Whether the next sign may begin a comment: of nearly every place it is known at once that there is none. */
function mayBeComment(text: string, from: number): boolean {
  // There may be a "#!" in front of the first one.
  if (from === 0) return true;
  for (let at = from; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    // Some characters beyond ASCII are blanks.
    if (sign > 127) return true;
    if (sign > 32) return sign === slash;
  }
  return false;
}

const slash = "/".charCodeAt(0);

/** `ts.getEmitFlags` is not public. */
function emitFlagsOf(node: ts.Node): ts.EmitFlags {
  return (node as { emitNode?: { flags?: ts.EmitFlags } }).emitNode?.flags ?? 0;
}
