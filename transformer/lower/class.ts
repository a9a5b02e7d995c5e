/** Classes whose heritage, computed names or decorators suspend. */

import type ts from "typescript";
import { allDecoratorsOf } from "../syntax/decorators.js";
import { isErasedMember } from "../syntax/functions.js";
import type { Variable } from "../syntax/scope.js";
import { isStrict } from "../syntax/strict.js";
import { api } from "../typescript.js";
import { type Lowering, valueOf, variable } from "./lowering.js";
import { keyOperand, lowerOperands, type Operand, operand } from "./spill.js";
import { enterScope } from "./statement.js";

export function lowerClassExpression(l: Lowering, node: ts.ClassExpression): void {
  const own = lowerClassOperands(l, node);
  if (!own) return;
  l.builder.emit({ kind: "assign", target: own, value: valueOf(l, node) });
  l.builder.fill(node, variable(own));
}

/** Returns the variable that stands for the class where these refer to it by its own name. */
export function lowerClassOperands(l: Lowering, node: ts.ClassLikeDeclaration): Variable | undefined {
  const operands: Operand[] = decoratorOperands(l, node);
  for (const clause of node.heritageClauses ?? [])
    if (clause.token === api.SyntaxKind.ExtendsKeyword)
      operands.push(...clause.types.map((type) => operand(l, type.expression)));
  for (const member of node.members) {
    if (isErasedMember(member)) continue;
    operands.push(...decoratorOperands(l, member));
    if (member.name && api.isComputedPropertyName(member.name)) operands.push(keyOperand(l, member.name));
  }
  const lower = () => lowerOperands(l, operands);
  const scope = l.facts.suspends(node) ? l.bindings.scopeOf(node) : undefined;
  const own = [...(scope?.variables.values() ?? [])].find(({ references }) => references.length > 0);
  if (own) enterScope(l, scope);
  if (isStrict(node.parent)) lower();
  else l.builder.strictly(lower);
  return own;
}

function decoratorOperands(l: Lowering, node: ts.Node): Operand[] {
  return allDecoratorsOf(node).map((decorator) => operand(l, decorator.expression));
}
