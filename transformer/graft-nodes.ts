/** What the graft asks about nodes. */

import type ts from "typescript";
import type { TypeScript } from "./typescript.js";

export function nameOf(node: ts.Node): string | undefined {
  const { name } = node as { name?: { text?: string } };
  return name?.text;
}

export function opensJsx(ts: TypeScript, node: ts.Node): boolean {
  return ts.isJsxOpeningLikeElement(node) || ts.isJsxOpeningFragment(node);
}

export function isJsx(ts: TypeScript, node: ts.Node): boolean {
  return ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);
}

export function isDeclarationLike(ts: TypeScript, node: ts.Node): boolean {
  return (
    ts.isClassLike(node) ||
    ts.isFunctionLike(node) ||
    ts.isVariableStatement(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isModuleBlock(node) ||
    ts.isExportAssignment(node)
  );
}

/** Whether one call of a function can come to a node several times. */
export function isRepeated(ts: TypeScript, node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isFunctionLike(at); at = at.parent)
    if (ts.isIterationStatement(at, false)) return true;
  return false;
}
