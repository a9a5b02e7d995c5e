/** Directive prologues (ECMA-262 §11.2.1). */

import type ts from "typescript";
import { api } from "../typescript.js";

/** Whether a statement, with nothing but others like it before it, is a directive. */
export function isDirective(
  statement: ts.Statement,
): statement is ts.ExpressionStatement & { readonly expression: ts.StringLiteral } {
  return api.isExpressionStatement(statement) && api.isStringLiteral(statement.expression);
}
