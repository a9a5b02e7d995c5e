/** One compiled function as data, for `aclose explain` and for pictures. */

/** A part of the source. */
export interface SourceRange {
  /** Offset in UTF-16 code units. */
  readonly start: number;
  /** Offset behind the last character. */
  readonly end: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based line of the last character. */
  readonly endLine: number;
}

/** Where control goes at the end of a state. */
export interface Transition {
  /** A state, or an end of the generator: with a value or with an error. */
  readonly to: number | "finished" | "failed";
  /** The condition in a word or two; empty where there is none. */
  readonly when: string;
  /** Whether the generator is suspended in between. */
  readonly resumes: boolean;
}

/** What runs between two suspensions, and how it ends. */
export interface ExplainedState {
  /** Its number in the emitted code; 0 is where the function begins. */
  readonly id: number;
  /** 1-based line of the first statement in the source; the line before for a state that the compiler added. */
  readonly line: number;
  /** The code that is emitted for it. */
  readonly statements: readonly string[];
  /** What ends the state, in words: a suspension, a jump, a return. */
  readonly terminator: string;
  /** What of the source it runs, without what ends it, in the order in which it runs. */
  readonly source: readonly SourceRange[];
  /** The same as data; `source` is what of the source it runs. */
  readonly ending: {
    readonly kind: "goto" | "branch" | "dispatch" | "suspend" | "return" | "throw" | "native";
    /** For a suspension: an entry of `Operation` in the ABI. */
    readonly operation?: "Await" | "Yield" | "Delegate" | "Next" | "Close" | "Dispose";
    readonly source?: SourceRange;
  };
  /** Where control can go from it. */
  readonly transitions: readonly Transition[];
  /** The innermost protected region around it. */
  readonly region?: number;
  /** Whether closing the generator here runs cleanup: a finally, a using or an open iterator. */
  readonly owesCleanup: boolean;
}

/** States whose throw completions go to a handler; with `kind: "finally"` every completion. */
export interface ExplainedRegion {
  /** What states and regions name it by. */
  readonly id: number;
  readonly kind: "catch" | "finally";
  /** What protects: a `try` statement, a loop or a pattern that closes its iterator, a `using` declaration. */
  readonly owner: "try" | "loop" | "pattern" | "using";
  /** The state that takes the completions. */
  readonly handler: number;
  /** The region around it. */
  readonly parent?: number;
  /** The statement, declaration or pattern that protects. */
  readonly source: SourceRange;
}

/** The machine of one function. */
export interface Explanation {
  /** A computed key as it is written, with the brackets; empty for an anonymous function. */
  readonly name: string;
  /** The name of the step function in the emitted code. */
  readonly step: string;
  /** The name of the function's definition in the emitted code. */
  readonly definition: string;
  /** The whole function. */
  readonly source: SourceRange;
  /** In the order of their numbers. */
  readonly states: readonly ExplainedState[];
  /** Outermost first. */
  readonly regions: readonly ExplainedRegion[];
}
