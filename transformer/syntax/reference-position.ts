/** Which identifiers refer to a variable. */

import type ts from "typescript";
import { api } from "../typescript.js";

/** Whether an identifier is evaluated, rather than being a name in a declaration, a property or a label. */
export function isReferencePosition(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (api.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (api.isPropertyAssignment(parent)) return parent.initializer === node;
  if (api.isBindingElement(parent) || api.isVariableDeclaration(parent) || api.isParameter(parent))
    return parent.initializer === node;
  if (api.isPropertyDeclaration(parent) || api.isEnumMember(parent)) return parent.initializer === node;
  if (api.isLabeledStatement(parent) || api.isBreakOrContinueStatement(parent) || api.isMetaProperty(parent))
    return false;
  if (api.isJsxAttribute(parent) || api.isJsxNamespacedName(parent)) return false;
  if (api.isJsxOpeningLikeElement(parent) || api.isJsxClosingElement(parent)) return !isIntrinsic(node.text);
  if (api.isImportSpecifier(parent) || api.isImportClause(parent) || api.isNamespaceImport(parent)) return false;
  if (api.isNamespaceExport(parent)) return false;
  if (api.isExportSpecifier(parent))
    return !parent.parent.parent.moduleSpecifier && (parent.propertyName ?? parent.name) === node;
  if (api.isEnumDeclaration(parent) || api.isModuleDeclaration(parent) || api.isClassLike(parent)) return false;
  if (api.isFunctionLike(parent)) return api.isArrowFunction(parent) && parent.body === node;
  return true;
}

/** Whether a tag of JSX is the name of an element itself, and no variable. */
export function isIntrinsic(tag: string): boolean {
  return /^[a-z]|-/.test(tag);
}
