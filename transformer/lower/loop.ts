/** while, do-while, for. */

import type ts from "typescript";
import type { BlockId } from "../ir/ir.js";
import { isUsing } from "../syntax/suspension.js";
import { api } from "../typescript.js";
import type { JumpTarget } from "./control.js";
import { lowerVariables } from "./declaration.js";
import { lowerExpression, lowerForEffect } from "./expression.js";
import { type Lowering, valueOf } from "./lowering.js";
import { enterScope, lowerStatement } from "./statement.js";
import { lowerUsing } from "./using.js";

export function lowerWhile(l: Lowering, node: ts.WhileStatement, labels: readonly string[]): void {
  const { builder } = l;
  const test = builder.newBlock();
  const after = builder.newBlock();
  builder.begin(test, node);
  builder.within(node.expression, () => lowerTest(l, node.expression, after));
  lowerBody(l, node.statement, { labels, breakTo: after, continueTo: test });
  builder.end({ kind: "goto", target: test });
  builder.begin(after);
}

export function lowerDo(l: Lowering, node: ts.DoStatement, labels: readonly string[]): void {
  const { builder } = l;
  const body = builder.newBlock();
  const test = builder.newBlock();
  const after = builder.newBlock();
  builder.begin(body, node);
  lowerBody(l, node.statement, { labels, breakTo: after, continueTo: test });
  builder.begin(test, node.expression);
  builder.within(node.expression, () => {
    lowerExpression(l, node.expression);
    builder.end({ kind: "branch", test: valueOf(l, node.expression), consequent: body, alternate: after });
  });
  builder.begin(after);
}

/** Loop bindings get a copy for each iteration (ECMA-262 §14.7.4.3); `copy` costs nothing where no closure captures one. */
export function lowerFor(l: Lowering, node: ts.ForStatement, labels: readonly string[]): void {
  const head = node.initializer;
  enterScope(l, l.bindings.scopeOf(node));
  if (head && api.isVariableDeclarationList(head) && isUsing(head))
    return lowerUsing(l, head, () => lowerForParts(l, node, labels));
  lowerForParts(l, node, labels);
}

function lowerForParts(l: Lowering, node: ts.ForStatement, labels: readonly string[]): void {
  const { builder, bindings } = l;
  const test = builder.newBlock();
  const update = builder.newBlock();
  const after = builder.newBlock();
  lowerHead(l, node.initializer);
  const scope = bindings.scopeOf(node)!;
  if (scope.variables.size > 0) builder.emit({ kind: "copy", scope });
  builder.begin(test, node.condition);
  builder.within(node.condition, () => node.condition && lowerTest(l, node.condition, after));
  lowerBody(l, node.statement, { labels, breakTo: after, continueTo: update });
  builder.begin(update, node.incrementor);
  if (scope.variables.size > 0) builder.emit({ kind: "copy", scope });
  builder.within(node.incrementor, () => node.incrementor && lowerForEffect(l, node.incrementor));
  builder.end({ kind: "goto", target: test });
  builder.begin(after);
}

function lowerBody(l: Lowering, node: ts.Statement, ways: Pick<JumpTarget, "labels" | "breakTo" | "continueTo">): void {
  l.control.within({ kind: "target", ...ways, anonymous: true }, () => lowerStatement(l, node));
}

function lowerHead(l: Lowering, head: ts.ForInitializer | undefined): void {
  if (!head) return;
  if (api.isVariableDeclarationList(head)) lowerVariables(l, head);
  else lowerForEffect(l, head);
}

function lowerTest(l: Lowering, node: ts.Expression, after: BlockId): void {
  const body = l.builder.newBlock();
  lowerExpression(l, node);
  if (node.kind === api.SyntaxKind.TrueKeyword) l.builder.end({ kind: "goto", target: body });
  else l.builder.end({ kind: "branch", test: valueOf(l, node), consequent: body, alternate: after });
  l.builder.begin(body);
}
