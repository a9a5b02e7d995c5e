/** Array and object literals, template strings. */

import type ts from "typescript";
import { api } from "../typescript.js";
import { lowerExpression, lowerOperandsOf } from "./expression.js";
import { code, type Lowering, valueOf } from "./lowering.js";
import { keyOperand, lowerOperands, type Operand, operand, spillAs } from "./spill.js";

export function lowerArray(l: Lowering, node: ts.ArrayLiteralExpression): void {
  lowerOperandsOf(l, node.elements);
}

/** Each substitution becomes a string in its turn (ECMA-262 §13.2.8.5). */
export function lowerTemplate(l: Lowering, node: ts.TemplateExpression): void {
  lowerOperands(
    l,
    node.templateSpans.map(({ expression: part }) => ({
      node: part,
      lower: () => lowerExpression(l, part),
      spill: () => void spillAs(l, part, code`\`\${${valueOf(l, part)}}\``, "text"),
    })),
  );
}

export function lowerObject(l: Lowering, node: ts.ObjectLiteralExpression): void {
  lowerOperands(
    l,
    node.properties.flatMap((property) => propertyOperands(l, property)),
  );
}

function propertyOperands(l: Lowering, node: ts.ObjectLiteralElementLike): Operand[] {
  const key = node.name && api.isComputedPropertyName(node.name) ? [keyOperand(l, node.name)] : [];
  if (api.isPropertyAssignment(node)) return [...key, operand(l, node.initializer)];
  if (api.isShorthandPropertyAssignment(node)) return [operand(l, node.name)];
  if (api.isSpreadAssignment(node)) return [spreadOperand(l, node)];
  return key;
}

/** `...x` copies properties in its turn. */
function spreadOperand(l: Lowering, node: ts.SpreadAssignment): Operand {
  return {
    node,
    lower: () => lowerExpression(l, node.expression),
    spill: () => void spillAs(l, node.expression, code`{ ...${valueOf(l, node.expression)} }`, "spread"),
  };
}
