/**
 * Early errors of JavaScript. TypeScript's parser leaves many of them to its checker, which nobody runs over a
 * `.js` file, and rewriting would make them disappear.
 */

import type { ParserOptions } from "@babel/parser";
import type ts from "typescript";
import { type Diagnostic, earlyError } from "../diagnostics.js";
import { api } from "../typescript.js";
import loadParser from "./load-parser.cjs";
import { isConcerned, type Selection } from "./selection.js";

const plugins: ParserOptions["plugins"] = [
  "jsx",
  "decorators",
  "explicitResourceManagement",
  "sourcePhaseImports",
  "deferredImportEvaluation",
];

const options: ParserOptions = {
  plugins,
  attachComment: false,
  createImportExpressions: true,
  // The declaration may be one of those that are left out.
  allowUndeclaredExports: true,
};

const sourceTypes = { esm: "module", cjs: "commonjs", script: "script" } as const;
type ModuleKind = keyof typeof sourceTypes;

/** The errors of a file of that kind. `isGuess` where nothing in a script says that it is one: it may be what some other kind allows. */
export function findEarlyErrors(
  file: ts.SourceFile,
  selection: Selection,
  module: ModuleKind,
  isGuess: boolean,
): Diagnostic[] {
  if (!/\.[cm]?jsx?$/.test(file.fileName)) return [];
  const errors = errorsOf(file, selection, module);
  const isAllowed =
    isGuess && errors.length > 0 && (["esm", "cjs"] as const).some((kind) => !errorsOf(file, selection, kind).length);
  return isAllowed ? [] : errors;
}

/** The text without declarations in which nothing is rewritten: what is wrong in one stays in the output, and the engine says so. */
function textToCheck({ text, statements }: ts.SourceFile, { starts }: Selection): string {
  const checked = statements.map((statement) => {
    const own = text.slice(statement.pos, statement.end);
    return isConcerned(starts, statement) || !isDeclaration(statement) ? own : ";".padEnd(own.length);
  });
  return checked.join("") + text.slice(statements.end);
}

function isDeclaration(statement: ts.Statement): boolean {
  return (
    api.isFunctionDeclaration(statement) || api.isClassDeclaration(statement) || api.isVariableStatement(statement)
  );
}

function errorsOf(file: ts.SourceFile, selection: Selection, module: ModuleKind): Diagnostic[] {
  const sourceType = sourceTypes[module];
  try {
    loadParser().parse(textToCheck(file, selection), { ...options, sourceType });
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { pos = 0, message } = error as SyntaxError & { pos?: number };
    return [
      earlyError.at(
        { fileName: file.fileName, text: file.text, start: pos, length: 0 },
        // The parser names an option of its own.
        message.replace(/\.? \(\d+:\d+\)$/, "").replace(`with 'sourceType: "module"'`, "in a module"),
      ),
    ];
  }
}
