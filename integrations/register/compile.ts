/** One file, as Node runs it: compiled, its types removed, with its source map inside. */

import remapping from "@jridgewell/remapping";
import type ts from "typescript";
import {
  typescript as api,
  type ComposedMap,
  type Diagnostic,
  directivePattern,
  transform,
} from "../../transformer/index.js";
import { dataUrlOf, withMapComment } from "../../transformer/map-comment.js";
import { codeFrame } from "../code-frame.js";
import { compileModule, errorsBesideWarnings, isAsked } from "../compile-module.js";
import { isInstalled } from "../file-kinds.js";
import { inputMap, withoutMapComment } from "../input-map.js";
import { settingsFor } from "./settings.js";

export type Format = "module" | "commonjs";

interface Code {
  readonly code: string;
  readonly map: ComposedMap | undefined;
}

type Problem = Pick<Diagnostic, "code" | "message" | "line" | "column">;

const shown = (fileName: string, { code, message, line, column }: Problem): string =>
  `${fileName}:${line}:${column} - ${code}: ${message}`;

function refuse(fileName: string, source: string, errors: readonly Problem[]): void {
  const said = errors.map((each) => `${shown(fileName, each)}\n${codeFrame(source, each)}`);
  if (said.length > 0) throw new SyntaxError(said.join("\n"));
}

function lowered(
  source: string,
  fileName: string,
  format: Format,
  readMap?: () => ReturnType<typeof inputMap>,
): Code | undefined {
  // What is installed may lie beside a configuration that is not meant for it.
  if (isInstalled(fileName) && !directivePattern.test(source)) return undefined;
  const options = { ...settingsFor(fileName).options, fileName };
  if (!isAsked(source, options)) return undefined;
  const { code, map, diagnostics } = compileModule<ComposedMap>(options, format === "module" ? "esm" : "cjs", (given) =>
    transform(source, given, readMap),
  );
  // Of syntax errors Node and TypeScript speak themselves.
  const ours = diagnostics.filter((each) => each.code.startsWith("ACLOSE"));
  const errors = errorsBesideWarnings(ours, (each) => console.warn(shown(fileName, each)));
  refuse(fileName, source, errors);
  return code === source ? undefined : { code, map: map ?? undefined };
}

const withMap = (code: string, map: object | undefined): string => (map ? withMapComment(code, dataUrlOf(map)) : code);

/** What is JavaScript, whatever its file is; undefined when it can stay as it is. A compiler before this one may have left a map of its own. */
export function compiled(source: string, fileName: string, format: Format): string | undefined {
  const output = lowered(source, fileName, format, () => inputMap(source, fileName));
  if (!output) return undefined;
  return withMap(withoutMapComment(output.code), output.map);
}

/** What leaves JSX to a bundler, as the default does, leaves Node with a syntax error. */
function runnable(jsx: ts.JsxEmit | undefined): ts.JsxEmit {
  const { Preserve, React, ReactNative } = api.JsxEmit;
  return jsx === undefined || jsx === Preserve || jsx === ReactNative ? React : jsx;
}

/** Where there is one, TypeScript guesses what was meant, and its output would run. What concerns options is in no file. */
function syntaxErrors(diagnostics: readonly ts.Diagnostic[] | undefined) {
  return (diagnostics ?? []).flatMap(({ file, start, code, messageText }) => {
    if (!file || start === undefined) return [];
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    const message = api.flattenDiagnosticMessageText(messageText, "\n");
    return [{ code: `TS${code}`, message, line: line + 1, column: character + 1 }];
  });
}

/** A file of TypeScript as JavaScript. */
export function transpiled(source: string, fileName: string, format: Format): string {
  const first = lowered(source, fileName, format);
  const text = first?.code ?? source;
  const { compilerOptions } = settingsFor(fileName);
  const { outputText, sourceMapText, diagnostics } = api.transpileModule(text, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: {
      ...compilerOptions,
      module: format === "module" ? api.ModuleKind.ESNext : api.ModuleKind.CommonJS,
      moduleResolution: undefined,
      target: api.ScriptTarget.ES2022,
      jsx: runnable(compilerOptions.jsx),
      esModuleInterop: true,
      verbatimModuleSyntax: false,
      sourceMap: true,
      inlineSourceMap: false,
      inlineSources: true,
      sourceRoot: undefined,
      // Nothing is written: what only concerns files would be an error here.
      outDir: undefined,
      composite: false,
      incremental: false,
      noEmit: false,
    },
  });
  refuse(fileName, text, syntaxErrors(diagnostics));
  // The last one is TypeScript's; others are texts of the user's.
  const code = outputText.slice(0, outputText.lastIndexOf("//# sourceMappingURL="));
  const last = JSON.parse(sourceMapText as string) as { sources: string[] };
  const map = { ...last, sources: [fileName] };
  return withMap(code, first?.map ? remapping([map, first.map] as never, () => null) : map);
}
