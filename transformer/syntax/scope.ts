/** Scopes and variables: the data that `bindings.ts` fills in. */

import type ts from "typescript";
import { api } from "../typescript.js";

export type ScopeKind =
  | "file"
  | "name"
  | "parameters"
  | "body"
  | "block"
  | "for"
  | "switch"
  | "catch"
  | "class"
  | "static";

export interface Scope {
  readonly kind: ScopeKind;
  readonly node: ts.Node;
  readonly parent: Scope | undefined;
  /** The function whose code this is; undefined at the top of the file. */
  readonly owner: ts.Node | undefined;
  readonly variables: Map<string, Variable>;
}

export type VariableKind =
  | "parameter"
  | "var"
  | "let"
  | "const"
  | "using"
  | "class"
  | "function"
  | "enum"
  /** Has no place of its own: TypeScript puts its values where they are used. */
  | "constEnum"
  | "catch"
  | "import"
  | "self"
  | "className"
  | "temporary";

export interface Reference {
  readonly node: ts.Identifier;
  readonly variable: Variable;
  /** The function whose code the reference is in. */
  readonly owner: ts.Node | undefined;
  /** The variable is certainly uninitialized here: the head of `for (let x of x)`. */
  readonly dead: boolean;
}

/** A variable of the program, or a temporary of the compiler. */
export interface Variable {
  readonly id: number;
  readonly name: string;
  readonly kind: VariableKind;
  readonly scope: Scope;
  /** Binding occurrences. */
  readonly declarations: ts.Identifier[];
  readonly references: Reference[];
  /** The body variable of the same name as a parameter, where parameters have a scope of their own: starts with its value. */
  readonly startsAs?: Variable;
  /** The function-level variable that a function in a block also assigns (ECMA-262 §B.3.2). */
  outer?: Variable;
  /** Is the `outer` of some function in a block. */
  isOuter?: boolean;
}

export function isCaptured(variable: Variable): boolean {
  return variable.references.some((reference) => reference.owner !== variable.scope.owner);
}

export function hasTemporalDeadZone(variable: Variable): boolean {
  return (
    variable.kind === "let" ||
    variable.kind === "const" ||
    variable.kind === "class" ||
    variable.kind === "className" ||
    variable.kind === "using" ||
    variable.kind === "enum" ||
    variable.kind === "catch"
  );
}

export function isConstant(variable: Variable): boolean {
  return variable.kind === "const" || variable.kind === "using" || variable.kind === "className";
}

/** Where the declaration that binds the identifier ends: behind it the variable is initialized. */
export function endOfDeclaration(id: ts.Identifier): number {
  let at: ts.Node = id;
  while (
    api.isBindingElement(at.parent) ||
    api.isObjectBindingPattern(at.parent) ||
    api.isArrayBindingPattern(at.parent)
  )
    at = at.parent;
  return at.parent.end;
}
