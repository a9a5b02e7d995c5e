/** An optional rule: looks at one rewritten function and finds what is legal but likely to leak. */

import type ts from "typescript";
import type { AsyncGenerator } from "../syntax/functions.js";
import { isFunctionBoundary } from "../syntax/functions.js";
import { walk } from "../syntax/walk.js";
import { api } from "../typescript.js";

export interface Finding {
  readonly node: ts.Node;
  /** What the message names. */
  readonly subject: string;
}

export interface RuleInput {
  readonly file: ts.SourceFile;
  /** The functions that are rewritten. */
  readonly generators: readonly AsyncGenerator[];
}

export type Rule = (input: RuleInput) => Finding[];

/** The `yield`s of one function's own code below a node. */
export const yieldsIn = (root: ts.Node): ts.YieldExpression[] => ownNodes(root, api.isYieldExpression);

/** The nodes of one function's own code that a test accepts. */
export function ownNodes<T extends ts.Node>(root: ts.Node, accepts: (node: ts.Node) => node is T): T[] {
  const found: T[] = [];
  walk(root, (node) => {
    if (node !== root && accepts(node)) found.push(node);
    return node === root || !isFunctionBoundary(node);
  });
  return found;
}
