/** Calls, construction, tagged templates: the callee is looked up before the arguments are evaluated. */

import type ts from "typescript";
import type { Value } from "../ir/ir.js";
import { unwrap } from "../syntax/functions.js";
import { api } from "../typescript.js";
import { callOf, evaluateChain, isInOptionalChain, isTakenApart } from "./chain.js";
import { lowerExpression, lowerOperandsOf } from "./expression.js";
import { code, type Lowering, runtime, valueOf } from "./lowering.js";
import { spill, spillAs, spillReference } from "./spill.js";

export function lowerCall(l: Lowering, node: ts.CallExpression): void {
  if (!node.arguments.some((argument) => l.facts.suspends(argument)) && !isTakenApart(l, unwrap(node.expression)))
    return lowerExpression(l, node.expression);
  if (isKeywordCallee(node.expression)) return lowerOperandsOf(l, node.arguments);
  const receiver = lowerCallee(l, node.expression);
  lowerOperandsOf(l, node.arguments);
  if (receiver) l.builder.fill(node, callOf(l, node, valueOf(l, node.expression), receiver));
}

/** Looks the callee up; gives the receiver if it is a member. */
function lowerCallee(l: Lowering, callee: ts.Expression): Value | undefined {
  const target = unwrap(callee);
  if (isInOptionalChain(target)) {
    const { value, receiver } = evaluateChain(l, target);
    l.builder.fill(callee, value);
    return receiver;
  }
  if (api.isPropertyAccessExpression(target) || api.isElementAccessExpression(target)) {
    spillReference(l, target);
    spillAs(l, callee, valueOf(l, target), "callee");
    return target.expression.kind === api.SyntaxKind.SuperKeyword ? code`this` : valueOf(l, target.expression);
  }
  lowerExpression(l, callee);
  spill(l, callee);
  return undefined;
}

/** `super`, `import`, and `import.defer` and the like, which are no values. */
function isKeywordCallee(node: ts.Expression): boolean {
  if (api.isMetaProperty(node)) return node.keywordToken === api.SyntaxKind.ImportKeyword && node.name.text !== "meta";
  return node.kind === api.SyntaxKind.ImportKeyword || node.kind === api.SyntaxKind.SuperKeyword;
}

export function lowerNew(l: Lowering, node: ts.NewExpression): void {
  lowerOperandsOf(l, [node.expression, ...(node.arguments ?? [])]);
}

export function lowerTaggedTemplate(l: Lowering, node: ts.TaggedTemplateExpression): void {
  if (!l.facts.suspends(node.template) && !isTakenApart(l, unwrap(node.tag))) return lowerExpression(l, node.tag);
  const receiver = lowerCallee(l, node.tag);
  if (receiver) spillAs(l, node.tag, code`${runtime("tagged")}(${valueOf(l, node.tag)}, ${receiver})`, "tag");
  if (api.isTemplateExpression(node.template))
    lowerOperandsOf(
      l,
      node.template.templateSpans.map((span) => span.expression),
    );
}
