/** Statements: dispatch, statement lists, blocks. */

import type ts from "typescript";
import { UnlowerableError } from "../fault.js";
import { declaredFunction } from "../syntax/declared-names.js";
import { isTypeOnly } from "../syntax/functions.js";
import type { Scope } from "../syntax/scope.js";
import { isUsing } from "../syntax/suspension.js";
import { api } from "../typescript.js";
import { lowerJump, lowerNative, lowerReturn, lowerThrow } from "./abrupt.js";
import { lowerIf, lowerSwitch } from "./branch.js";
import {
  hoistFunctions,
  lowerClassDeclaration,
  lowerEnum,
  lowerFunctionDeclaration,
  lowerVariables,
} from "./declaration.js";
import { lowerForEffect } from "./expression.js";
import { lowerForAwait, lowerForIn, lowerForOf } from "./iteration.js";
import { lowerDo, lowerFor, lowerWhile } from "./loop.js";
import { type Lowering, valueOf } from "./lowering.js";
import { lowerTry } from "./try.js";
import { lowerUsing } from "./using.js";

/** Lowers a statement; `labels` are those that stand directly before it. */
export function lowerStatement(l: Lowering, node: ts.Statement, labels: readonly string[] = []): void {
  if (isTypeOnly(node) || api.isEmptyStatement(node)) return;
  lowerCommentsBefore(l, node);
  l.builder.within(node, () => {
    if (l.facts.suspends(node)) lowerSuspending(l, node, labels);
    else lowerPlain(l, node);
  });
  // Those behind a loop's body are behind the loop.
  const isLast = api.isStatement(node.parent) && node.parent.end === node.end;
  if (!isLast) lowerComments(l, api.getTrailingCommentRanges(node.getSourceFile().text, node.end));
}

export const lowerCommentsBefore = (l: Lowering, node: ts.Node): void =>
  lowerComments(l, api.getLeadingCommentRanges(node.getSourceFile().text, node.pos));

/** Lowers what is in a list with the comments beside its start, and those between its last part and the bracket that closes it. */
export function lowerList(l: Lowering, parent: ts.Node, { pos, end }: ts.NodeArray<ts.Node>, lower: () => void): void {
  const { text } = parent.getSourceFile();
  lowerComments(l, api.getTrailingCommentRanges(text, pos));
  lower();
  // Behind a clause they are in front of the next one.
  if (!api.isCaseOrDefaultClause(parent)) lowerComments(l, api.getLeadingCommentRanges(text, end));
}

function lowerComments(l: Lowering, ranges: readonly ts.CommentRange[] | undefined): void {
  for (const { pos, end } of ranges ?? []) l.builder.emit({ kind: "comment", start: pos, end });
}

function lowerPlain(l: Lowering, node: ts.Statement): void {
  const { builder, facts } = l;
  if (api.isVariableStatement(node)) return lowerVariables(l, node.declarationList);
  if (api.isIfStatement(node.parent) && api.isFunctionDeclaration(node))
    return builder.emit({ kind: "statement", node });
  if (declaredFunction(node)) return lowerFunctionDeclaration(l, declaredFunction(node)!);
  // An overload: what it is of is somewhere else by now.
  if (api.isFunctionDeclaration(node)) return;
  if (api.isClassDeclaration(node)) return lowerClassDeclaration(l, node);
  if (api.isEnumDeclaration(node)) return lowerEnum(l, node);
  if (api.isThrowStatement(node)) return lowerThrow(l, node);
  if (api.isReturnStatement(node)) return lowerReturn(l, node);
  if (api.isBreakOrContinueStatement(node)) return lowerJump(l, node);
  if (facts.escapes(node)) return lowerNative(l, node);
  if (api.isExpressionStatement(node))
    return builder.emit({ kind: "evaluate", value: valueOf(l, node.expression), origin: node });
  builder.emit({ kind: "statement", node });
}

