/** Where things stand in the source. */

import type ts from "typescript";
import type { States } from "../analyze/states.js";
import type { Derived, Terminator } from "../ir/ir.js";
import type { AsyncGenerator } from "../syntax/functions.js";

/**
 * The offset of the source that a statement, or a part of one, stands for in the map; -1 for none. A debugger that is to stop at a
 * line takes the first column that is mapped: a part that is evaluated before what stands on its line in front of it takes that place.
 */
export function offsetOf({ from, statement = from }: Derived, file: ts.SourceFile): number {
  if (!from) return -1;
  const start = from.getStart(file);
  if (from === statement) return start;
  const { line } = file.getLineAndCharacterOfPosition(start);
  const lineStart = file.getPositionOfLineAndCharacter(line, 0);
  const first = lineStart + /^\s*/.exec(file.text.slice(lineStart, start))![0].length;
  return first > statement!.getStart(file) ? first : start;
}

/** `own` is what a suspension stands for. Where it is the first of a statement that begins `above` it, that has a place too. */
export function offsetsOf(
  suspender: Extract<Terminator, { kind: "suspend" }>,
  file: ts.SourceFile,
): { readonly above: number; readonly own: number } {
  const statement = offsetOf(suspender, file);
  const own = offsetOf({ from: suspender.origin, statement: suspender.statement }, file);
  const isBelow = statement >= 0 && /[\r\n]/.test(file.text.slice(statement, own));
  return isBelow ? { above: statement, own } : { above: -1, own: statement };
}

/**
 * A function and each of its suspensions, as one string for the runtime's inspection. `rows.ts:12,,2,1`: the file's base name, the
 * 1-based line of the function, and for each state from 1 on how many lines the suspension that leads to it stands below the one
 * before; nothing means the same line.
 */
export function positionsOf(node: AsyncGenerator, { origins }: States): string {
  const file = node.getSourceFile();
  const lineOf = (each: ts.Node): number => file.getLineAndCharacterOfPosition(each.getStart(file)).line + 1;
  const first = lineOf(node.asteriskToken!);
  const steps: string[] = [];
  let line = first;
  for (const [state, origin] of origins) {
    const next = lineOf(origin);
    if (next === line) continue;
    while (steps.length < state - 1) steps.push("");
    steps.push(String(next - line));
    line = next;
  }
  return [`${baseName(file.fileName)}:${first}`, ...steps].join(",");
}

const baseName = (path: string): string => path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
