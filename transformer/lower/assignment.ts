/** Assignment operators. */

import type ts from "typescript";
import { unwrap } from "../syntax/functions.js";
import { api } from "../typescript.js";
import { lowerExpression } from "./expression.js";
import { code, expression, type Lowering, runtime, variable } from "./lowering.js";
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
    const value = spillAs(l, node, expression(node.right), "value");
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

/** Evaluates the parts of a reference that is read and then written: its key becomes a property key once. */
function keepReference(l: Lowering, target: ts.Expression): void {
  lowerTarget(l, target, true);
  if (api.isElementAccessExpression(target) && !api.isLiteralExpression(unwrap(target.argumentExpression)))
    spillAs(l, target.argumentExpression, code`${runtime("key")}(${expression(target.argumentExpression)})`, "key");
}

function lowerCompound(l: Lowering, node: ts.BinaryExpression): void {
  const target = unwrap(node.left);
  if (!l.facts.suspends(node.right)) return lowerTarget(l, target, false);
  keepReference(l, target);
  const before = l.builder.temporary("before");
  l.builder.emit({ kind: "assign", target: before, value: expression(target) });
  lowerExpression(l, node.right);
  const operator = api.tokenToString(node.operatorToken.kind)!.slice(0, -1);
  l.builder.fill(node, code`${expression(target)} = ${variable(before)} ${operator} ${expression(node.right)}`);
}

function lowerLogicalAssignment(l: Lowering, node: ts.BinaryExpression): void {
  const target = unwrap(node.left);
  if (!l.facts.suspends(node.right)) return lowerTarget(l, target, false);
  keepReference(l, target);
  const result = l.builder.temporary("result");
  l.builder.emit({ kind: "assign", target: result, value: expression(target) });
  lowerShortCircuit(l, node.operatorToken.kind, result, () => {
    lowerExpression(l, node.right);
    l.builder.emit({ kind: "assign", target: result, value: code`${expression(target)} = ${expression(node.right)}` });
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
