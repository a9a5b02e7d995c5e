/** Classes whose heritage, computed names or decorators suspend. */

import type ts from "typescript";
import { isStrict } from "../syntax/strict.js";
import { api } from "../typescript.js";
import type { Lowering } from "./lowering.js";
import { keyOperand, lowerOperands, type Operand, operand } from "./spill.js";

export function lowerClassOperands(l: Lowering, node: ts.ClassLikeDeclaration): void {
  const operands: Operand[] = decoratorOperands(l, node);
  for (const clause of node.heritageClauses ?? [])
    if (clause.token === api.SyntaxKind.ExtendsKeyword)
      operands.push(...clause.types.map((type) => operand(l, type.expression)));
  for (const member of node.members) {
    operands.push(...decoratorOperands(l, member));
    if (member.name && api.isComputedPropertyName(member.name)) operands.push(keyOperand(l, member.name));
  }
  const lower = () => lowerOperands(l, operands);
  if (isStrict(node.parent)) lower();
  else l.builder.strictly(lower);
}

function decoratorOperands(l: Lowering, node: ts.Node): Operand[] {
  if (!api.canHaveDecorators(node)) return [];
  return (api.getDecorators(node) ?? []).map((decorator) => operand(l, decorator.expression));
}
