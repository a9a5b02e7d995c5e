/** What is decided about one rewritten function before anything is printed. */

import type ts from "typescript";
import type { DeadSlots } from "../analyze/dead-slots.js";
import type { LoopLocals } from "../analyze/loop-locals.js";
import type { Layout } from "../analyze/placement.js";
import type { States } from "../analyze/states.js";
import type { Body } from "../ir/ir.js";
import type { AsyncGenerator } from "../syntax/functions.js";
import type { LexicalUses } from "../syntax/lexical.js";
import type { Variable } from "../syntax/scope.js";

/**
 * How the function appears in the output.
 * - `declaration`: a function declaration, hoisted by the engine (modules need it for cycles)
 * - `hoisted`: a variable that is initialized where its scope begins
 * - `expression`: an expression in its place
 * - `keyed`: the value of a property or field, named after the computed key of that
 * - `property`: an object literal's method as a property
 * - `method`: a method that is given its identity when its class or object is made
 * - `private`: a private method behind a private getter
 */
export type Form = "declaration" | "hoisted" | "expression" | "keyed" | "property" | "method" | "private";

export interface Plan {
  readonly node: AsyncGenerator;
  readonly form: Form;
  readonly body: Body;
  readonly states: States;
  readonly layout: Layout;
  /** None where debuggers look into the frame. */
  readonly deadSlots: DeadSlots;
  /** Empty where debuggers look into the frame. */
  readonly loopLocals: LoopLocals;
  readonly lexical: LexicalUses;
  /** It runs without the ticks that ECMAScript prescribes. */
  readonly isFused: boolean;
  /** The step stands outside the function, after `container`'s statement. */
  readonly isStatic: boolean;
  /** The function's own name, as `f.name` says. */
  readonly functionName: string;
  readonly names: PlanNames;
  /** Variables of the frame in order, with their field or variable names. */
  readonly fields: readonly NamedVariable[];
  /** Locals of the step. */
  readonly locals: readonly NamedVariable[];
  /** Values that the shell passes into the frame: fields `this` and `arguments` stand for. */
  readonly captures: readonly { readonly name: string; readonly value: string }[];
  /** How a computed key is found again: that of a method, or what the function is named after. */
  readonly key?: string;
  /** Whether that is a variable, which the key is kept in when it is evaluated. */
  readonly keepsKey: boolean;
  readonly list?: ts.Node;
  /** The options of its definition that decide how it runs, as an object literal; undefined for the defaults. */
  readonly modes?: string;
  /** The same, with those that only inspection needs. */
  readonly options?: string;
}

export interface NamedVariable {
  readonly variable: Variable;
  readonly name: string;
}

/** Variables that are needed where the class or object literal around a function is evaluated. */
export function cellsOf({ form, names, key, keepsKey }: Plan): string[] {
  const definition = form === "method" || form === "private" ? [names.definition] : [];
  return keepsKey ? [...definition, key!] : definition;
}

export interface PlanNames {
  readonly core: string;
  readonly variables: string;
  readonly step: string;
  readonly constructor: string;
  readonly definition: string;
  readonly state: string;
  readonly dispatch: string;
  /** The kind and the value of an abrupt completion that is on its way to a handler. */
  readonly completion: string;
  readonly result: string;
  readonly error: string;
}
