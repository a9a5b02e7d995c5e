/** Assignment operators. */

import type ts from "typescript";
import { isAnonymousFunction, namingTarget, unwrap } from "../syntax/functions.js";
import { api } from "../typescript.js";
import { lowerExpression } from "./expression.js";
import { code, type Lowering, valueOf, variable } from "./lowering.js";
import { lowerShortCircuit } from "./operator.js";
import { isPattern, lowerAssignmentPattern } from "./pattern.js";
import { spill, spillAs } from "./spill.js";

export function lowerAssignment(l: Lowering, node: ts.BinaryExpression): void {
  const operator = node.operatorToken.kind;
  if (operator === api.SyntaxKind.EqualsToken) return lowerSimple(l, node);
  if (isLogicalAssignment(operator)) return lowerLogicalAssignment(l, node);
  lowerCompound(l, node);
}

function lowerSimple(l: Lowering, node: ts.BinaryExpression): void {
  const target = unwrap(node.left);
  if (isPattern(target) && l.facts.suspends(target)) {
    lowerExpression(l, node.right);
    const value = spillAs(l, node, valueOf(l, node.right), "value");
    lowerAssignmentPattern(l, target, value);
  } else if (isPattern(target)) lowerExpression(l, node.right);
  else {
    lowerTarget(l, target, l.facts.suspends(node.right));
    lowerExpression(l, node.right);
  }
}

/** Evaluates the parts of a reference; keeps them if what follows suspends. */
function lowerTarget(l: Lowering, target: ts.Expression, keep: boolean): void {
  if (api.isPropertyAccessExpression(target)) {
    lowerExpression(l, target.expression);
    if (keep) spill(l, target.expression);
  } else if (api.isElementAccessExpression(target)) {
    lowerExpression(l, target.expression);
    if (keep || l.facts.suspends(target.argumentExpression)) spill(l, target.expression);
    lowerExpression(l, target.argumentExpression);
    if (keep) spill(l, target.argumentExpression);
  }
}

function lowerCompound(l: Lowering, node: ts.BinaryExpression): void {
  const target = unwrap(node.left);
  if (!l.facts.suspends(node.right)) return lowerTarget(l, target, false);
  lowerTarget(l, target, true);
  const before = l.builder.temporary("before");
  l.builder.emit({ kind: "assign", target: before, value: valueOf(l, target) });
  lowerExpression(l, node.right);
  const operator = api.tokenToString(node.operatorToken.kind)!.slice(0, -1);
  l.builder.fill(node, code`${valueOf(l, target)} = ${variable(before)} ${operator} ${valueOf(l, node.right)}`);
}

function lowerLogicalAssignment(l: Lowering, node: ts.BinaryExpression): void {
  const target = unwrap(node.left);
  if (!l.facts.suspends(node.right)) return lowerTarget(l, target, false);
  lowerTarget(l, target, true);
  const result = l.builder.temporary("result");
  l.builder.emit({ kind: "assign", target: result, value: valueOf(l, target) });
  lowerShortCircuit(l, node.operatorToken.kind, result, () => {
    lowerExpression(l, node.right);
    const naming = namingTarget(node.left);
    if (naming && isAnonymousFunction(node.right)) spillAs(l, node.right, valueOf(l, node.right), "value", naming.text);
    l.builder.emit({ kind: "assign", target: result, value: code`${valueOf(l, target)} = ${valueOf(l, node.right)}` });
  });
  l.builder.fill(node, variable(result));
}

function isLogicalAssignment(kind: ts.SyntaxKind): boolean {
  return (
    kind === api.SyntaxKind.AmpersandAmpersandEqualsToken ||
    kind === api.SyntaxKind.BarBarEqualsToken ||
    kind === api.SyntaxKind.QuestionQuestionEqualsToken
  );
}
