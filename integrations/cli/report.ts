/** Diagnostics as text: `file:line:column - error ACLOSE1003: message`. */

import { relative } from "node:path";
import type { Diagnostic } from "../../transformer/index.js";

function formatted({ fileName, line, column, severity, code, message }: Diagnostic): string {
  return `${relative(process.cwd(), fileName) || fileName}:${line}:${column} - ${severity} ${code}: ${message}`;
}

/** Writes all of them to stderr; says whether there was an error. */
export function report(diagnostics: readonly Diagnostic[]): boolean {
  for (const diagnostic of diagnostics) console.error(formatted(diagnostic));
  return diagnostics.some(({ severity }) => severity === "error");
}
