/** Variable, function and class declarations. */

import type ts from "typescript";
import type { Instruction, Value } from "../ir/ir.js";
import { boundNames, declaredFunction } from "../syntax/declared-names.js";
import { isAnonymousFunction } from "../syntax/functions.js";
import type { Variable } from "../syntax/scope.js";
import { isAwaitUsing, isUsing } from "../syntax/suspension.js";
import { api } from "../typescript.js";
import { lowerClassOperands } from "./class.js";
import { lowerExpression } from "./expression.js";
import { code, type Lowering, valueOf, variable } from "./lowering.js";
import { lowerBindingPattern } from "./pattern.js";
import { spillAs } from "./spill.js";

export function lowerVariables(l: Lowering, list: ts.VariableDeclarationList): void {
  for (const declaration of list.declarations) {
    if (isUsing(list)) lowerUsingDeclaration(l, declaration, isAwaitUsing(list));
    else lowerVariable(l, declaration, (list.flags & api.NodeFlags.BlockScoped) !== 0);
  }
}

function lowerVariable(l: Lowering, node: ts.VariableDeclaration, isLexical: boolean): void {
  const { builder, facts } = l;
  if (node.initializer) lowerExpression(l, node.initializer);
  else if (!isLexical) return;
  if (!api.isIdentifier(node.name) && facts.suspends(node.name)) {
    const value = builder.temporary("value");
    builder.emit({ kind: "assign", target: value, value: valueOf(l, node.initializer!) });
    lowerBindingPattern(l, node.name, variable(value));
  } else builder.emit({ kind: "declare", node, variables: variablesOf(l, node.name) });
}

function lowerUsingDeclaration(l: Lowering, node: ts.VariableDeclaration, isAsync: boolean): void {
  const target = l.bindings.variableOf(node.name as ts.Identifier)!;
  const value = node.initializer!;
  lowerExpression(l, value);
  if (isAnonymousFunction(value)) spillAs(l, value, valueOf(l, value), "value", (node.name as ts.Identifier).text);
  emitUse(l, target, valueOf(l, value), isAsync, node);
}

/** Registers a resource and binds it. */
export function emitUse(l: Lowering, target: Variable, value: Value, isAsync: boolean, origin: ts.Node): void {
  const method = isAsync ? "useAsync" : "use";
  l.builder.emit({ kind: "assign", target, value: code`${variable(l.control.resources)}.${method}(${value})`, origin });
}

export function variablesOf(l: Lowering, name: ts.BindingName) {
  return boundNames(name).map((id) => l.bindings.variableOf(id)!);
}

/** Function declarations are initialized where their scope is entered. */
export function hoistFunctions(l: Lowering, statements: readonly ts.Statement[]): void {
  const last = new Map<unknown, Instruction>();
  for (const statement of statements) {
    const node = declaredFunction(statement);
    if (!node) continue;
    const of = l.bindings.variableOf(node.name!)!;
    last.delete(of);
    last.set(of, { kind: "define", node, variable: of });
  }
  for (const instruction of last.values()) l.builder.emit(instruction);
}

/** Where a function in a block is evaluated, sloppy code assigns the function-level variable too (§B.3.2.1). */
export function lowerFunctionDeclaration(l: Lowering, node: ts.FunctionDeclaration): void {
  const of = node.name && l.bindings.variableOf(node.name);
  if (of?.outer) l.builder.emit({ kind: "assign", target: of.outer, value: variable(of) });
}

export function lowerClassDeclaration(l: Lowering, node: ts.ClassDeclaration): void {
  const own = lowerClassOperands(l, node);
  const of = l.bindings.variableOf(node.name!)!;
  l.builder.emit({ kind: "define", node, variable: of });
  if (own) l.builder.emit({ kind: "assign", target: own, value: variable(of) });
}

/** All declarations of one enum are evaluated with the first: they share their members. */
export function lowerEnum(l: Lowering, node: ts.EnumDeclaration): void {
  const of = l.bindings.variableOf(node.name)!;
  if (of.kind === "enum" && of.declarations[0] === node.name) l.builder.emit({ kind: "define", node, variable: of });
}
