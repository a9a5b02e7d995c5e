/** JSX elements: attributes and children are operands, from left to right. */

import type ts from "typescript";
import { api } from "../typescript.js";
import { lowerExpression } from "./expression.js";
import { code, type Lowering, valueOf } from "./lowering.js";
import { lowerOperands, type Operand, operand, spillAs } from "./spill.js";

type Element = ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment;

export function lowerJsx(l: Lowering, node: Element): void {
  const opening = api.isJsxElement(node) ? node.openingElement : api.isJsxFragment(node) ? undefined : node;
  const attributes = opening?.attributes.properties.flatMap((attribute) => attributeOperands(l, attribute)) ?? [];
  const children = api.isJsxSelfClosingElement(node) ? [] : node.children.flatMap((child) => childOperands(l, child));
  lowerOperands(l, [...attributes, ...children]);
}

function attributeOperands(l: Lowering, node: ts.JsxAttributeLike): Operand[] {
  if (api.isJsxSpreadAttribute(node)) return [copied(l, node.expression)];
  const { initializer } = node;
  if (!initializer || api.isStringLiteral(initializer)) return [];
  return childOperands(l, initializer);
}

function childOperands(l: Lowering, node: ts.JsxChild | ts.JsxExpression): Operand[] {
  if (api.isJsxText(node)) return [];
  if (!api.isJsxExpression(node)) return [operand(l, node)];
  return node.expression ? [operand(l, node.expression)] : [];
}

function copied(l: Lowering, node: ts.Expression): Operand {
  return {
    node,
    lower: () => lowerExpression(l, node),
    spill: () => void spillAs(l, node, code`{ ...${valueOf(l, node)} }`, "spread"),
  };
}
