/**
 * Diagnostics as text (`file:line:column - error ACLOSE1003: message`, on a terminal with the line itself), JSON, SARIF, and GitHub's
 * annotations.
 */

import { readFileSync } from "node:fs";
import { styleText } from "node:util";
import type { Diagnostic, Options } from "../../transformer/index.js";
import { version } from "../../transformer/version.js";
import { codeFrame } from "../code-frame.js";
import type { Compiled } from "./compile-file.js";
import { UsageError } from "./exit.js";
import { shownPath, toPosix, toUri } from "./files.js";

/** With `/`, as the formats for other programs have it. */
const portablePathOf = ({ fileName }: Diagnostic): string => toPosix(shownPath(fileName));

function formatted(diagnostic: Diagnostic): string {
  const { fileName, line, column, severity, code, message } = diagnostic;
  const { stderr } = process;
  const isColoured = stderr.isTTY && stderr.hasColors();
  const colour = severity === "error" ? "red" : "yellow";
  // By itself it would ask the standard output.
  const word = isColoured ? styleText(colour, severity, { validateStream: false }) : severity;
  const said = `${shownPath(fileName)}:${line}:${column} - ${word} ${code}: ${message}`;
  return stderr.isTTY ? `${said}${framed(diagnostic)}\n` : said;
}

/** Nothing for what concerns the whole file, and for a file that is gone meanwhile. */
function framed(diagnostic: Diagnostic): string {
  if (diagnostic.length === 0) return "";
  try {
    return `\n${codeFrame(readFileSync(diagnostic.fileName, "utf8"), diagnostic)}`;
  } catch {
    return "";
  }
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === "error");

/** Writes all of them to stderr; says whether there was an error. */
export function report(diagnostics: readonly Diagnostic[]): boolean {
  for (const diagnostic of diagnostics) console.error(formatted(diagnostic));
  return hasErrors(diagnostics);
}

/** That nothing is compiled may be meant. It may also be a directive that was forgotten, or that another tool has taken away before. */
export function noteIfPlain(compiled: readonly Compiled[], include: Options["include"]): void {
  if (!compiled.every(({ isPlain }) => isPlain)) return;
  const why =
    include === "all"
      ? "there is no async generator and no for await loop"
      : 'no file has the directive "use aclose", and --include all was not said';
  console.error(`aclose: nothing to compile: ${why}`);
}

function asJson(diagnostics: readonly Diagnostic[]): string {
  return JSON.stringify(
    diagnostics.map((each) => ({ ...each, fileName: portablePathOf(each) })),
    null,
    2,
  );
}

function asSarif(diagnostics: readonly Diagnostic[]): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))];
  const results = diagnostics.map((each) => ({
    ruleId: each.code,
    level: each.severity,
    message: { text: each.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: toUri(shownPath(each.fileName)) },
          region: { startLine: each.line, startColumn: each.column, charOffset: each.start, charLength: each.length },
        },
      },
    ],
  }));
  const driver = { name: "aclose", version, rules: codes.map((id) => ({ id })) };
  return JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
    },
    null,
    2,
  );
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function asAnnotation(diagnostic: Diagnostic): string {
  const { line, column, severity, code, message } = diagnostic;
  const escaped = (text: string): string => text.replace(/[%\r\n]/g, encodeURIComponent);
  const value = (text: string): string => escaped(text).replace(/[:,]/g, encodeURIComponent);
  const place = `file=${value(portablePathOf(diagnostic))},line=${line},col=${column}`;
  return `::${severity} ${place},title=${code}::${escaped(message)}`;
}

/** What goes to stdout for another program; undefined for text, which goes to stderr. */
const formats: Readonly<Record<string, ((diagnostics: readonly Diagnostic[]) => string) | undefined>> = {
  text: undefined,
  json: asJson,
  sarif: asSarif,
  github: (diagnostics) => diagnostics.map(asAnnotation).join("\n"),
};

export function checkFormat(name: string): void {
  if (!Object.hasOwn(formats, name))
    throw new UsageError(`unknown format "${name}"; the formats are ${Object.keys(formats).join(", ")}`);
}

/** Writes all of them in a format of {@link checkFormat}; says whether there was an error. */
export function reportAs(format: string, diagnostics: readonly Diagnostic[]): boolean {
  const text = formats[format]?.(diagnostics);
  if (text === undefined) return report(diagnostics);
  if (text !== "") console.log(text);
  return hasErrors(diagnostics);
}
