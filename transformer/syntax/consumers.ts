/** `for await` loops of ordinary async functions, which may read compiled generators without promises. */

import type ts from "typescript";
import { api } from "../typescript.js";
import { boundNames } from "./declared-names.js";
import { hasModifier, isFunctionBoundary } from "./functions.js";
import { isUsing } from "./suspension.js";
import { contains, walkWith } from "./walk.js";

export type ForAwait = ts.ForOfStatement & { readonly awaitModifier: ts.AwaitKeyword };

export function findConsumers(file: ts.SourceFile): ForAwait[] {
  const found: ForAwait[] = [];
  walkWith(file, false, (node, inAsyncFunction) => {
    const inside = isFunctionBoundary(node) ? isAsyncFunction(node) : inAsyncFunction;
    if (inside && isForAwait(node) && canBeRead(node)) found.push(node);
    return inside;
  });
  return found;
}

function isAsyncFunction(node: ts.Node): boolean {
  return hasModifier(node, api.SyntaxKind.AsyncKeyword) && (node as ts.FunctionDeclaration).asteriskToken === undefined;
}

export function isForAwait(node: ts.Node): node is ForAwait {
  return api.isForOfStatement(node) && node.awaitModifier !== undefined;
}

/** Not a head that disposes of what it binds, nor one whose own bindings are in their dead zone in its expression. */
function canBeRead({ initializer, expression }: ForAwait): boolean {
  if (!api.isVariableDeclarationList(initializer)) return true;
  if (isUsing(initializer)) return false;
  if (!(initializer.flags & api.NodeFlags.BlockScoped)) return true;
  const names = new Set(boundNames(initializer.declarations[0]!.name).map(({ text }) => text));
  return !contains(expression, (node) => api.isIdentifier(node) && names.has(node.text));
}
