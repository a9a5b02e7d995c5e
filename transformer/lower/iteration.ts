/** for-in, for-of and for await over explicit iterator records. */

import type ts from "typescript";
import type { BlockId, Value } from "../ir/ir.js";
import type { Variable } from "../syntax/scope.js";
import { isAwaitUsing, isUsing } from "../syntax/suspension.js";
import { api } from "../typescript.js";
import { emitUse } from "./declaration.js";
import { lowerExpression } from "./expression.js";
import { code, exhausted, type Lowering, resumption, runtime, valueOf, variable } from "./lowering.js";
import { lowerAssignmentTarget, lowerBindingTarget } from "./pattern.js";
import { enterScope, lowerStatement } from "./statement.js";
import { lowerFinally } from "./try.js";
import { lowerUsing } from "./using.js";

type Head = ts.ForInStatement | ts.ForOfStatement;

export function lowerForIn(l: Lowering, node: ts.ForInStatement, labels: readonly string[]): void {
  const { builder } = l;
  annexBInitializer(l, node);
  const keys = openIterator(l, node, "keysIn");
  const next = builder.newBlock();
  const after = builder.newBlock();
  stepSync(l, node, keys, next, after, (item) => {
    l.control.within({ kind: "target", labels, breakTo: after, continueTo: next, anonymous: true }, () =>
      lowerIteration(l, node, item),
    );
  });
}

/** `for (var x = 1 in …)` in sloppy code (§B.3.5). */
function annexBInitializer(l: Lowering, node: ts.ForInStatement): void {
  const declaration = api.isVariableDeclarationList(node.initializer) ? node.initializer.declarations[0]! : undefined;
  if (!declaration?.initializer) return;
  lowerExpression(l, declaration.initializer);
  const target = l.bindings.variableOf(declaration.name as ts.Identifier)!;
  l.builder.emit({ kind: "assign", target, value: valueOf(l, declaration.initializer), named: target.name });
}

export function lowerForOf(l: Lowering, node: ts.ForOfStatement, labels: readonly string[]): void {
  const { builder } = l;
  const iterator = openIterator(l, node, "iterator");
  const next = builder.newBlock();
  const after = builder.newBlock();
  stepSync(l, node, iterator, next, after, (item) => {
    closing(l, node, iterator, { labels, next, after }, () => lowerIteration(l, node, item), false);
  });
}

export function lowerForAwait(l: Lowering, node: ts.ForOfStatement, labels: readonly string[]): void {
  const { builder } = l;
  const iterator = openIterator(l, node, "asyncIterator");
  const next = builder.newBlock();
  const after = builder.newBlock();
  const body = builder.newBlock();
  builder.begin(next, node);
  builder.within(nameIn(node), () => builder.suspend("Next", variable(iterator), node));
  const item = builder.temporary("item");
  builder.within(undefined, () => {
    builder.emit({ kind: "assign", target: item, value: resumption });
    builder.end({ kind: "branch", test: exhausted, consequent: after, alternate: body });
  });
  builder.begin(body);
  closing(l, node, iterator, { labels, next, after }, () => lowerIteration(l, node, variable(item)), true);
  builder.end({ kind: "goto", target: next });
  builder.begin(after);
}

function openIterator(l: Lowering, node: Head, operation: string): Variable {
  const { builder } = l;
  lowerExpression(l, node.expression);
  const iterator = builder.temporary("iterator");
  builder.emit({
    kind: "assign",
    target: iterator,
    value: code`${runtime(operation)}(${valueOf(l, node.expression)})`,
    origin: node.expression,
  });
  return iterator;
}

function stepSync(
  l: Lowering,
  node: Head,
  iterator: Variable,
  next: BlockId,
  after: BlockId,
  body: (item: Value) => void,
): void {
  const { builder } = l;
  const item = builder.temporary("item");
  const present = builder.newBlock();
  builder.begin(next);
  builder.within(nameIn(node), () =>
    builder.emit({ kind: "assign", target: item, value: code`${variable(iterator)}.step()` }),
  );
  builder.within(undefined, () =>
    builder.end({ kind: "branch", test: code`${variable(iterator)}.done`, consequent: after, alternate: present }),
  );
  builder.begin(present);
  body(variable(item));
  builder.end({ kind: "goto", target: next });
  builder.begin(after);
}

/** What a loop's head binds: where an engine stops before each iteration. */
function nameIn({ initializer }: Head): ts.Node {
  return api.isVariableDeclarationList(initializer) ? initializer.declarations[0]!.name : initializer;
}

interface Loop {
  readonly labels: readonly string[];
  readonly next: BlockId;
  readonly after: BlockId;
}

/** Runs a loop body; every way out of it but the normal one closes the iterator. */
function closing(
  l: Lowering,
  node: Head,
  iterator: Variable,
  { labels, next, after }: Loop,
  body: () => void,
  isAsync: boolean,
): void {
  const { control } = l;
  control.within({ kind: "target", labels, breakTo: after, anonymous: true }, () => {
    lowerFinally(l, {
      origin: node,
      body: () => control.within({ kind: "target", labels, continueTo: next, anonymous: true }, body),
      finalizer: ({ completion }) => lowerClose(l, node, iterator, completion, isAsync),
      finalizesNormal: false,
    });
  });
}

function lowerClose(l: Lowering, node: Head, iterator: Variable, completion: Variable, isAsync: boolean): void {
  if (isAsync) l.builder.suspend("Close", variable(iterator), node, completion);
  else l.builder.emit({ kind: "evaluate", value: code`${variable(iterator)}.close(${variable(completion)})` });
}

/** Binds the item, in a scope of its own for each iteration, and runs the statement. */
function lowerIteration(l: Lowering, node: Head, item: Value): void {
  const head = node.initializer;
  if (!api.isVariableDeclarationList(head)) {
    l.builder.within(head, () => lowerAssignmentTarget(l, head, item));
    return lowerStatement(l, node.statement);
  }
  enterScope(l, l.bindings.scopeOf(node));
  const { name } = head.declarations[0]!;
  if (!isUsing(head)) {
    l.builder.within(name, () => lowerBindingTarget(l, name, item));
    return lowerStatement(l, node.statement);
  }
  lowerUsing(l, head, () => {
    const target = l.bindings.variableOf(name as ts.Identifier)!;
    l.builder.within(name, () => emitUse(l, target, item, isAwaitUsing(head), head));
    lowerStatement(l, node.statement);
  });
}
