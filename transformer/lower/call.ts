/** Calls, construction, tagged templates: the callee is looked up before the arguments are evaluated. */

import type ts from "typescript";
import type { Value } from "../ir/ir.js";
import { unwrap } from "../syntax/functions.js";
import { api } from "../typescript.js";
import { lowerExpression, lowerOperandsOf } from "./expression.js";
import { code, expression, type Lowering, runtime } from "./lowering.js";
import { spill, spillAs, spillReference } from "./spill.js";

export function lowerCall(l: Lowering, node: ts.CallExpression): void {
  if (!node.arguments.some((argument) => l.facts.suspends(argument))) return lowerExpression(l, node.expression);
  if (isKeywordCallee(node.expression)) return lowerOperandsOf(l, node.arguments);
  const receiver = lowerCallee(l, node.expression);
  lowerOperandsOf(l, node.arguments);
  if (!receiver) return;
  l.builder.fill(node, { kind: "code", parts: [runtime("call"), "(", expression(node.expression), ", ", receiver, ...argumentParts(node.arguments), ")"] });
}

function argumentParts(nodes: readonly ts.Expression[]): (string | Value)[] {
  return nodes.flatMap((node) => [", ", expression(node)]);
}

/** Looks the callee up; gives the receiver if it is a member. */
function lowerCallee(l: Lowering, callee: ts.Expression): Value | undefined {
  const target = unwrap(callee);
  if (api.isPropertyAccessExpression(target) || api.isElementAccessExpression(target)) {
    spillReference(l, target);
    spillAs(l, callee, expression(target), "callee");
    return target.expression.kind === api.SyntaxKind.SuperKeyword ? code`this` : expression(target.expression);
  }
  lowerExpression(l, callee);
  spill(l, callee);
  return undefined;
}

function isKeywordCallee(node: ts.Expression): boolean {
  return node.kind === api.SyntaxKind.ImportKeyword || node.kind === api.SyntaxKind.SuperKeyword;
}

export function lowerNew(l: Lowering, node: ts.NewExpression): void {
  lowerOperandsOf(l, [node.expression, ...(node.arguments ?? [])]);
}

export function lowerTaggedTemplate(l: Lowering, node: ts.TaggedTemplateExpression): void {
  if (!l.facts.suspends(node.template)) return lowerExpression(l, node.tag);
  const receiver = lowerCallee(l, node.tag);
  if (receiver) spillAs(l, node.tag, code`${runtime("tagged")}(${expression(node.tag)}, ${receiver})`, "tag");
  lowerOperandsOf(l, (node.template as ts.TemplateExpression).templateSpans.map((span) => span.expression));
}
