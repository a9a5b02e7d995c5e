/**
 * Early errors. TypeScript's parser leaves many of them to its checker, which nobody runs over a `.js` file, and over a `.ts` file only
 * tsc; rewriting would make them disappear.
 */

import type { ParserOptions } from "@babel/parser";
import type ts from "typescript";
import type { Chunk } from "../chunk.js";
import { type Diagnostic, earlyError } from "../diagnostics.js";
import { isJavaScript, isTypeScript } from "../file-kinds.js";
import { textOf } from "../serialize.js";
import { api } from "../typescript.js";
import loadParser from "./load-parser.cjs";
import type { ModuleKind } from "./module-kind.js";
import { isConcerned, type Selection } from "./selection.js";

type Plugins = NonNullable<ParserOptions["plugins"]>;

const plugins: Plugins = [
  "decorators",
  "decoratorAutoAccessors",
  "explicitResourceManagement",
  "sourcePhaseImports",
  "deferredImportEvaluation",
];

const options: ParserOptions = {
  attachComment: false,
  createImportExpressions: true,
  // The declaration may be one of those that are left out.
  allowUndeclaredExports: true,
};

const sourceTypes = { esm: "module", cjs: "commonjs", script: "script" } as const satisfies Record<ModuleKind, string>;

/** What is wrong in TypeScript too, as the parser calls it: what is declared twice, or is assigned to, may be right by its types. */
const wrongInTypeScript: readonly string[] = [
  "ArgumentsInClass",
  "AwaitExpressionFormalParameter",
  "AwaitNotInAsyncContext",
  "DeclarationMissingInitializer",
  "IllegalBreakContinue",
  "LabelRedeclaration",
  "MultipleDefaultsInSwitch",
  "SuperNotAllowed",
  "UnexpectedSuper",
  "YieldInParameter",
];

/** The errors of a file of that kind. `isGuess` where nothing in a script says that it is one: it may be what some other kind allows. */
export function findEarlyErrors(
  file: ts.SourceFile,
  selection: Selection,
  module: ModuleKind,
  isGuess: boolean,
): Diagnostic[] {
  const chunks = textToCheck(file, selection);
  const errors = errorsOf(file, chunks, module);
  const isAllowed =
    isGuess && errors.length > 0 && (["esm", "cjs"] as const).some((kind) => !errorsOf(file, chunks, kind).length);
  return isAllowed ? [] : errors;
}

/**
 * The text without declarations in which nothing is rewritten, and in TypeScript without any such statement: what is wrong in one stays in
 * the output, and the engine says so. Others in JavaScript tell of what kind the file is.
 */
function textToCheck(file: ts.SourceFile, { starts }: Selection): Chunk[] {
  const { text, statements } = file;
  const canOmit = isJavaScript(file.fileName) ? isDeclaration : () => true;
  const checked = statements.map((statement): Chunk => {
    if (canOmit(statement) && !isConcerned(starts, statement))
      return { text: omission(statement), start: statement.getStart(file) };
    return { text: text.slice(statement.pos, statement.end), start: statement.pos };
  });
  return [...checked, { text: text.slice(statements.end), start: statements.end }];
}

/** As much of a module as the statement, and an end for the one before, which had it from the new line. */
function omission(statement: ts.Statement): string {
  const { modifiers } = statement as Declaration;
  return modifiers?.some(({ kind }) => kind === api.SyntaxKind.ExportKeyword) ? ";export {};" : ";";
}

type Declaration = ts.FunctionDeclaration | ts.ClassDeclaration | ts.VariableStatement;

function isDeclaration(statement: ts.Statement): statement is Declaration {
  return (
    api.isFunctionDeclaration(statement) || api.isClassDeclaration(statement) || api.isVariableStatement(statement)
  );
}

/** The first error in the whole of a file. */
export function findError(file: ts.SourceFile, module: ModuleKind): Diagnostic | undefined {
  return errorsOf(file, [{ text: file.text, start: 0 }], module, true)[0];
}

/** What the parser cannot read of TypeScript may be newer than it: unless `stopsCount`, only what it has read, and found wrong, is an error. */
function errorsOf(
  file: ts.SourceFile,
  chunks: readonly Chunk[],
  module: ModuleKind,
  stopsCount = isJavaScript(file.fileName),
): Diagnostic[] {
  const error = firstError(file, textOf(chunks), module, stopsCount);
  if (!error) return [];
  return [
    earlyError.at(
      { fileName: file.fileName, text: file.text, start: placeIn(chunks, error.pos ?? 0), length: 0 },
      // The parser names an option of its own.
      error.message.replace(/\.? \(\d+:\d+\)$/, "").replace(`with 'sourceType: "module"'`, "in a module"),
    ),
  ];
}

function firstError(
  file: ts.SourceFile,
  text: string,
  module: ModuleKind,
  stopsCount: boolean,
): (SyntaxError & { readonly pos?: number }) | undefined {
  const isTyped = isTypeScript(file.fileName);
  const syntax: Plugins = isTyped ? [...plugins, "typescript"] : plugins;
  const given: ParserOptions = {
    ...options,
    plugins: file.languageVariant === api.LanguageVariant.JSX ? [...syntax, "jsx"] : syntax,
    sourceType: isTyped && api.isExternalModule(file) ? "module" : sourceTypes[module],
    errorRecovery: isTyped,
  };
  try {
    const { errors } = loadParser().parse(text, given);
    // It takes what stands in one for a part of the parameter.
    if (errors?.some(({ reasonCode }) => reasonCode === "UnsupportedParameterDecorator")) return undefined;
    return errors?.find(({ reasonCode }) => stopsCount || wrongInTypeScript.includes(reasonCode));
  } catch (error) {
    // It may also nest too deeply for this parser, and not for the compiler.
    if (!stopsCount) return undefined;
    if (!(error instanceof SyntaxError)) throw error;
    return error;
  }
}

/** Of an offset in their text. At its end there is nothing of the last one. */
function placeIn(chunks: readonly Chunk[], offset: number): number {
  let end = 0;
  const found = chunks.find(({ text }) => (end += text.length) > offset) ?? chunks.at(-1)!;
  return found.start + found.text.length - (end - offset);
}
