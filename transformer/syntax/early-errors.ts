/**
 * Early errors of JavaScript. TypeScript's parser leaves many of them to its checker, which nobody runs over a
 * `.js` file, and rewriting would make them disappear.
 */

import type { ParserOptions } from "@babel/parser";
import type ts from "typescript";
import type { Chunk } from "../chunk.js";
import { type Diagnostic, earlyError } from "../diagnostics.js";
import { isJavaScript } from "../file-kinds.js";
import { textOf } from "../serialize.js";
import { api } from "../typescript.js";
import loadParser from "./load-parser.cjs";
import type { ModuleKind } from "./module-kind.js";
import { isConcerned, type Selection } from "./selection.js";

const plugins: ParserOptions["plugins"] = [
  "jsx",
  "decorators",
  "decoratorAutoAccessors",
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

const sourceTypes = { esm: "module", cjs: "commonjs", script: "script" } as const satisfies Record<ModuleKind, string>;

/** The errors of a file of that kind. `isGuess` where nothing in a script says that it is one: it may be what some other kind allows. */
export function findEarlyErrors(
  file: ts.SourceFile,
  selection: Selection,
  module: ModuleKind,
  isGuess: boolean,
): Diagnostic[] {
  if (!isJavaScript(file.fileName)) return [];
  const chunks = textToCheck(file, selection);
  const errors = errorsOf(file, chunks, module);
  const isAllowed =
    isGuess && errors.length > 0 && (["esm", "cjs"] as const).some((kind) => !errorsOf(file, chunks, kind).length);
  return isAllowed ? [] : errors;
}

/** The text without declarations in which nothing is rewritten: what is wrong in one stays in the output, and the engine says so. */
function textToCheck(file: ts.SourceFile, { starts }: Selection): Chunk[] {
  const { text, statements } = file;
  const checked = statements.map((statement): Chunk => {
    if (isDeclaration(statement) && !isConcerned(starts, statement))
      return { text: omission(statement), start: statement.getStart(file) };
    return { text: text.slice(statement.pos, statement.end), start: statement.pos };
  });
  return [...checked, { text: text.slice(statements.end), start: statements.end }];
}

/** As much of a module as the statement, and an end for the one before, which had it from the new line. */
function omission({ modifiers }: Declaration): string {
  return modifiers?.some(({ kind }) => kind === api.SyntaxKind.ExportKeyword) ? ";export {};" : ";";
}

type Declaration = ts.FunctionDeclaration | ts.ClassDeclaration | ts.VariableStatement;

function isDeclaration(statement: ts.Statement): statement is Declaration {
  return (
    api.isFunctionDeclaration(statement) || api.isClassDeclaration(statement) || api.isVariableStatement(statement)
  );
}

function errorsOf(file: ts.SourceFile, chunks: readonly Chunk[], module: ModuleKind): Diagnostic[] {
  const sourceType = sourceTypes[module];
  try {
    loadParser().parse(textOf(chunks), { ...options, sourceType });
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { pos = 0, message } = error as SyntaxError & { pos?: number };
    return [
      earlyError.at(
        { fileName: file.fileName, text: file.text, start: placeIn(chunks, pos), length: 0 },
        // The parser names an option of its own.
        message.replace(/\.? \(\d+:\d+\)$/, "").replace(`with 'sourceType: "module"'`, "in a module"),
      ),
    ];
  }
}

/** Of an offset in their text. At its end there is nothing of the last one. */
function placeIn(chunks: readonly Chunk[], offset: number): number {
  let end = 0;
  const found = chunks.find(({ text }) => (end += text.length) > offset) ?? chunks.at(-1)!;
  return found.start + found.text.length - (end - offset);
}
