/** Which classes and methods decorators are applied to. */

import type ts from "typescript";
import { api } from "../typescript.js";

export const decoratorsOf = (node: ts.Node): readonly ts.Decorator[] =>
  (api.canHaveDecorators(node) ? api.getDecorators(node) : undefined) ?? [];

/** Remembered, because each method of a class asks, and the answer takes a look at all members. */
function remembered(answerTo: (node: ts.ClassLikeDeclaration) => boolean): typeof answerTo {
  const known = new WeakMap<ts.ClassLikeDeclaration, boolean>();
  return (node) => {
    const answer = known.get(node) ?? answerTo(node);
    known.set(node, answer);
    return answer;
  };
}

export const isDecoratedClass = remembered(
  (node) => decoratorsOf(node).length > 0 || node.members.some(hasDecoratedParameter),
);

export const hasDecoratedMember = remembered(({ members }) =>
  members.some((member) => decoratorsOf(member).length > 0),
);

/** TypeScript's legacy decorators on parameters of the constructor are decorators of the class. */
const hasDecoratedParameter = (member: ts.ClassElement) =>
  api.isConstructorDeclaration(member) && member.parameters.some((each) => decoratorsOf(each).length > 0);
