/** Which classes and methods decorators are applied to. */

import type ts from "typescript";
import { api } from "../typescript.js";

export const decoratorsOf = (node: ts.Node): readonly ts.Decorator[] =>
  (api.canHaveDecorators(node) ? api.getDecorators(node) : undefined) ?? [];

/** TypeScript's legacy decorators on parameters of the constructor are decorators of the class. */
export function isDecoratedClass(node: ts.ClassLikeDeclaration): boolean {
  return (
    decoratorsOf(node).length > 0 ||
    node.members.some(
      (member) =>
        api.isConstructorDeclaration(member) && member.parameters.some((each) => decoratorsOf(each).length > 0),
    )
  );
}
