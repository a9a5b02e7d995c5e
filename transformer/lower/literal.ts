/** Array and object literals, template strings. */

import type ts from "typescript";
import { isAnonymousFunction, unwrap } from "../syntax/functions.js";
import { propertyName } from "../syntax/targets.js";
import { api } from "../typescript.js";
import { lowerExpression, lowerOperandsOf } from "./expression.js";
import { code, type Lowering, runtime, valueOf } from "./lowering.js";
import { copyOperand, keyOperand, lowerOperands, type Operand, operand, operandAs, spillAs } from "./spill.js";

export function lowerArray(l: Lowering, node: ts.ArrayLiteralExpression): void {
  lowerOperandsOf(l, node.elements);
}

/** Each substitution becomes a string in its turn (ECMA-262 §13.2.8.5). */
export function lowerTemplate(l: Lowering, node: ts.TemplateExpression): void {
  lowerOperands(
    l,
    node.templateSpans.map(({ expression }) => operandAs(l, expression, "text", (value) => code`\`\${${value}}\``)),
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
  if (api.isPropertyAssignment(node)) return [...key, namedOperand(l, node.name, node.initializer)];
  if (api.isShorthandPropertyAssignment(node)) return [operand(l, node.name)];
  if (api.isSpreadAssignment(node)) return [copyOperand(l, node.expression)];
  return key;
}

/** A class that stands alone as a property's value is named after the property. */
export function namedOperand(
  l: Lowering,
  name: ts.PropertyName | ts.JsxAttributeName,
  initializer: ts.Expression,
): Operand {
  if (!isAnonymousFunction(initializer)) return operand(l, initializer);
  const spill = () => {
    if (!api.isClassExpression(unwrap(initializer))) return;
    const value = valueOf(l, initializer);
    if (!api.isComputedPropertyName(name)) spillAs(l, initializer, value, "operand", textOf(name));
    else spillAs(l, initializer, code`${runtime("named")}(${value}, ${valueOf(l, name.expression)})`, "operand");
  };
  return { node: initializer, lower: () => lowerExpression(l, initializer), spill };
}

const textOf = (name: Exclude<ts.PropertyName | ts.JsxAttributeName, ts.ComputedPropertyName>): string =>
  api.isJsxNamespacedName(name) ? name.getText() : propertyName(name);
