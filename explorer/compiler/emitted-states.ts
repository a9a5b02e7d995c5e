/** Where the states of a function stand in the emitted code: the clauses of its step's `switch`. */

import type typescript from "typescript";
import { type Explanation, typescript as ts } from "../../transformer/index.js";
import type { EmittedState } from "../protocol.js";

type Emitted = Pick<Explanation, "step">;

export function emittedStates(code: string, emitted: Emitted): EmittedState[] {
  const file = ts.createSourceFile("emitted.ts", code, ts.ScriptTarget.Latest, true);
  const lineOf = (offset: number): number => file.getLineAndCharacterOfPosition(offset).line + 1;
  const found = switchOf(file, emitted);
  return (found?.caseBlock.clauses ?? []).flatMap((clause) =>
    ts.isCaseClause(clause) && ts.isNumericLiteral(clause.expression)
      ? [{ id: Number(clause.expression.text), line: lineOf(clause.getStart(file)), endLine: lineOf(clause.end) }]
      : [],
  );
}

/** The first `switch` in the step: a user's own stands inside it. */
function switchOf(file: typescript.SourceFile, emitted: Emitted): typescript.SwitchStatement | undefined {
  const find = (node: typescript.Node, inStep: boolean): typescript.SwitchStatement | undefined => {
    if (inStep && ts.isSwitchStatement(node)) return node;
    const isIn = inStep || isStep(node, emitted);
    return ts.forEachChild(node, (child) => find(child, isIn));
  };
  return find(file, false);
}

/** `function f$step($, v) { … }`, or `const f$step = $ => { … }` within its function. */
function isStep(node: typescript.Node, { step }: Emitted): boolean {
  if (ts.isFunctionDeclaration(node)) return node.name?.text === step;
  if (!ts.isArrowFunction(node) || !ts.isVariableDeclaration(node.parent)) return false;
  const { name } = node.parent;
  return ts.isIdentifier(name) && name.text === step;
}
