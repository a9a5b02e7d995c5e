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

const sourceTypes = { esm: "module", cjs: "commonjs", script: "script" } as const;
type ModuleKind = keyof typeof sourceTypes;

/** The errors of a file of that kind. `isGuess` where nothing in a script says that it is one: it may be what some other kind allows. */
export function findEarlyErrors(file: ts.SourceFile, module: ModuleKind, isGuess: boolean): Diagnostic[] {
  if (!/\.[cm]?jsx?$/.test(file.fileName)) return [];
  const errors = errorsOf(file, module);
  const isAllowed =
    isGuess && errors.length > 0 && (["esm", "cjs"] as const).some((kind) => !errorsOf(file, kind).length);
  return isAllowed ? [] : errors;
}

function errorsOf(file: ts.SourceFile, module: ModuleKind): Diagnostic[] {
  const sourceType = sourceTypes[module];
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
