/** What a declaration declares, as its own syntax tells. */

import type ts from "typescript";
import { api } from "../typescript.js";

/** The function that a statement declares, behind labels too. */
export function declaredFunction(statement: ts.Statement): ts.FunctionDeclaration | undefined {
  let at = statement;
  while (api.isLabeledStatement(at)) at = at.statement;
  return api.isFunctionDeclaration(at) && at.name && at.body ? at : undefined;
}

export function boundNames(name: ts.BindingName): ts.Identifier[] {
  if (api.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (api.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

export function hasParameterExpressions(node: ts.Node): boolean {
  const hasExpression = (name: ts.BindingName): boolean =>
    !api.isIdentifier(name) &&
    name.elements.some(
      (element) =>
        !api.isOmittedExpression(element) &&
        (element.initializer !== undefined ||
          (element.propertyName !== undefined && api.isComputedPropertyName(element.propertyName)) ||
          hasExpression(element.name)),
    );
  return (node as ts.SignatureDeclaration).parameters.some(
    (parameter) => parameter.initializer !== undefined || hasExpression(parameter.name),
  );
}
