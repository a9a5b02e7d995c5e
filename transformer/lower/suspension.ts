/** yield, yield*, await. */

import type ts from "typescript";
import type { Suspension } from "../ir/ir.js";
import { lowerExpression } from "./expression.js";
import { code, type Lowering, resumption, valueOf, variable } from "./lowering.js";

export function lowerYield(l: Lowering, node: ts.YieldExpression): void {
  suspend(l, node, node.expression, node.asteriskToken ? "Delegate" : "Yield");
}

export function lowerAwait(l: Lowering, node: ts.AwaitExpression): void {
  suspend(l, node, node.expression, "Await");
}

function suspend(
  l: Lowering,
  node: ts.Expression,
  operand: ts.Expression | undefined,
  operation: Suspension["operation"],
): void {
  const { builder } = l;
  if (operand) lowerExpression(l, operand);
  builder.suspend(operation, operand ? valueOf(l, operand) : code`void 0`, node);
  const sent = builder.temporary("sent");
  builder.emit({ kind: "assign", target: sent, value: resumption });
  builder.fill(node, variable(sent));
}
