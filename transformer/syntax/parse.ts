/** Text → TypeScript AST, or the syntax errors. */

import type ts from "typescript";
import { type Diagnostic, syntaxError, unsupportedFile } from "../diagnostics.js";
import { isSourceFile } from "../file-kinds.js";
import type { ResolvedOptions } from "../options.js";
import { api } from "../typescript.js";

export interface Parsed {
  readonly file: ts.SourceFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** What TypeScript's parser reports although it is legal ECMAScript: octal literals in sloppy code, private names in optional chains. */
const legalCodes = new Set([1121, 1487, 18030]);

/** What is wrong with a parsed text. */
export function syntaxErrors(file: ts.SourceFile): readonly ts.Diagnostic[] {
  const { parseDiagnostics } = file as ts.SourceFile & { parseDiagnostics?: readonly ts.Diagnostic[] };
  return parseDiagnostics?.filter(({ code }) => !legalCodes.has(code)) ?? [];
}

/** `parsed` is the file's tree where the host has it, by a TypeScript of the same version as the compiler's. */
export function parse(text: string, { fileName, module }: ResolvedOptions, parsed?: ts.SourceFile): Parsed {
  if (!isSourceFile(fileName)) {
    const found = /\.[^./\\]*$/.exec(fileName)?.[0] ?? fileName;
    return {
      file: undefined,
      diagnostics: [
        unsupportedFile.at(
          { fileName, text, start: 0, length: 0 },
          found,
          ".ts, .tsx, .mts, .cts, .js, .jsx, .mjs, .cjs",
        ),
      ],
    };
  }
  const file = parsed ?? createFile(text, fileName, module === "esm");
  return { file, diagnostics: syntaxErrors(file).map((diagnostic) => asDiagnostic(diagnostic, text, fileName)) };
}

function createFile(fileText: string, fileName: string, isModule: boolean): ts.SourceFile {
  const options: ts.CreateSourceFileOptions = {
    languageVersion: api.ScriptTarget.Latest,
    jsDocParsingMode: api.JSDocParsingMode.ParseNone,
  };
  if (isModule) {
    options.impliedNodeFormat = api.ModuleKind.ESNext;
    options.setExternalModuleIndicator = forceModule;
  }
  const file = api.createSourceFile(fileName, fileText, options, true);
  dropRepeated(file.statements as unknown as ts.Statement[]);
  return file;
}

/** TypeScript's parser reads a module again from a top-level `await {` on, and then lists the last statements twice. */
function dropRepeated(statements: ts.Statement[]): void {
  const from = statements.findIndex(({ pos }, index) => index > 0 && pos < statements[index - 1]!.end);
  if (from > 0) statements.length = from;
}

function forceModule(file: ts.SourceFile): void {
  (file as { externalModuleIndicator?: true }).externalModuleIndicator = true;
}

function asDiagnostic(
  { start = 0, length = 0, code, messageText }: ts.Diagnostic,
  text: string,
  fileName: string,
): Diagnostic {
  return syntaxError({ fileName, text, start, length }, code, api.flattenDiagnosticMessageText(messageText, "\n"));
}
