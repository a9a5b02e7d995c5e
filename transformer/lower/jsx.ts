/** JSX elements: the tag, the attributes and the children are operands, from left to right. */

import type ts from "typescript";
import { isIntrinsic } from "../syntax/reference-position.js";
import { api } from "../typescript.js";
import { namedOperand } from "./literal.js";
import type { Lowering } from "./lowering.js";
import { copyOperand, lowerOperands, type Operand, operand, spill } from "./spill.js";

type Element = ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment;

export function lowerJsx(l: Lowering, node: Element): void {
  const opening = api.isJsxElement(node) ? node.openingElement : api.isJsxFragment(node) ? undefined : node;
  const attributes = opening?.attributes.properties.flatMap((attribute) => attributeOperands(l, attribute)) ?? [];
  const children = api.isJsxSelfClosingElement(node) ? [] : node.children.flatMap((child) => childOperands(l, child));
  const tag = opening && isComponent(opening.tagName) ? [tagOperand(l, node, opening.tagName)] : [];
  lowerOperands(l, [...tag, ...attributes, ...children]);
}

function isComponent(tag: ts.JsxTagNameExpression): tag is Exclude<typeof tag, ts.JsxNamespacedName> {
  return !api.isJsxNamespacedName(tag) && !(api.isIdentifier(tag) && isIntrinsic(tag.text));
}

function tagOperand(l: Lowering, node: Element, tag: ts.Expression): Operand {
  return {
    node: tag,
    lower: () => {},
    spill: () => {
      const kept = spill(l, tag);
      if (api.isJsxElement(node) && kept.kind === "variable") l.builder.fill(node.closingElement.tagName, kept);
    },
  };
}

function attributeOperands(l: Lowering, node: ts.JsxAttributeLike): Operand[] {
  if (api.isJsxSpreadAttribute(node)) return [copyOperand(l, node.expression)];
  const { initializer } = node;
  if (!initializer || api.isStringLiteral(initializer)) return [];
  const value = api.isJsxExpression(initializer) ? initializer.expression : initializer;
  return value ? [namedOperand(l, node.name, value)] : [];
}

function childOperands(l: Lowering, node: ts.JsxChild): Operand[] {
  if (api.isJsxText(node)) return [];
  if (!api.isJsxExpression(node)) return [operand(l, node)];
  return node.expression ? [operand(l, node.expression)] : [];
}
