/**
 * Order of evaluation across a suspension: what an expression evaluated before it is kept in temporaries.
 */

import type ts from "typescript";
import type { Value } from "../ir/ir.js";
import { unwrap } from "../syntax/functions.js";
import { endOfDeclaration } from "../syntax/scope.js";
import { api } from "../typescript.js";
import { lowerExpression } from "./expression.js";
import { code, type Lowering, runtime, valueOf, variable } from "./lowering.js";

/** Evaluates an expression now and lets its node stand for the result. */
export function spill(l: Lowering, node: ts.Expression): Value {
  if (isStable(l, node)) return valueOf(l, node);
  return spillAs(l, node, valueOf(l, node), "operand");
}

/** Evaluates `value` now and lets `node` stand for it. An anonymous function gets the name `named`. */
export function spillAs(l: Lowering, node: ts.Node, value: Value, name: string, named?: string): Value {
  const kept = l.builder.temporary(name);
  l.builder.emit({ kind: "assign", target: kept, value, named }, node);
  l.builder.fill(node, variable(kept));
  return variable(kept);
}

/** Nothing that runs in between can change what it evaluates to, and evaluating it does nothing. */
function isStable(l: Lowering, node: ts.Expression): boolean {
  const inner = unwrap(node);
  if (api.isLiteralExpression(inner) && !api.isRegularExpressionLiteral(inner)) return true;
  switch (inner.kind) {
    case api.SyntaxKind.TrueKeyword:
    case api.SyntaxKind.FalseKeyword:
    case api.SyntaxKind.NullKeyword:
    case api.SyntaxKind.ThisKeyword:
    case api.SyntaxKind.SuperKeyword:
    case api.SyntaxKind.OmittedExpression:
    case api.SyntaxKind.ArrowFunction:
    case api.SyntaxKind.FunctionExpression:
      return true;
    case api.SyntaxKind.Identifier: {
      const reference = l.bindings.referenceOf(inner as ts.Identifier);
      const of = reference?.variable;
      return (
        of?.kind === "const" &&
        !reference!.dead &&
        of.scope.owner === reference!.owner &&
        endOfDeclaration(of.declarations[0]!) <= inner.pos &&
        of.scope.kind !== "switch"
      );
    }
    default:
      return false;
  }
}

/** Something that is evaluated in its turn: an expression, with its own way of being kept. */
export interface Operand {
  readonly node: ts.Node;
  readonly lower: () => void;
  readonly spill: () => void;
}

/** Lowers operands in order of evaluation; all but the last that suspends are kept in temporaries. */
export function lowerOperands(l: Lowering, operands: readonly Operand[]): void {
  const last = operands.findLastIndex((operand) => l.facts.suspends(operand.node));
  operands.slice(0, last + 1).forEach((operand, index) => {
    operand.lower();
    if (index < last) operand.spill();
  });
}

export function operand(l: Lowering, node: ts.Expression): Operand {
  // It iterates in its turn.
  if (api.isSpreadElement(node)) return operandAs(l, node.expression, "spread", (value) => code`[...${value}]`);
  return { node, lower: () => lowerExpression(l, node), spill: () => void spill(l, node) };
}

/** An operand that something is done with in its turn: what is kept is `made` of its value. */
export function operandAs(l: Lowering, node: ts.Expression, name: string, made: (value: Value) => Value): Operand {
  return {
    node,
    lower: () => lowerExpression(l, node),
    spill: () => void spillAs(l, node, made(valueOf(l, node)), name),
  };
}

/** What is spread into an object, whose properties are copied in its turn. */
export const copyOperand = (l: Lowering, node: ts.Expression): Operand =>
  operandAs(l, node, "spread", (value) => code`{ ...${value} }`);

/** A computed key becomes a property key in its turn. */
export function keyOperand(l: Lowering, { expression }: ts.ComputedPropertyName): Operand {
  const kept = operandAs(l, expression, "key", (value) => code`${runtime("key")}(${value})`);
  return api.isStringLiteralLike(expression) ? { ...kept, spill: () => {} } : kept;
}

/** Evaluates the parts of a member reference now, so that it can be read or written later. */
export function spillReference(l: Lowering, node: ts.Expression): void {
  const target = unwrap(node);
  const keep = (part: ts.Expression) => {
    lowerExpression(l, part);
    spill(l, part);
  };
  if (api.isPropertyAccessExpression(target) || api.isElementAccessExpression(target)) keep(target.expression);
  if (api.isElementAccessExpression(target)) keep(target.argumentExpression);
}
