/** Where engines say that something is. */

import type ts from "typescript";
import { api } from "../typescript.js";

/** A call is at the name of what it calls, or at the parenthesis. */
export function positionOfCall(
  { expression, questionDotToken, arguments: list }: ts.CallExpression,
  file: ts.SourceFile,
): number {
  if (!questionDotToken && api.isIdentifier(expression)) return expression.getStart(file);
  if (!questionDotToken && api.isPropertyAccessExpression(expression)) return expression.name.getStart(file);
  return list.pos - 1;
}
