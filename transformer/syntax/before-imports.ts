/** Code that another tool takes to the top of the module, before the imports. */

import type ts from "typescript";
import { api } from "../typescript.js";

/** Whether the node is in the function that Vitest's `vi.hoisted` takes: what the module imports is not there yet when it runs. */
export function runsBeforeImports(node: ts.Node): boolean {
  return api.findAncestor(node.parent, isHoistedCall) !== undefined;
}

function isHoistedCall(node: ts.Node): boolean {
  if (!api.isCallExpression(node) || !api.isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  return name.text === "hoisted" && api.isIdentifier(expression) && /^vi(?:test)?$/.test(expression.text);
}
