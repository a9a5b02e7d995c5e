/**
 * The control-flow graph of one async generator body.
 *
 * A body is a list of basic blocks in source order. The first is the entry. Each block holds instructions and
 * ends in one terminator. User code stays the user's own syntax nodes; `Value` says what an expression reads.
 */

import type ts from "typescript";
import { InvariantError } from "../fault.js";
import type { Scope, Variable } from "../syntax/scope.js";

export type BlockId = number & { readonly brand: "BlockId" };
export type RegionId = number & { readonly brand: "RegionId" };

/** Something to evaluate. */
export type Value =
  /** A user's expression itself; its sub-expressions that were evaluated before stand in `Body.holes`. */
  | { readonly kind: "expression"; readonly node: ts.Expression }
  | { readonly kind: "variable"; readonly variable: Variable }
  /** The value that the body was resumed with; only valid in the block that a suspension resumes in. */
  | { readonly kind: "resumption" }
  /** After `Next`: whether the iterator is exhausted. */
  | { readonly kind: "exhausted" }
  /** Generated code with values in between. */
  | { readonly kind: "code"; readonly parts: readonly (string | Value | RuntimeName)[] }
  /** Strict code in a sloppy body: what was moved out of a class. */
  | { readonly kind: "strict"; readonly value: Value };

export interface RuntimeName {
  readonly kind: "runtime";
  readonly name: string;
  /** Where in the source an engine says that an error of what it does is, if not where the statement is. */
  readonly at?: number;
}

/** What the user wrote that something comes from, as a debugger shows it; none for the compiler's own. The builder fills it in. */
export interface Derived {
  from?: ts.Node;
  /** The statement that `from` is, or is a part of; of a loop's head the part that is evaluated by itself. */
  statement?: ts.Node;
}

export type Instruction = Derived & AnyInstruction;

type AnyInstruction =
  | { readonly kind: "evaluate"; readonly value: Value; readonly origin?: ts.Node }
  /** The user's comments in a range of the source. */
  | { readonly kind: "comment"; readonly start: number; readonly end: number }
  /** A user's statement without suspension, which control leaves only at its end. */
  | { readonly kind: "statement"; readonly node: ts.Statement }
  /** `target = value`, which initializes it. An anonymous function gets the name `named`. */
  | {
      readonly kind: "assign";
      readonly target: Variable;
      readonly value: Value;
      readonly origin?: ts.Node;
      readonly named?: string;
    }
  /** A user's variable declaration without suspension: `const { a, b } = value`. */
  | { readonly kind: "declare"; readonly node: ts.VariableDeclaration; readonly variables: readonly Variable[] }
  /** A binding pattern without suspension that gets a generated value. */
  | {
      readonly kind: "bind";
      readonly pattern: ts.BindingName;
      readonly variables: readonly Variable[];
      readonly value: Value;
    }
  /** A user's assignment target without suspension (for-of heads, assignment patterns) that gets a generated value. */
  | { readonly kind: "store"; readonly target: ts.Expression; readonly value: Value; readonly isStrict?: boolean }
  /** A function, class or enum declaration. */
  | {
      readonly kind: "define";
      readonly node: ts.FunctionDeclaration | ts.ClassDeclaration | ts.EnumDeclaration;
      readonly variable: Variable;
    }
  /** Opens a scope anew: fresh bindings for what closures capture, and uninitialized bindings. */
  | { readonly kind: "enter"; readonly scope: Scope }
  /** `CreatePerIterationEnvironment` (§14.7.4.4). */
  | { readonly kind: "copy"; readonly scope: Scope };

/** How control leaves a native statement at one of its jumps or returns. */
export type Exit = {
  readonly node: ts.BreakOrContinueStatement | ts.ReturnStatement;
  readonly instructions: readonly Instruction[];
} & (
  | {
      /** Undefined where it finishes the body at once. */
      readonly target?: BlockId;
      readonly awaits?: undefined;
    }
  | {
      readonly target: BlockId;
      /** The operand of a `return`. */
      readonly awaits: ts.Expression;
    }
);

export interface Suspension {
  /** The name of an entry of `Operation` in the ABI. */
  readonly operation: "Await" | "Yield" | "Delegate" | "Next" | "Close" | "Dispose";
  /** `Close`: what closes the iterator; after a throw, errors of the close are dropped. */
  readonly completion?: Variable;
}

export type Terminator = Derived & AnyTerminator;

/** What the body is suspended at: the end of a block, or a `return` inside a native statement. */
export type Suspender = Extract<Terminator, { kind: "suspend" }> | Extract<Exit, { awaits: ts.Expression }>;

type AnyTerminator =
  | { readonly kind: "goto"; readonly target: BlockId }
  | {
      readonly kind: "branch";
      readonly test: Value;
      readonly consequent: BlockId;
      readonly alternate: BlockId;
      /** What going to `consequent` stands for: a breakpoint on its line must not be there when the test fails. */
      readonly entry?: ts.Node;
      /** The same for `alternate`. */
      readonly otherwise?: ts.Node;
    }
  | {
      readonly kind: "dispatch";
      readonly on: Variable;
      readonly cases: readonly { readonly code: number; readonly target: BlockId }[];
      readonly otherwise: BlockId;
    }
  | ({
      readonly kind: "suspend";
      readonly operand: Value;
      readonly resume: BlockId;
      readonly origin?: ts.Node;
    } & Suspension)
  | { readonly kind: "return"; readonly value?: Value }
  | { readonly kind: "throw"; readonly value: Value }
  | Native;

/** A user's statement without suspension, which control may leave through `exits`. */
export interface Native {
  readonly kind: "native";
  readonly node: ts.Statement;
  readonly exits: readonly Exit[];
  /** Whether code of the program runs between a jump and its target. */
  readonly mayFailOnLeaving: boolean;
  readonly next: BlockId;
}

export interface BasicBlock {
  readonly id: BlockId;
  readonly region: RegionId | undefined;
  readonly instructions: Instruction[];
  terminator: Terminator;
  /** The statement that this block begins with, for positions and comments. */
  readonly origin?: ts.Node;
}

/** A range of blocks whose throw completions go to a handler; a `finally` region takes every completion. */
export interface ProtectedRegion {
  readonly id: RegionId;
  readonly parent: RegionId | undefined;
  readonly kind: "catch" | "finally";
  /** What protects: a `try` statement, a loop or pattern that closes its iterator, a `using` declaration. */
  readonly origin: ts.Node;
  readonly handler: BlockId;
  /** Receives the thrown value, or the value of the completion. */
  readonly value: Variable;
  /** Receives the `CompletionKind`, in a finally region. */
  readonly completion?: Variable;
}

export interface Body {
  readonly blocks: readonly BasicBlock[];
  readonly regions: readonly ProtectedRegion[];
  /** Expressions that are evaluated ahead of the expression that contains them. */
  readonly holes: ReadonlyMap<ts.Node, Value>;
  /** Scopes whose statement lists were taken apart: their variables are the compiler's to place. */
  readonly scopes: ReadonlySet<Scope>;
  readonly temporaries: readonly Variable[];
}

export function assertNever(value: never, pass: string): never {
  throw new InvariantError(pass, `unknown kind ${(value as { readonly kind?: unknown }).kind}`);
}
