/**
 * Walks over syntax without recursion: a chain of operators, calls or else-ifs nests deeper than the call stack.
 */

import type ts from "typescript";
import { firstNotBefore } from "../search.js";
import { api } from "../typescript.js";

/** Visits a node and all that is in it, in source order, but not what is in a node that `enter` returns false for. */
export function walk(root: ts.Node, enter: (node: ts.Node) => boolean | undefined): void {
  const pending = [root];
  const children: ts.Node[] = [];
  const collect = (child: ts.Node): void => void children.push(child);
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (enter(node) === false) continue;
    api.forEachChild(node, collect);
    while (children.length > 0) pending.push(children.pop()!);
  }
}

/**
 * Visits the nodes of a file whose text holds a match of a (global) pattern, in source order: what needs a certain word
 * is found without looking at the rest.
 */
export function walkToMatches(file: ts.SourceFile, pattern: RegExp, enter: (node: ts.Node) => void): void {
  const matches = new Matches(file, pattern);
  walk(file, (node) => {
    if (!matches.areIn(node)) return false;
    enter(node);
    return true;
  });
}

/** Where the text of a node, in most cases the file, matches a (global) pattern. */
export class Matches {
  private readonly offsets: readonly number[];

  constructor(root: ts.Node, pattern: RegExp) {
    const text = root.getSourceFile().text.slice(root.pos, root.end);
    this.offsets = Array.from(text.matchAll(pattern), ({ index }) => root.pos + index);
  }

  /** Whether one begins in the text of a node. */
  areIn({ pos, end }: ts.Node): boolean {
    const next = this.offsets[firstNotBefore(this.offsets, (offset) => offset < pos)];
    return next !== undefined && next < end;
  }
}

/** Visits like `walk`, with something that a node passes on to its children; undefined keeps out of it. */
export function walkWith<Context>(
  root: ts.Node,
  context: Context,
  enter: (node: ts.Node, context: Context) => Context | undefined,
): void {
  const pending = [{ node: root, context }];
  const children: ts.Node[] = [];
  const collect = (child: ts.Node): void => void children.push(child);
  while (pending.length > 0) {
    const { node, context } = pending.pop()!;
    const inner = enter(node, context);
    if (inner === undefined) continue;
    api.forEachChild(node, collect);
    while (children.length > 0) pending.push({ node: children.pop()!, context: inner });
  }
}

/** Whether one node is the other or a part of it. */
export const isWithin = (inner: ts.Node, outer: ts.Node): boolean => inner.pos >= outer.pos && inner.end <= outer.end;

/** Whether a node or something in it passes the test. */
export function contains(root: ts.Node, test: (node: ts.Node) => boolean): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= test(node);
    return !found;
  });
  return found;
}
