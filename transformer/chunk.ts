/** The compiler's output: pieces of text that know where they come from. */

import type { Diagnostic } from "./diagnostics.js";

/**
 * A piece of output. With `start >= 0`, `text` is a verbatim slice of the source from that offset.
 * With `start === -1` it is generated; `origin >= 0` is then the source offset it stands for, and `name` the
 * source name it stands for. With `continues` it stands for what the text before it stands for. All three serve
 * source maps only. With `isWhole` it is, together with those behind it that have no origin, whole statements. With `isBetween` it is
 * what can stand between such statements: line ends, comments, the labels of a `switch`.
 *
 * With `bound` it is where the code of a state begins or ends, and the offset is where that code does in the source: what maps ranges,
 * as coverage does, looks there. Nothing can be stopped at there.
 */
export interface Chunk {
  readonly text: string;
  readonly start: number;
  readonly origin?: number;
  readonly name?: string;
  readonly continues?: boolean;
  readonly isWhole?: boolean;
  readonly isBetween?: boolean;
  readonly bound?: number;
}

/** What became of one async generator function. */
export interface CompiledFunction {
  /** A computed key as it is written, with the brackets; empty for an anonymous function. */
  name: string;
  /** Offset of the function in the source, in UTF-16 code units. */
  start: number;
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
  /** Whether the output has it as a state machine. */
  rewritten: boolean;
  /** Why it was not rewritten. */
  reason?: string;
  /** How many states its machine has; 0 when it was not rewritten. */
  states: number;
  /** How many `await` and `yield` are in them. */
  suspensions: number;
}

/** What `compile` gives back. The texts of the chunks, joined, are the output. */
export interface CompileResult {
  chunks: Chunk[];
  diagnostics: Diagnostic[];
  functions: CompiledFunction[];
}
