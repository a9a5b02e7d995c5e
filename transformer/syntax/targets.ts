/** Which async generator functions are rewritten, and what they are called. */

import type ts from "typescript";
import type { ResolvedOptions } from "../options.js";
import { api } from "../typescript.js";
import { isNamingAssignment } from "./assignment.js";
import { type Directives, type DirectiveWord, isOptedOut } from "./directive.js";
import { type AsyncGenerator, isAmbient, isAsyncGenerator, isErasedWrapper, namingTarget } from "./functions.js";
import { walkToMatches } from "./walk.js";

export interface Target {
  readonly node: AsyncGenerator;
  readonly name: string;
  readonly isOptedIn: boolean;
  /** Of the file and of the function, in this order: a later one counts. */
  readonly words: readonly DirectiveWord[];
}

export function findTargets(file: ts.SourceFile, directives: Directives, options: ResolvedOptions): Target[] {
  const targets: Target[] = [];
  const fileDefault = fileOptsIn(file, directives, options);
  walkToMatches(file, /\basync\b/g, (node) => {
    if (isAsyncGenerator(node) && !isAmbient(node)) {
      const own = directives.byOwner.get(node.body) ?? [];
      const byDefault = fileDefault && !isOptedOut(node, directives);
      const isOptedIn = own.length > 0 ? own.some((directive) => directive.optsIn) : byDefault;
      targets.push({
        node,
        name: nameOf(node),
        isOptedIn,
        words: [...fileWords(file, directives), ...own.flatMap((directive) => directive.words)],
      });
    }
  });
  return targets;
}

/** Whether the functions of a file are rewritten unless they say otherwise. */
export function fileOptsIn(file: ts.SourceFile, { byOwner }: Directives, options: ResolvedOptions): boolean {
  const own = byOwner.get(file) ?? [];
  return own.length > 0 ? own.some((directive) => directive.optsIn) : options.include === "all";
}

/** The words of the file's own directives. */
export function fileWords(file: ts.SourceFile, { byOwner }: Directives): DirectiveWord[] {
  return (byOwner.get(file) ?? []).flatMap((directive) => directive.words);
}

/** With the parentheses and the wrappers around it that TypeScript erases. */
function wrapped(node: ts.Node): ts.Node {
  let at = node;
  while (api.isParenthesizedExpression(at.parent) || isErasedWrapper(at.parent)) at = at.parent;
  return at;
}

/** `f.name`, as far as the syntax tells: the function's own, or that of what it is assigned to (ECMA-262 §8.4.5). */
function nameOf(node: AsyncGenerator): string {
  if (node.name) return propertyName(node.name);
  const at = wrapped(node);
  const { parent } = at;
  if (api.isFunctionDeclaration(node) || api.isExportAssignment(parent)) return "default";
  if (api.isVariableDeclaration(parent) || api.isParameter(parent) || api.isBindingElement(parent))
    return parent.initializer === at && api.isIdentifier(parent.name) ? parent.name.text : "";
  if (api.isPropertyAssignment(parent) || api.isPropertyDeclaration(parent))
    return parent.initializer === at && !isProtoSetter(parent) ? propertyName(parent.name) : "";
  if (api.isShorthandPropertyAssignment(parent)) return parent.name.text;
  // Whatever JSX becomes has its attributes as properties.
  if (api.isJsxExpression(parent)) return api.isJsxAttribute(parent.parent) ? parent.parent.name.getText() : "";
  if (api.isBinaryExpression(parent) && parent.right === at && isNamingAssignment(parent.operatorToken.kind))
    return namingTarget(parent.left)?.text ?? "";
  return "";
}

/** `{ __proto__: f }` sets the prototype and names nothing. */
function isProtoSetter(node: ts.PropertyAssignment | ts.PropertyDeclaration): boolean {
  return (
    api.isPropertyAssignment(node) && !api.isComputedPropertyName(node.name) && propertyName(node.name) === "__proto__"
  );
}

/** The computed key of the property or field that the anonymous function is the value of: it gets its name from that. */
export function namingKey(node: AsyncGenerator): ts.ComputedPropertyName | undefined {
  const at = wrapped(node);
  const { parent } = at;
  const isMember = api.isPropertyDeclaration(parent) || api.isPropertyAssignment(parent);
  return !node.name && isMember && parent.initializer === at ? evaluatedKey(parent.name) : undefined;
}

/** What a user calls it: its name, or the key in its place as it is written, with the brackets; empty for an anonymous function. */
export function titleOf(node: AsyncGenerator): string {
  return nameOf(node) || (node.name ?? namingKey(node))?.getText() || "";
}

/** A key that only its evaluation can tell. */
export function evaluatedKey(name: ts.PropertyName): ts.ComputedPropertyName | undefined {
  return api.isComputedPropertyName(name) && literalName(name.expression) === undefined ? name : undefined;
}

export function propertyName(name: ts.PropertyName): string {
  if (api.isIdentifier(name) || api.isPrivateIdentifier(name)) return name.text;
  return literalName(api.isComputedPropertyName(name) ? name.expression : name) ?? "";
}

/** The name that a literal key is; undefined for a key that has to be evaluated. */
function literalName(key: ts.Expression): string | undefined {
  if (api.isStringLiteralLike(key)) return key.text;
  if (api.isBigIntLiteral(key)) return String(BigInt(key.text.slice(0, -1)));
  return api.isNumericLiteral(key) ? String(Number(key.text)) : undefined;
}
