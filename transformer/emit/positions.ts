/** Where a function and each of its suspensions stand in the source, as one string for the runtime's inspection. */

import type ts from "typescript";
import type { States } from "../analyze/states.js";
import type { AsyncGenerator } from "../syntax/functions.js";

/**
 * `rows.ts:12,,2,1`: the file's base name, the 1-based line of the function, and for each state from 1 on how many lines
 * the suspension that leads to it stands below the one before; nothing means the same line.
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

const baseName = (path: string): string => /[^/\\]*$/.exec(path)![0];