function lowerSuspending(l: Lowering, node: ts.Statement, labels: readonly string[]): void {
  switch (node.kind) {
    case api.SyntaxKind.Block:
      return lowerLabeled(l, labels, () => lowerBlock(l, node as ts.Block));
    case api.SyntaxKind.VariableStatement:
      return lowerVariables(l, (node as ts.VariableStatement).declarationList);
    case api.SyntaxKind.ExpressionStatement:
      return lowerForEffect(l, (node as ts.ExpressionStatement).expression);
    case api.SyntaxKind.IfStatement:
      return lowerLabeled(l, labels, () => lowerIf(l, node as ts.IfStatement));
    case api.SyntaxKind.WhileStatement:
      return lowerWhile(l, node as ts.WhileStatement, labels);
    case api.SyntaxKind.DoStatement:
      return lowerDo(l, node as ts.DoStatement, labels);
    case api.SyntaxKind.ForStatement:
      return lowerFor(l, node as ts.ForStatement, labels);
    case api.SyntaxKind.ForInStatement:
      return lowerForIn(l, node as ts.ForInStatement, labels);
    case api.SyntaxKind.ForOfStatement:
      return (node as ts.ForOfStatement).awaitModifier
        ? lowerForAwait(l, node as ts.ForOfStatement, labels)
        : lowerForOf(l, node as ts.ForOfStatement, labels);
    case api.SyntaxKind.SwitchStatement:
      return lowerSwitch(l, node as ts.SwitchStatement, labels);
    case api.SyntaxKind.LabeledStatement:
      return lowerStatement(l, (node as ts.LabeledStatement).statement, [
        ...labels,
        (node as ts.LabeledStatement).label.text,
      ]);
    case api.SyntaxKind.TryStatement:
      return lowerLabeled(l, labels, () => lowerTry(l, node as ts.TryStatement));
    case api.SyntaxKind.ReturnStatement:
      return lowerReturn(l, node as ts.ReturnStatement);
    case api.SyntaxKind.ThrowStatement:
      return lowerThrow(l, node as ts.ThrowStatement);
    case api.SyntaxKind.ClassDeclaration:
      return lowerClassDeclaration(l, node as ts.ClassDeclaration);
    default:
      // Imports and exports.
      throw new UnlowerableError(node, "This may stand only at the top level of a module");
  }
}

/** A statement that is no loop but may be the target of `break label`. */
function lowerLabeled(l: Lowering, labels: readonly string[], body: () => void): void {
  if (labels.length === 0) return body();
  const after = l.builder.newBlock();
  l.control.within({ kind: "target", labels, breakTo: after, anonymous: false }, body);
  l.builder.begin(after);
}

export function lowerBlock(l: Lowering, node: ts.Block): void {
  if (!l.facts.suspends(node)) {
    if (l.facts.escapes(node)) return lowerNative(l, node);
    if (node.statements.length > 0) return l.builder.emit({ kind: "statement", node });
    return lowerList(l, node, node.statements, () => {});
  }
  lowerStatements(l, node, l.bindings.scopeOf(node));
}

/** A statement list that is taken apart; its scope is the compiler's from here on. */
export function lowerStatements(
  l: Lowering,
  node: ts.Block,
  scope: Scope | undefined,
  statements: readonly ts.Statement[] = node.statements,
): void {
  enterScope(l, scope);
  hoistFunctions(l, statements);
  const lists = statements.filter(api.isVariableStatement).map((statement) => statement.declarationList);
  const lower = () =>
    lowerList(l, node, node.statements, () => {
      for (const statement of statements) lowerStatement(l, statement);
    });
  const using = lists.find(isUsing);
  if (using) lowerUsing(l, using, lower);
  else lower();
}

export function enterScope(l: Lowering, scope: Scope | undefined): void {
  if (!scope) return;
  l.builder.manage(scope);
  if (scope.variables.size > 0) l.builder.emit({ kind: "enter", scope });
}
