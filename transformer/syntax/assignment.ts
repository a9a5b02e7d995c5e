/** What assigns, and what is assigned to. */

import type ts from "typescript";
import { api } from "../typescript.js";
import { isErasedWrapper } from "./functions.js";
import type { Variable } from "./scope.js";
import { walk } from "./walk.js";

/** `=` and its compounds. */
export function isAssignment(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return kind >= api.SyntaxKind.FirstAssignment && kind <= api.SyntaxKind.LastAssignment;
}

/** `&&=`, `||=` and `??=`. */
export function isLogicalAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= api.SyntaxKind.BarBarEqualsToken && kind <= api.SyntaxKind.QuestionQuestionEqualsToken;
}

/** Those that name an anonymous function after what they assign it to (ECMA-262 §13.15.2). */
export const isNamingAssignment = (kind: ts.SyntaxKind): boolean =>
  kind === api.SyntaxKind.EqualsToken || isLogicalAssignment(kind);

/** `++` and `--`. */
export function isUpdate(node: ts.Node): boolean {
  if (!api.isPrefixUnaryExpression(node) && !api.isPostfixUnaryExpression(node)) return false;
  return node.operator === api.SyntaxKind.PlusPlusToken || node.operator === api.SyntaxKind.MinusMinusToken;
}

/** Whether an expression is the left of an assignment, part of a pattern, the operand of `++`, a loop head. */
export function isAssignmentTarget(node: ts.Node): boolean {
  const { parent } = node;
  if (!parent) return false;
  if (api.isBinaryExpression(parent)) return parent.left === node && isAssignment(parent);
  if (isUpdate(parent)) return true;
  if (api.isForInStatement(parent) || api.isForOfStatement(parent)) return parent.initializer === node;
  if (api.isParenthesizedExpression(parent) || isErasedWrapper(parent)) return isAssignmentTarget(parent);
  return isPatternPart(parent, node);
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

/** Whether anything but one declaration gives a variable its value. */
export function isReassigned({ declarations, references, isOuter }: Variable): boolean {
  return isOuter === true || declarations.length > 1 || references.some(({ node }) => isAssignmentTarget(node));
}

/** Every name that something in a file assigns, whichever variable it means. */
export function assignedNames(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  walk(file, (node) => {
    if (api.isIdentifier(node) && isAssignmentTarget(node)) names.add(node.text);
    return true;
  });
  return names;
}
