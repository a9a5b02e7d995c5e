/** `await` outside of all functions: what makes a file a module, whatever else is in it. */

import type ts from "typescript";
import { typescript as api } from "../../transformer/index.js";

export function awaitsAtTopLevel(source: string, fileName: string): boolean {
  // Most files in which nothing is awaited at all need no tree.
  if (!/\bawait\b/.test(source)) return false;
  const awaits = (node: ts.Node): boolean => {
    if (api.isFunctionLike(node)) return false;
    if (api.isAwaitExpression(node)) return true;
    if (api.isForOfStatement(node) && node.awaitModifier) return true;
    if (api.isVariableDeclarationList(node) && (node.flags & api.NodeFlags.AwaitUsing) === api.NodeFlags.AwaitUsing)
      return true;
    return api.forEachChild(node, awaits) ?? false;
  };
  return awaits(api.createSourceFile(fileName, source, api.ScriptTarget.Latest));
}
