/** Changes to JSON with comments that leave everything else as it is. */

import { applyEdits, type JSONPath, modify, type ParseError, parse, printParseErrorCode } from "jsonc-parser";

export type Value = unknown;

const mark = "\ufeff";
/** JSON knows no byte order mark; some editors write one. */
export const withoutMark = (text: string): string => (text.startsWith(mark) ? text.slice(1) : text);

export function read(text: string): Record<string, Value> {
  return (parse(withoutMark(text), [], { allowTrailingComma: true }) as Record<string, Value> | undefined) ?? {};
}

export function valueAt(text: string, path: readonly string[]): Value {
  return path.reduce<Value>((from, key) => (from as Record<string, Value> | undefined)?.[key], read(text));
}

/** Throws where the text is broken: a change would make something else of it. */
function requireWhole(text: string): void {
  const errors: ParseError[] = [];
  parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [first] = errors;
  if (first === undefined) return;
  const line = text.slice(0, first.offset).split("\n").length;
  throw new Error(`it does not parse, ${printParseErrorCode(first.error)} in line ${line}`);
}

/** `text` with `value` at `path`, whose parents must be objects or lists, or not there; a number at the end of `path` inserts into a list. */
export function withValue(text: string, path: JSONPath, value: Value): string {
  if (text.startsWith(mark)) return mark + withValue(text.slice(1), path, value);
  requireWhole(text);
  const [, indent = "  "] = /\n([ \t]+)\S/.exec(text) ?? [];
  const formattingOptions = {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.startsWith("\t") ? 1 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  const isArrayInsertion = typeof path.at(-1) === "number";
  return applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion }));
}
