/** Optional chains that suspend inside. */

import type ts from "typescript";
import type { BlockId, Value } from "../ir/ir.js";
import { unwrap } from "../syntax/functions.js";
import { positionOfCall } from "../syntax/position.js";
import type { Variable } from "../syntax/scope.js";
import { api } from "../typescript.js";
import { lowerExpression, lowerOperandsOf } from "./expression.js";
import { code, type Lowering, runtime, valueOf, variable } from "./lowering.js";
import { isNullish } from "./operator.js";
import { spill } from "./spill.js";

type Link = ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.CallExpression | ts.NonNullExpression;

export function isInOptionalChain(node: ts.Node): node is Link {
  return (node.flags & api.NodeFlags.OptionalChain) !== 0;
}

/** The expression that a chain starts from, before its first `?.`. */
function rootOf(node: ts.Expression): ts.Expression {
  let at = node;
  while (isInOptionalChain(at)) at = at.expression;
  return at;
}

export function lowerChain(l: Lowering, node: Link): void {
  if (isTakenApart(l, node)) l.builder.fill(node, evaluateChain(l, node).value);
  else lowerExpression(l, rootOf(node));
}

/** Whether more of a chain suspends than what it starts from. */
export function isTakenApart(l: Lowering, node: ts.Expression): node is Link {
  if (!isInOptionalChain(node)) return false;
  const root = rootOf(node);
  return suspendsOutside(l, node, root) || isTakenApart(l, unwrap(root));
}

/** Evaluates a whole chain; parentheses around it do not take the receiver from it. A `delete` of it is true where it stops early. */
export function evaluateChain(l: Lowering, node: Link, isDeleted = false): Evaluated {
  const result = l.builder.temporary("result");
  const missing = l.builder.newBlock();
  const after = l.builder.newBlock();
  const { value, receiver } = lowerLink(l, node, missing);
  l.builder.emit({ kind: "assign", target: result, value: isDeleted ? code`delete ${value}` : value });
  l.builder.end({ kind: "goto", target: after });
  l.builder.begin(missing);
  l.builder.emit({ kind: "assign", target: result, value: isDeleted ? code`true` : code`void 0` });
  l.builder.begin(after);
  return { value: variable(result), receiver };
}

function suspendsOutside(l: Lowering, node: ts.Expression, root: ts.Expression): boolean {
  if (node === root) return false;
  const parts = api.isCallExpression(node)
    ? node.arguments
    : api.isElementAccessExpression(node)
      ? [node.argumentExpression]
      : [];
  return parts.some((part) => l.facts.suspends(part)) || suspendsOutside(l, (node as Link).expression, root);
}

interface Evaluated {
  readonly value: Value;
  /** What `this` is, if this is called next. */
  readonly receiver?: Value;
}

/** Evaluates one link of a chain; goes to `missing` where a `?.` finds nothing. */
function lowerLink(l: Lowering, node: ts.Expression, missing: BlockId): Evaluated {
  if (!isInOptionalChain(node)) return lowerRoot(l, node);
  if (api.isNonNullExpression(node)) return lowerLink(l, node.expression, missing);
  if (api.isCallExpression(node)) return lowerCallLink(l, node, missing);
  const receiver = keepMember(l, node, missing);
  return { value: memberOf(l, node), receiver };
}

function lowerRoot(l: Lowering, node: ts.Expression): Evaluated {
  const target = unwrap(node);
  if (isInOptionalChain(target)) return evaluateChain(l, target);
  if (api.isPropertyAccessExpression(target) || api.isElementAccessExpression(target)) {
    lowerExpression(l, target.expression);
    const receiver = target.expression.kind === api.SyntaxKind.SuperKeyword ? code`this` : spill(l, target.expression);
    if (api.isElementAccessExpression(target)) lowerExpression(l, target.argumentExpression);
    return { value: valueOf(l, node), receiver };
  }
  lowerExpression(l, node);
  return { value: valueOf(l, node) };
}

/** Evaluates the object and the key of a member; gives the object. */
function keepMember(
  l: Lowering,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  missing: BlockId,
): Value {
  const object = keepLink(l, node.expression, missing, node.questionDotToken !== undefined);
  if (api.isElementAccessExpression(node)) {
    lowerExpression(l, node.argumentExpression);
    spill(l, node.argumentExpression);
  }
  return variable(object);
}

function keepLink(l: Lowering, node: ts.Expression, missing: BlockId, isOptional: boolean): Variable {
  const { value } = lowerLink(l, node, missing);
  const kept = l.builder.temporary("object");
  l.builder.emit({ kind: "assign", target: kept, value });
  l.builder.fill(node, variable(kept));
  if (isOptional) stopIfMissing(l, kept, missing);
  return kept;
}

function stopIfMissing(l: Lowering, kept: Variable, missing: BlockId): void {
  const present = l.builder.newBlock();
  l.builder.end({ kind: "branch", test: isNullish(kept), consequent: missing, alternate: present });
  l.builder.begin(present);
}

/** The member access itself, without `?.`: its object stands in a hole. */
function memberOf(l: Lowering, node: Link): Value {
  if (api.isElementAccessExpression(node))
    return code`${valueOf(l, node.expression)}[${valueOf(l, node.argumentExpression)}]`;
  return code`${valueOf(l, node.expression)}.${(node as ts.PropertyAccessExpression).name.text}`;
}

function lowerCallLink(l: Lowering, node: ts.CallExpression, missing: BlockId): Evaluated {
  const { value, receiver } = lowerLink(l, node.expression, missing);
  const callee = l.builder.temporary("callee");
  l.builder.emit({ kind: "assign", target: callee, value });
  if (node.questionDotToken) stopIfMissing(l, callee, missing);
  lowerOperandsOf(l, node.arguments);
  return { value: callOf(l, node, variable(callee), receiver ?? code`void 0`) };
}

/** The call itself, of a callee that was looked up before. Its arguments have been lowered. */
export function callOf(l: Lowering, node: ts.CallExpression, callee: Value, receiver: Value): Value {
  const parts = node.arguments.flatMap((argument) => [", ", valueOf(l, argument)]);
  return {
    kind: "code",
    parts: [runtime("call", positionOfCall(node)), "(", callee, ", ", receiver, ...parts, ")"],
  };
}
