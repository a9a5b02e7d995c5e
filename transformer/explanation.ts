/** One compiled function in words, for `aclose explain`. */

export interface ExplainedState {
  readonly id: number;
  /** 1-based line of the first statement in the source. */
  readonly line: number;
  readonly statements: readonly string[];
  /** What ends the state: a suspension, a jump, a return. */
  readonly terminator: string;
  /** The innermost protected region around it. */
  readonly region?: string;
  /** Whether closing the generator here runs cleanup: a finally, a using or an open iterator. */
  readonly owesCleanup: boolean;
}

export interface Explanation {
  readonly name: string;
  readonly states: readonly ExplainedState[];
  /** The protected regions, outermost first, in words. */
  readonly regions: readonly string[];
}
