/**
 * A compiled generator that is driven by hand with `next()` and not closed on every path. Looks at variables that hold the
 * call of a rewritten function of the same file and never leave their function.
 */

import type ts from "typescript";
import { bind } from "../syntax/bindings.js";
import { isCaptured, type Variable } from "../syntax/scope.js";
import { isUsing } from "../syntax/suspension.js";
import { walk } from "../syntax/walk.js";
import { api } from "../typescript.js";
import type { Finding, Rule } from "./rule.js";

const drives = new Set(["next", "anext", "asend"]);
const closes = new Set(["return", "aclose", "throw"]);
const closingFunctions = new Set(["aclose", "aclosing", "cancel", "addFinalizer"]);

export const unclosedNext: Rule = (input) => {
  const names = new Set(input.generators.map(({ name }) => (name && api.isIdentifier(name) ? name.text : undefined)));
  const bindings = bind(input.file);
  return declarations(input.file).flatMap(({ initializer, name, parent }) => {
    if (!api.isIdentifier(name) || !initializer || isUsing(parent)) return [];
    if (
      !api.isCallExpression(initializer) ||
      !api.isIdentifier(initializer.expression) ||
      !names.has(initializer.expression.text)
    )
      return [];
    const variable = bindings.variableOf(name);
    return variable && !isCaptured(variable) ? judge(variable) : [];
  });
};

function judge({ references, name }: Variable): Finding[] {
  let driven: ts.Node | undefined;
  for (const { node } of references) {
    const use = useOf(node);
    if (use === "closed" || use === "escapes") return [];
    if (use === "driven") driven ??= node;
  }
  return driven ? [{ node: driven, subject: name }] : [];
}

/** Whether a reference drives the generator, closes it for sure, or gives it to somebody else. */
function useOf(node: ts.Identifier): "driven" | "closed" | "maybe closed" | "escapes" {
  const { parent } = node;
  if (api.isPropertyAccessExpression(parent) && parent.expression === node && api.isCallExpression(parent.parent)) {
    const method = parent.name.text;
    if (drives.has(method)) return "driven";
    if (closes.has(method)) return isInFinally(node) ? "closed" : "maybe closed";
  }
  if (
    api.isCallExpression(parent) &&
    api.isIdentifier(parent.expression) &&
    closingFunctions.has(parent.expression.text)
  )
    return isInFinally(node) || parent.expression.text !== "aclose" ? "closed" : "maybe closed";
  return "escapes";
}

function isInFinally(node: ts.Node): boolean {
  const isFinally = (at: ts.Node) => at.parent && api.isTryStatement(at.parent) && at.parent.finallyBlock === at;
  return api.findAncestor(node, isFinally) !== undefined;
}

function declarations(file: ts.SourceFile): ts.VariableDeclaration[] {
  const found: ts.VariableDeclaration[] = [];
  walk(file, (node) => {
    if (api.isVariableDeclaration(node)) found.push(node);
    return true;
  });
  return found;
}
