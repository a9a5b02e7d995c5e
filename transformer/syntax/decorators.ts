/** Which classes and methods decorators are applied to. */

import type ts from "typescript";
import { memoize } from "../memoize.js";
import { api } from "../typescript.js";

export const decoratorsOf = (node: ts.Node): readonly ts.Decorator[] =>
  (api.canHaveDecorators(node) ? api.getDecorators(node) : undefined) ?? [];

/** Those of a node and of its parameters, which TypeScript's legacy decorators can have: they all run with the class around it. */
export const allDecoratorsOf = (node: ts.Node): readonly ts.Decorator[] => {
  const parameters = api.isFunctionLike(node) ? [...node.parameters] : [];
  return [node, ...parameters].flatMap(decoratorsOf);
};

// Each method of a class asks, and the answer takes a look at all members.
export const isDecoratedClass = memoize(
  (node: ts.ClassLikeDeclaration) => decoratorsOf(node).length > 0 || node.members.some(decoratesClass),
);

export const hasDecoratedMember = memoize(({ members }: ts.ClassLikeDeclaration) =>
  members.some((member) => allDecoratorsOf(member).length > 0),
);

/** TypeScript's legacy decorators on parameters of the constructor are decorators of the class. */
const decoratesClass = (member: ts.ClassElement) =>
  api.isConstructorDeclaration(member) && allDecoratorsOf(member).length > 0;
