/** Whether an expression is assigned to: the left of an assignment, part of a pattern, the operand of `++`, a loop head. */

import type ts from "typescript";
import { isErasedWrapper } from "../syntax/functions.js";
import { api } from "../typescript.js";

export function isAssignmentTarget(node: ts.Node): boolean {
  const { parent } = node;
  if (!parent) return false;
  if (api.isBinaryExpression(parent)) return parent.left === node && isAssignment(parent);
  if (api.isPrefixUnaryExpression(parent) || api.isPostfixUnaryExpression(parent))
    return parent.operator === api.SyntaxKind.PlusPlusToken || parent.operator === api.SyntaxKind.MinusMinusToken;
  if (api.isForInStatement(parent) || api.isForOfStatement(parent)) return parent.initializer === node;
  if (api.isParenthesizedExpression(parent) || isErasedWrapper(parent)) return isAssignmentTarget(parent);
  return isPatternPart(parent, node);
}

function isAssignment(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return kind >= api.SyntaxKind.FirstAssignment && kind <= api.SyntaxKind.LastAssignment;
}

function isPatternPart(parent: ts.Node, node: ts.Node): boolean {
  if (api.isShorthandPropertyAssignment(parent)) return parent.name === node && isPattern(parent.parent);
  if (api.isPropertyAssignment(parent)) return parent.initializer === node && isPattern(parent.parent);
  if (api.isSpreadAssignment(parent) || api.isSpreadElement(parent)) return isPattern(parent.parent);
  return api.isArrayLiteralExpression(parent) && isPattern(parent);
}

/** A literal that is a destructuring pattern; a target with a default counts through its assignment. */
function isPattern(node: ts.Node): boolean {
  if (!api.isObjectLiteralExpression(node) && !api.isArrayLiteralExpression(node)) return false;
  return isAssignmentTarget(node);
}
