/**
 * Early errors of JavaScript. TypeScript's parser leaves many of them to its checker, which nobody runs over a
 * `.js` file, and rewriting would make them disappear.
 */

import { type Options, parse } from "acorn";
import type ts from "typescript";
import { type Diagnostic, earlyError } from "../diagnostics.js";
import { api } from "../typescript.js";

export function findEarlyErrors(file: ts.SourceFile, module: "esm" | "cjs" | "script"): Diagnostic[] {
  if (!/\.[cm]?js$/.test(file.fileName)) return [];
  const options: Options = {
    ecmaVersion: "latest",
    sourceType: module === "esm" ? "module" : module === "cjs" ? "commonjs" : "script",
  };
  try {
    parse(file.text, options);
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxError) || hasExtensions(file)) return [];
    const { pos = 0, message } = error as SyntaxError & { pos?: number };
    return [earlyError.at({ fileName: file.fileName, text: file.text, start: pos, length: 0 }, message.replace(/ \(\d+:\d+\)$/, ""))];
  }
}

/** Syntax beyond the standard, which the strict parser does not know. */
function hasExtensions(file: ts.SourceFile): boolean {
  const visit = (node: ts.Node): boolean =>
    api.isDecorator(node) || api.isJsxElement(node) || api.isJsxSelfClosingElement(node) || api.isJsxFragment(node) || (api.forEachChild(node, (child) => visit(child) || undefined) ?? false);
  return visit(file);
}
