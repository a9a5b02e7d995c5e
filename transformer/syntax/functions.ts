/** Which nodes are functions, and where one function's code ends and another's begins. */

import type ts from "typescript";
import { api } from "../typescript.js";
import { hasDecoratedMember, isDecoratedClass } from "./decorators.js";

export type AsyncGenerator = (ts.FunctionDeclaration | ts.FunctionExpression | ts.MethodDeclaration) & {
  readonly body: ts.Block;
};

export function isAsyncGenerator(node: ts.Node): node is AsyncGenerator {
  if (!api.isFunctionDeclaration(node) && !api.isFunctionExpression(node) && !api.isMethodDeclaration(node))
    return false;
  return node.asteriskToken !== undefined && node.body !== undefined && hasModifier(node, api.SyntaxKind.AsyncKeyword);
}

/** Whether it is only declared, which TypeScript's parser lets have a body: nothing of it is left. */
export function isAmbient(node: ts.Node): boolean {
  return api.findAncestor(node, (at) => hasModifier(at, api.SyntaxKind.DeclareKeyword)) !== undefined;
}

/** Only of such functions does sloppy code make variables around their blocks (ECMA-262 §B.3.2.1). */
export function isHoistedOutOfBlocks(node: ts.FunctionDeclaration): boolean {
  return !node.asteriskToken && !hasModifier(node, api.SyntaxKind.AsyncKeyword);
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  const { modifiers } = node as { modifiers?: ts.NodeArray<ts.ModifierLike> };
  // Most nodes have none, and a closure here would be made for every one of them.
  return modifiers !== undefined && api.canHaveModifiers(node) && includesKind(modifiers, kind);
}

function includesKind(nodes: readonly ts.Node[], kind: ts.SyntaxKind): boolean {
  return nodes.some((node) => node.kind === kind);
}

/** A test that the kind of a node decides, asked once of each kind: some are asked of every node, by every pass. */
function byKind(test: (node: ts.Node) => boolean): (node: ts.Node) => boolean {
  const known: boolean[] = [];
  return (node) => (known[node.kind] ??= test(node));
}

/** Functions, methods, accessors, constructors, and the class elements whose code runs as a function of its own. */
export const isFunctionBoundary = byKind((node) => api.isFunctionLike(node) || api.isClassStaticBlockDeclaration(node));

/** A function with its own `this` and `arguments`, or a place that has such: not an arrow. */
export function bindsThis(node: ts.Node): boolean {
  return isFunctionBoundary(node) && !api.isArrowFunction(node);
}

const isType = byKind(
  (node) =>
    (api.isTypeNode(node) && !api.isExpressionWithTypeArguments(node)) ||
    api.isTypeParameterDeclaration(node) ||
    api.isInterfaceDeclaration(node) ||
    api.isTypeAliasDeclaration(node),
);

/**
 * Whether the text of a class declaration is an expression too, which decorated and abstract ones are not: TypeScript leaves out the
 * legacy decorators that are in a class expression.
 */
export function isAlsoExpression(node: ts.ClassDeclaration): boolean {
  return !isDecoratedClass(node) && !hasDecoratedMember(node) && !hasModifier(node, api.SyntaxKind.AbstractKeyword);
}

/** Whether a member of a class is nothing but types: abstract, declared, or an overload. */
export function isErasedMember(node: ts.ClassElement): boolean {
  return (
    [api.SyntaxKind.AbstractKeyword, api.SyntaxKind.DeclareKeyword].some((kind) => hasModifier(node, kind)) ||
    (api.isFunctionLike(node) && (node as ts.MethodDeclaration).body === undefined)
  );
}

/** Type annotations, type-only declarations: no code. */
export function isTypeOnly(node: ts.Node): boolean {
  return isType(node) || hasModifier(node, api.SyntaxKind.DeclareKeyword);
}

/** Removes parentheses and the wrappers that TypeScript erases. */
export function unwrap(node: ts.Expression): ts.Expression {
  let inner = node;
  while (api.isParenthesizedExpression(inner) || isErasedWrapper(inner)) inner = inner.expression;
  return inner;
}

export function isErasedWrapper(
  node: ts.Node,
): node is
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.TypeAssertion
  | ts.ExpressionWithTypeArguments {
  return (
    (api.isExpressionWithTypeArguments(node) && !api.isHeritageClause(node.parent)) ||
    api.isAsExpression(node) ||
    api.isSatisfiesExpression(node) ||
    api.isNonNullExpression(node) ||
    api.isTypeAssertionExpression(node)
  );
}

/** The variable that names what is assigned to it: not one in brackets, but TypeScript drops those around a type. */
export function namingTarget(left: ts.Expression): ts.Identifier | undefined {
  const inner = unwrap(left);
  return api.isIdentifier(inner) && !api.isParenthesizedExpression(inner.parent) ? inner : undefined;
}

/** `IsAnonymousFunctionDefinition` (ECMA-262 §8.4.4). */
export function isAnonymousFunction(node: ts.Expression): boolean {
  const inner = unwrap(node);
  if (api.isArrowFunction(inner)) return true;
  if (api.isFunctionExpression(inner)) return inner.name === undefined;
  return api.isClassExpression(inner) && inner.name === undefined && !hasStaticName(inner);
}

/** A class with an own static `name` element keeps that in place of the inferred name. */
export function hasStaticName(node: ts.ClassLikeDeclaration): boolean {
  return node.members.some(
    (member) =>
      hasModifier(member, api.SyntaxKind.StaticKeyword) &&
      member.name !== undefined &&
      (api.isIdentifier(member.name) || api.isStringLiteral(member.name)) &&
      member.name.text === "name",
  );
}
