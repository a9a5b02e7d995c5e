/**
 * Early errors of JavaScript. TypeScript's parser leaves many of them to its checker, which nobody runs over a
 * `.js` file, and rewriting would make them disappear.
 */

import type { ParserOptions } from "@babel/parser";
import type ts from "typescript";
import { type Diagnostic, earlyError } from "../diagnostics.js";
import { api } from "../typescript.js";
import { engineTakes } from "./engine.js";
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
  const text = textToCheck(file, selection);
  const errors = errorsOf(file, text, module);
  const isAllowed =
    isGuess && errors.length > 0 && (["esm", "cjs"] as const).some((kind) => !errorsOf(file, text, kind).length);
  return isAllowed ? [] : errors;
}

/**
 * The text without declarations in which nothing is rewritten, where what is wrong stays in the output and the engine says so, and without
 * those which the engine takes.
 */
function textToCheck(file: ts.SourceFile, { starts }: Selection): string {
  const { text, statements } = file;
  const checked = statements.map((statement) => {
    const own = text.slice(statement.pos, statement.end);
    if (!isDeclaration(statement)) return own;
    const isLeftOut = !isConcerned(starts, statement) || engineTakes(withoutExport(statement, text));
    return isLeftOut ? omission(statement, file) : own;
  });
  return checked.join("") + text.slice(statements.end);
}

/** As long as the statement, and as much of a module. */
function omission(statement: Declaration, file: ts.SourceFile): string {
  const isExported = exporting(statement).length > 0;
  const start = statement.getStart(file) - statement.pos;
  return `${" ".repeat(start)}${isExported ? "export {}" : ""};`.padEnd(statement.end - statement.pos);
}

/** As it may stand in a function. */
function withoutExport(statement: Declaration, text: string): string {
  const keywords = exporting(statement);
  const starts = [statement.pos, ...keywords.map(({ end }) => end)];
  const ends = [...keywords.map(({ pos }) => pos), statement.end];
  const own = starts.map((start, i) => text.slice(start, ends[i])).join("");
  // A default export may have no name.
  return keywords.length > 1 ? `(${own})` : own;
}

function exporting({ modifiers = [] as never }: Declaration): readonly ts.ModifierLike[] {
  return modifiers.filter(
    ({ kind }) => kind === api.SyntaxKind.ExportKeyword || kind === api.SyntaxKind.DefaultKeyword,
  );
}

type Declaration = ts.FunctionDeclaration | ts.ClassDeclaration | ts.VariableStatement;

function isDeclaration(statement: ts.Statement): statement is Declaration {
  return (
    api.isFunctionDeclaration(statement) || api.isClassDeclaration(statement) || api.isVariableStatement(statement)
  );
}

function errorsOf(file: ts.SourceFile, text: string, module: ModuleKind): Diagnostic[] {
  const sourceType = sourceTypes[module];
  try {
    loadParser().parse(text, { ...options, sourceType });
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
