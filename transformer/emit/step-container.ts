/** Where a function's step can stand outside it: the outermost statement list that sees every variable it uses. */

import type ts from "typescript";
import type { Bindings } from "../syntax/bindings.js";
import { decoratorsOf } from "../syntax/decorators.js";
import { foreignDirective } from "../syntax/directive.js";
import { type AsyncGenerator, hasModifier } from "../syntax/functions.js";
import type { Scope, Variable } from "../syntax/scope.js";
import { isScopedList } from "../syntax/statement-list.js";
import { isWithin } from "../syntax/walk.js";
import { api } from "../typescript.js";

/** The statement of that list which contains the function is found with `statementIn`. Undefined where there is none. */
export function stepContainer(
  node: AsyncGenerator,
  bindings: Bindings,
  isTarget: (node: ts.Node) => boolean,
): ts.Node | undefined {
  const needed = neededScopes(node, bindings);
  let container: ts.Node | undefined;
  for (let at: ts.Node = node.parent; at; at = at.parent) {
    // What stood around it would not come along.
    if (isTakenElsewhere(at) || bindings.mayDeclareMore(at)) return container;
    if (api.isWithStatement(at)) return undefined;
    if (isTarget(at)) container = undefined;
    const isList = isScopedList(at);
    if (isList && !api.findAncestor(at, isTarget)) container = at;
    // Outside, a name would no longer mean what another part of the namespace exports, which may stand in another file.
    if (api.isModuleBlock(at)) return container;
    if (declaresNeeded(at, needed))
      return isList ? container : container && container !== at && isWithin(container, at) ? container : undefined;
  }
  return container;
}

/** Whether another tool takes the function out of its place, with no more than the values that it mentions. */
function isTakenElsewhere(node: ts.Node): boolean {
  if (!api.isFunctionLike(node)) return false;
  const { body } = node as ts.FunctionLikeDeclaration;
  return (body && api.isBlock(body) && foreignDirective(body) !== undefined) || isQwiks(node);
}

/** Qwik takes what is given to a name with this ending. */
function isQwiks(node: ts.Node): boolean {
  const { parent } = node;
  if (api.isCallExpression(parent)) return api.isIdentifier(parent.expression) && parent.expression.text.endsWith("$");
  const attribute = parent.parent;
  if (!api.isJsxExpression(parent) || !api.isJsxAttribute(attribute)) return false;
  return (api.isIdentifier(attribute.name) ? attribute.name : attribute.name.name).text.endsWith("$");
}

/** The scopes of the outer variables that a function mentions. */
function neededScopes(node: AsyncGenerator, bindings: Bindings): Set<Scope> {
  const needed = new Set<Scope>();
  for (const id of bindings.identifiersIn(node)) {
    const variable = bindings.referenceOf(id)?.variable;
    if (!variable || isWithin(variable.scope.node, node)) continue;
    needed.add((boundAround(variable, bindings) ?? variable).scope);
  }
  return needed;
}

/**
 * The variable around a class declaration that has its name, where that means the same: the one inside is a constant, and it
 * is initialized before the static initializers run, and those that decorators add.
 */
function boundAround({ kind, name, scope }: Variable, bindings: Bindings): Variable | undefined {
  if (kind !== "className" || !api.isClassDeclaration(scope.node)) return undefined;
  if (bindings.isAssigned(name) || hasStaticInitializers(scope.node)) return undefined;
  return scope.parent?.variables.get(name);
}

function hasStaticInitializers(node: ts.ClassDeclaration): boolean {
  return decoratorsOf(node).length > 0 || node.members.some(isStaticInitializer);
}

function isStaticInitializer(member: ts.ClassElement): boolean {
  if (api.isClassStaticBlockDeclaration(member)) return true;
  if (!hasModifier(member, api.SyntaxKind.StaticKeyword)) return false;
  const value = api.isPropertyDeclaration(member) && member.initializer;
  return decoratorsOf(member).length > 0 || (value && !api.isLiteralExpression(value)) === true;
}

function declaresNeeded(node: ts.Node, needed: ReadonlySet<Scope>): boolean {
  for (const scope of needed) if (scope.node === node) return true;
  return false;
}

/** The statement of a list that a node is in. */
export function statementIn(list: ts.Node, node: ts.Node): ts.Node {
  let at = node;
  while (at.parent !== list) at = at.parent;
  return at;
}
