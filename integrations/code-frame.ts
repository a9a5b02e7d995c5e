import type { Diagnostic } from "../transformer/index.js";
import { lineEnd } from "../transformer/line-ends.js";

/** The line of a message with its number, and below it a mark under the place. */
export function codeFrame(source: string, { line, column }: Pick<Diagnostic, "line" | "column">): string {
  const text = source.split(lineEnd)[line - 1] ?? "";
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  return `${line} | ${text}\n${" ".repeat(`${line}`.length)} | ${indent}^`;
}
