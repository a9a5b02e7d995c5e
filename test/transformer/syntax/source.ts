/** Small sources with marks: an identifier or statement that a comment such as `/*1*\/` stands in front of. */

import ts from "typescript";
import { walk } from "../../../transformer/syntax/walk.js";

export function parse(text: string, fileName = "a.ts"): ts.SourceFile {
  return ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
}

function startingAt(file: ts.SourceFile, mark: string): ts.Node[] {
  const offset = file.text.indexOf(mark) + mark.length;
  const found: ts.Node[] = [];
  walk(file, (node) => {
    if (node !== file && node.getStart(file) === offset) found.push(node);
    return node.end > offset;
  });
  if (found.length === 0) throw new Error(`nothing behind ${mark}`);
  return found;
}

/** The innermost node behind a mark. */
export function identifierAt(file: ts.SourceFile, mark: string): ts.Identifier {
  return startingAt(file, mark).find(ts.isIdentifier)!;
}

/** The outermost node behind a mark. */
export function nodeAt(file: ts.SourceFile, mark: string): ts.Node {
  return startingAt(file, mark)[0]!;
}
