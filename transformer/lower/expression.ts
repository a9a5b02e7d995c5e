/**
 * Expressions: dispatch.
 *
 * After `lowerExpression(l, node)` the node can be evaluated without suspending: each part of it that suspends
 * has run, and stands in the body's holes.
 */

import type ts from "typescript";
import { InvariantError } from "../fault.js";
import { isAssignment } from "../syntax/assignment.js";
import { isErasedWrapper, unwrap } from "../syntax/functions.js";
import { api } from "../typescript.js";
import { lowerAssignment } from "./assignment.js";
import { lowerCall, lowerNew, lowerTaggedTemplate } from "./call.js";
import { isInOptionalChain, lowerChain } from "./chain.js";
import { lowerClassExpression } from "./class.js";
import { lowerJsx } from "./jsx.js";
import { lowerArray, lowerObject, lowerTemplate } from "./literal.js";
import { type Lowering, valueOf } from "./lowering.js";
import { hasSuspendingArm, lowerArms, lowerComma, lowerConditional, lowerDelete, lowerLogical } from "./operator.js";
import { lowerOperands, operand, spill } from "./spill.js";
import { lowerAwait, lowerYield } from "./suspension.js";

export function lowerExpression(l: Lowering, node: ts.Expression): void {
  if (!l.facts.suspends(node)) return;
  if (isInOptionalChain(node)) return lowerChain(l, node);
  if (api.isParenthesizedExpression(node) || isErasedWrapper(node)) return lowerExpression(l, node.expression);
  if (api.isJsxElement(node) || api.isJsxSelfClosingElement(node) || api.isJsxFragment(node)) return lowerJsx(l, node);
  switch (node.kind) {
    case api.SyntaxKind.YieldExpression:
      return lowerYield(l, node as ts.YieldExpression);
    case api.SyntaxKind.AwaitExpression:
      return lowerAwait(l, node as ts.AwaitExpression);
    case api.SyntaxKind.BinaryExpression:
      return lowerBinary(l, node as ts.BinaryExpression);
    case api.SyntaxKind.ConditionalExpression:
      return lowerConditional(l, node as ts.ConditionalExpression);
    case api.SyntaxKind.PrefixUnaryExpression:
    case api.SyntaxKind.PostfixUnaryExpression:
      return lowerExpression(l, (node as ts.PrefixUnaryExpression).operand);
    case api.SyntaxKind.DeleteExpression:
      return lowerDelete(l, node as ts.DeleteExpression);
    case api.SyntaxKind.TypeOfExpression:
    case api.SyntaxKind.VoidExpression:
    case api.SyntaxKind.PropertyAccessExpression:
    case api.SyntaxKind.SpreadElement:
    case api.SyntaxKind.ExpressionWithTypeArguments:
      return lowerExpression(l, (node as ts.TypeOfExpression).expression);
    case api.SyntaxKind.ElementAccessExpression:
      return lowerOperandsOf(l, [
        (node as ts.ElementAccessExpression).expression,
        (node as ts.ElementAccessExpression).argumentExpression,
      ]);
    case api.SyntaxKind.CallExpression:
      return lowerCall(l, node as ts.CallExpression);
    case api.SyntaxKind.NewExpression:
      return lowerNew(l, node as ts.NewExpression);
    case api.SyntaxKind.TaggedTemplateExpression:
      return lowerTaggedTemplate(l, node as ts.TaggedTemplateExpression);
    case api.SyntaxKind.TemplateExpression:
      return lowerTemplate(l, node as ts.TemplateExpression);
    case api.SyntaxKind.ArrayLiteralExpression:
      return lowerArray(l, node as ts.ArrayLiteralExpression);
    case api.SyntaxKind.ObjectLiteralExpression:
      return lowerObject(l, node as ts.ObjectLiteralExpression);
    case api.SyntaxKind.ClassExpression:
      return lowerClassExpression(l, node as ts.ClassExpression);
    default:
      throw new InvariantError("lower", `cannot lower expression of kind ${api.SyntaxKind[node.kind]}`);
  }
}

/** Evaluates an expression whose value nobody uses. */
export function lowerForEffect(l: Lowering, node: ts.Expression): void {
  const inner = unwrap(node);
  if (api.isConditionalExpression(inner) && hasSuspendingArm(l, inner))
    return lowerArms(l, inner, (arm) => lowerForEffect(l, arm));
  lowerExpression(l, node);
  evaluate(l, node);
}

/** Evaluates what has been lowered. */
export function evaluate(l: Lowering, node: ts.Expression): void {
  const value = valueOf(l, node);
  const isDone = [value, valueOf(l, unwrap(node))].some(({ kind }) => kind === "variable");
  if (!isDone) l.builder.emit({ kind: "evaluate", value, origin: node });
}

export function lowerOperandsOf(l: Lowering, nodes: readonly ts.Expression[]): void {
  lowerOperands(
    l,
    nodes.map((node) => operand(l, node)),
  );
}

function lowerBinary(l: Lowering, node: ts.BinaryExpression): void {
  if (isAssignment(node)) return lowerAssignment(l, node);
  const chain = [node];
  let { left } = node;
  for (; api.isBinaryExpression(left) && !isAssignment(left) && l.facts.suspends(left); left = left.left)
    chain.push(left);
  if (!api.isPrivateIdentifier(left)) lowerExpression(l, left);
  for (const each of chain.reverse()) lowerRight(l, each);
}

/** What is left of an operator whose left operand has been lowered. */
function lowerRight(l: Lowering, node: ts.BinaryExpression): void {
  const operator = node.operatorToken.kind;
  if (operator === api.SyntaxKind.CommaToken) return lowerComma(l, node);
  if (isLogical(operator)) return lowerLogical(l, node);
  if (!l.facts.suspends(node.right)) return;
  if (!api.isPrivateIdentifier(node.left)) spill(l, node.left);
  lowerExpression(l, node.right);
}

function isLogical(kind: ts.SyntaxKind): boolean {
  return (
    kind === api.SyntaxKind.AmpersandAmpersandToken ||
    kind === api.SyntaxKind.BarBarToken ||
    kind === api.SyntaxKind.QuestionQuestionToken
  );
}
