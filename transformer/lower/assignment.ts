/** Assignment operators. */

import type ts from "typescript";
import { isLogicalAssignment } from "../syntax/assignment.js";
import { isAnonymousFunction, namingTarget, unwrap } from "../syntax/functions.js";
import { api } from "../typescript.js";
import { lowerExpression } from "./expression.js";
import { code, type Lowering, valueOf, variable } from "./lowering.js";
import { lowerShortCircuit } from "./operator.js";
import { isPattern, lowerAssignmentPattern } from "./pattern.js";
import { spillAs, spillReference } from "./spill.js";

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
  } else {
    if (l.facts.suspends(node.right)) spillReference(l, target);
    else lowerExpression(l, target);
    lowerExpression(l, node.right);
  }
}

function lowerCompound(l: Lowering, node: ts.BinaryExpression): void {
  const target = unwrap(node.left);
  if (!l.facts.suspends(node.right)) return lowerExpression(l, target);
  spillReference(l, target);
  const before = l.builder.temporary("before");
  l.builder.emit({ kind: "assign", target: before, value: valueOf(l, target) });
  lowerExpression(l, node.right);
  const operator = api.tokenToString(node.operatorToken.kind)!.slice(0, -1);
  l.builder.fill(node, code`${valueOf(l, target)} = ${variable(before)} ${operator} ${valueOf(l, node.right)}`);
}

function lowerLogicalAssignment(l: Lowering, node: ts.BinaryExpression): void {
  const target = unwrap(node.left);
  if (!l.facts.suspends(node.right)) return lowerExpression(l, target);
  spillReference(l, target);
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
