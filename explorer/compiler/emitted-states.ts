/** Where the states of a function stand in the emitted code: the clauses of its step's `switch`. */

import type typescript from "typescript";
import { type Explanation, typescript as ts } from "../../transformer/index.js";
import type { EmittedState } from "../protocol.js";

type Emitted = Pick<Explanation, "step" | "definition">;

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
    const isIn = inStep || isStep(node, file, emitted);
    return ts.forEachChild(node, (child) => find(child, isIn));
  };
  return find(file, false);
}

/** `function f$step($, v) { … }`, or the arrow in `f$.create(new f$vars(), ($, v) => { … })`. */
function isStep(node: typescript.Node, file: typescript.SourceFile, { step, definition }: Emitted): boolean {
  if (ts.isFunctionDeclaration(node)) return step !== undefined && node.name?.text === step;
  if (step !== undefined || !ts.isArrowFunction(node) || !ts.isCallExpression(node.parent)) return false;
  const { expression } = node.parent;
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== "create") return false;
  return /^\(?([\p{ID_Continue}$]+)/u.exec(expression.expression.getText(file))?.[1] === definition;
}
