/** if and switch. */

import type ts from "typescript";
import type { BlockId } from "../ir/ir.js";
import { api } from "../typescript.js";
import { hoistFunctions } from "./declaration.js";
import { lowerExpression } from "./expression.js";
import { code, type Lowering, valueOf, variable } from "./lowering.js";
import { enterScope, lowerCommentsBefore, lowerList, lowerStatement } from "./statement.js";

export function lowerIf(l: Lowering, node: ts.IfStatement): void {
  const { builder } = l;
  const after = builder.newBlock();
  let arm: ts.IfStatement | undefined = node;
  while (arm) arm = lowerArm(l, arm, after);
  builder.begin(after);
}

/** One arm of a chain of else-ifs; gives the next, if there is one to take apart. */
function lowerArm(l: Lowering, node: ts.IfStatement, after: BlockId): ts.IfStatement | undefined {
  const { builder } = l;
  const { expression, thenStatement, elseStatement } = node;
  const consequent = builder.newBlock();
  const alternate = elseStatement ? builder.newBlock() : after;
  builder.within(node, () => {
    lowerExpression(l, expression);
    builder.end({ kind: "branch", test: valueOf(l, expression), consequent, alternate });
  });
  builder.begin(consequent, thenStatement);
  lowerStatement(l, thenStatement);
  if (!elseStatement) return undefined;
  builder.end({ kind: "goto", target: after });
  builder.begin(alternate, elseStatement);
  if (api.isIfStatement(elseStatement) && l.facts.suspends(elseStatement)) return elseStatement;
  lowerStatement(l, elseStatement);
  return undefined;
}

export function lowerSwitch(l: Lowering, node: ts.SwitchStatement, labels: readonly string[]): void {
  const { builder, control, bindings } = l;
  const after = builder.newBlock();
  const discriminant = builder.temporary("discriminant");
  lowerExpression(l, node.expression);
  builder.emit({ kind: "assign", target: discriminant, value: valueOf(l, node.expression) });
  enterScope(l, bindings.scopeOf(node));
  const { clauses } = node.caseBlock;
  hoistFunctions(
    l,
    clauses.flatMap((clause) => [...clause.statements]),
  );
  const entries = clauses.map(() => builder.newBlock());
  builder.within(undefined, () => lowerTests(l, clauses, entries, variable(discriminant), after));
  control.within({ kind: "target", labels, breakTo: after, anonymous: true }, () => {
    lowerList(l, node.caseBlock, clauses, () => {
      clauses.forEach((clause, index) => {
        builder.begin(entries[index]!, clause);
        lowerCommentsBefore(l, clause);
        lowerList(l, clause, clause.statements, () => {
          for (const statement of clause.statements) lowerStatement(l, statement);
        });
      });
    });
  });
  builder.begin(after);
}

function lowerTests(
  l: Lowering,
  clauses: readonly ts.CaseOrDefaultClause[],
  entries: readonly BlockId[],
  discriminant: ReturnType<typeof variable>,
  after: BlockId,
): void {
  const { builder } = l;
  let otherwise = after;
  clauses.forEach((clause, index) => {
    if (api.isDefaultClause(clause)) {
      otherwise = entries[index]!;
      return;
    }
    const next = builder.newBlock();
    const { expression } = clause;
    lowerExpression(l, expression);
    // A literal has no place of its own, so that a breakpoint on its line is where the clause begins.
    const isLiteral = api.isLiteralExpression(expression);
    builder.end({
      kind: "branch",
      test: code`${discriminant} === ${isLiteral ? expression.getText() : valueOf(l, expression)}`,
      consequent: entries[index]!,
      alternate: next,
      ...(!isLiteral && { entry: expression }),
    });
    builder.begin(next);
  });
  builder.end({ kind: "goto", target: otherwise });
}
