/** Strict mode code (ECMA-262 §11.2.2). */

import type ts from "typescript";
import { api } from "../typescript.js";
import { isAssignment, isUpdate } from "./assignment.js";
import { isDirective } from "./prologue.js";
import { walk } from "./walk.js";

/** Whether a node's code is strict. */
export function isStrict(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if (api.isClassLike(at)) return true;
    if (api.isSourceFile(at)) return api.isExternalModule(at) || hasUseStrict(at.statements);
    const body = api.isFunctionLike(at) ? (at as ts.FunctionLikeDeclaration).body : undefined;
    if (body && api.isBlock(body) && hasUseStrict(body.statements)) return true;
  }
  return false;
}

/** Whether a body or file starts with the directive. Escapes in it make it another one. */
export function hasUseStrict(statements: readonly ts.Statement[]): boolean {
  for (const statement of statements) {
    if (!isDirective(statement)) return false;
    if (/^["']use strict["']$/.test(statement.expression.getText())) return true;
  }
  return false;
}

/** Whether an expression can do something else in strict mode: it assigns, deletes, or makes functions. */
export function dependsOnStrict(node: ts.Node): boolean {
  let found = false;
  walk(node, (at) => {
    found ||=
      (api.isBinaryExpression(at) && isAssignment(at)) ||
      isUpdate(at) ||
      api.isDeleteExpression(at) ||
      api.isFunctionLike(at);
    // A class is strict by itself wherever it stands.
    return !found && !api.isClassLike(at);
  });
  return found;
}
