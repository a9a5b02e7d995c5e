/** Operators that evaluate their operands conditionally, comma and delete. */

import type ts from "typescript";
import type { BlockId } from "../ir/ir.js";
import { unwrap } from "../syntax/functions.js";
import type { Variable } from "../syntax/scope.js";
import { api } from "../typescript.js";
import { evaluateChain, isInOptionalChain } from "./chain.js";
import { evaluate, lowerExpression, lowerForEffect } from "./expression.js";
import { code, type Lowering, valueOf, variable } from "./lowering.js";

/** The left operand has been lowered. */
export function lowerComma(l: Lowering, node: ts.BinaryExpression): void {
  evaluate(l, node.left);
  lowerExpression(l, node.right);
  l.builder.fill(node, valueOf(l, node.right));
}

/** The left operand has been lowered. */
export function lowerLogical(l: Lowering, node: ts.BinaryExpression): void {
  if (!l.facts.suspends(node.right)) return;
  const result = l.builder.temporary("result");
  l.builder.emit({ kind: "assign", target: result, value: valueOf(l, node.left) });
  lowerShortCircuit(l, node.operatorToken.kind, result, () => {
    lowerExpression(l, node.right);
    l.builder.emit({ kind: "assign", target: result, value: valueOf(l, node.right) });
  });
  l.builder.fill(node, variable(result));
}

/** Runs `evaluate` unless the operator stops at the value in `result`. */
export function lowerShortCircuit(l: Lowering, operator: ts.SyntaxKind, result: Variable, evaluate: () => void): void {
  const { builder } = l;
  const right = builder.newBlock();
  const after = builder.newBlock();
  builder.end({ kind: "branch", ...testOf(operator, result, right, after) });
  builder.begin(right);
  evaluate();
  builder.begin(after);
}

function testOf(operator: ts.SyntaxKind, result: Variable, right: BlockId, after: BlockId) {
  switch (operator) {
    case api.SyntaxKind.AmpersandAmpersandToken:
    case api.SyntaxKind.AmpersandAmpersandEqualsToken:
      return { test: variable(result), consequent: right, alternate: after };
    case api.SyntaxKind.BarBarToken:
    case api.SyntaxKind.BarBarEqualsToken:
      return { test: variable(result), consequent: after, alternate: right };
    default:
      return { test: isNullish(result), consequent: right, alternate: after };
  }
}

/** `== null` would take `document.all` for nullish; `?.` and `??` do not. */
export const isNullish = (of: Variable) => code`${variable(of)} === null || ${variable(of)} === void 0`;

export function lowerConditional(l: Lowering, node: ts.ConditionalExpression): void {
  if (!hasSuspendingArm(l, node)) return lowerExpression(l, node.condition);
  const result = l.builder.temporary("result");
  lowerArms(l, node, (arm) => {
    lowerExpression(l, arm);
    l.builder.emit({ kind: "assign", target: result, value: valueOf(l, arm) }, arm);
  });
  l.builder.fill(node, variable(result));
}

export function hasSuspendingArm({ facts }: Lowering, { whenTrue, whenFalse }: ts.ConditionalExpression): boolean {
  return facts.suspends(whenTrue) || facts.suspends(whenFalse);
}

/** Runs `lowerArm` for each of the two values, where it is evaluated. */
export function lowerArms(l: Lowering, node: ts.ConditionalExpression, lowerArm: (arm: ts.Expression) => void): void {
  const { builder } = l;
  lowerExpression(l, node.condition);
  const consequent = builder.newBlock();
  const alternate = builder.newBlock();
  const after = builder.newBlock();
  builder.end({ kind: "branch", test: valueOf(l, node.condition), consequent, alternate });
  builder.begin(consequent);
  lowerArm(node.whenTrue);
  builder.end({ kind: "goto", target: after });
  builder.begin(alternate);
  lowerArm(node.whenFalse);
  builder.begin(after);
}

export function lowerDelete(l: Lowering, node: ts.DeleteExpression): void {
  const target = unwrap(node.expression);
  if (isInOptionalChain(target)) l.builder.fill(node, evaluateChain(l, target, true).value);
  else if (api.isPropertyAccessExpression(target) || api.isElementAccessExpression(target)) lowerExpression(l, target);
  else {
    // Nothing is deleted. The value may be in a variable by now, which strict code must not delete.
    lowerForEffect(l, target);
    l.builder.fill(node, code`true`);
  }
}
