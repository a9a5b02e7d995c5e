/** `for await` loops of ordinary async functions, which may read compiled generators without promises. */

import type ts from "typescript";
import { api } from "../typescript.js";
import { boundNames } from "./declared-names.js";
import { hasModifier, isFunctionBoundary } from "./functions.js";
import { isDirectEval } from "./lexical.js";
import { isStrict } from "./strict.js";
import { isUsing, SuspensionFacts } from "./suspension.js";
import { contains, Matches, walk, walkWith } from "./walk.js";

export type ForAwait = ts.ForOfStatement & { readonly awaitModifier: ts.AwaitKeyword };

export function findConsumers(file: ts.SourceFile): ForAwait[] {
  const found: ForAwait[] = [];
  const awaits = new Matches(file, /\bawait\b/g);
  walkWith(file, false, (node, inAsyncFunction) => {
    if (!awaits.areIn(node)) return undefined;
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

/**
 * Whether the body can be a function of its own: it neither waits nor declares anything for the function around it.
 */
export function canBeCalled(loop: ForAwait): boolean {
  const { initializer, statement } = loop;
  const facts = new SuspensionFacts(loop);
  if (facts.suspends(initializer) || facts.suspends(statement)) return false;
  return !declaresOutside(initializer) && !declaresOutside(statement);
}

/** By `var`, in a sloppy block also by a function, and in ways that only a direct `eval` knows. */
function declaresOutside(root: ts.Node): boolean {
  let found = false;
  walk(root, (node) => {
    if (isDirectEval(node)) found = true;
    if (api.isFunctionDeclaration(node) && !isStrict(node)) found = true;
    if (isFunctionBoundary(node)) return false;
    if (api.isVariableDeclarationList(node) && !(node.flags & api.NodeFlags.BlockScoped)) found = true;
    return !found;
  });
  return found;
}
