/** Where the states of a function stand in the emitted code: the clauses of its step's `switch`. */

import type typescript from "typescript";
import { typescript as ts } from "../../transformer/index.js";
import type { EmittedState } from "../protocol.js";

export function emittedStates(code: string, step: string): EmittedState[] {
  const file = ts.createSourceFile("emitted.ts", code, ts.ScriptTarget.Latest, true);
  const lineOf = (offset: number): number => file.getLineAndCharacterOfPosition(offset).line + 1;
  const found = switchOf(file, step);
  return (found?.caseBlock.clauses ?? []).flatMap((clause) =>
    ts.isCaseClause(clause) && ts.isNumericLiteral(clause.expression)
      ? [{ id: Number(clause.expression.text), line: lineOf(clause.getStart(file)), endLine: lineOf(clause.end) }]
      : [],
  );
}

/** The first `switch` in the step: a user's own stands inside it. */
function switchOf(file: typescript.SourceFile, step: string): typescript.SwitchStatement | undefined {
  const find = (node: typescript.Node, inStep: boolean): typescript.SwitchStatement | undefined => {
    if (inStep && ts.isSwitchStatement(node)) return node;
    const isStep =
      (ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node)) && node.name?.getText(file) === step;
    return ts.forEachChild(node, (child) => find(child, inStep || isStep));
  };
  return find(file, false);
}
