/** Where engines say that something is. */

import type ts from "typescript";
import { api } from "../typescript.js";

/** A call is at the name of what it calls, or at the parenthesis. */
export function positionOfCall({ expression, questionDotToken, arguments: list }: ts.CallExpression): number {
  if (!questionDotToken && api.isIdentifier(expression)) return expression.getStart();
  if (!questionDotToken && api.isPropertyAccessExpression(expression)) return expression.name.getStart();
  return list.pos - 1;
}
