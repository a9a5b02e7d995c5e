/**
 * Early errors of JavaScript. TypeScript's parser leaves many of them to its checker, which nobody runs over a
 * `.js` file, and rewriting would make them disappear.
 */

import type { ParserOptions } from "@babel/parser";
import type ts from "typescript";
import { type Diagnostic, earlyError } from "../diagnostics.js";
import loadParser from "./load-parser.cjs";

const plugins: ParserOptions["plugins"] = [
  "jsx",
  "decorators",
  "explicitResourceManagement",
  "sourcePhaseImports",
  "deferredImportEvaluation",
];

export function findEarlyErrors(file: ts.SourceFile, module: "esm" | "cjs" | "script"): Diagnostic[] {
  if (!/\.[cm]?jsx?$/.test(file.fileName)) return [];
  const sourceType = module === "esm" ? "module" : module === "cjs" ? "commonjs" : "script";
  try {
    loadParser().parse(file.text, { sourceType, plugins, attachComment: false, createImportExpressions: true });
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { pos = 0, message } = error as SyntaxError & { pos?: number };
    return [
      earlyError.at(
        { fileName: file.fileName, text: file.text, start: pos, length: 0 },
        message.replace(/\.? \(\d+:\d+\)$/, ""),
      ),
    ];
  }
}
