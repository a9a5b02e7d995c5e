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

/** A loop over an iterator record. */
interface Loop<Node extends Head = Head> {
  readonly node: Node;
  readonly labels: readonly string[];
  readonly iterator: Variable;
  /** Where the next item is asked for. */
  readonly next: BlockId;
  readonly after: BlockId;
}

export function lowerForIn(l: Lowering, node: ts.ForInStatement, labels: readonly string[]): void {
  annexBInitializer(l, node);
  const loop = openLoop(l, node, labels, "keysIn");
  const ways = { breakTo: loop.after, continueTo: loop.next };
  stepSync(l, loop, (item) => {
    l.control.within({ kind: "target", labels, ...ways, anonymous: true }, () => lowerIteration(l, node, item));
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
  const loop = openLoop(l, node, labels, "iterator");
  stepSync(l, loop, (item) => lowerClosing(l, loop, item));
}

export function lowerForAwait(l: Lowering, node: ts.ForOfStatement, labels: readonly string[]): void {
  const { builder } = l;
  const loop = openLoop(l, node, labels, "asyncIterator");
  const { iterator, next, after } = loop;
  const body = builder.newBlock();
  builder.begin(next, node);
  builder.within(nameIn(node), () => builder.suspend("Next", variable(iterator), node));
  const item = builder.temporary("item");
  builder.within(undefined, () => {
    builder.emit({ kind: "assign", target: item, value: resumption });
    builder.end({ kind: "branch", test: exhausted, consequent: after, alternate: body });
  });
  builder.begin(body);
  lowerClosing(l, loop, variable(item));
  builder.end({ kind: "goto", target: next });
  builder.begin(after);
}

/** Evaluates what a loop goes over, and opens it with an operation of the runtime. */
function openLoop<Node extends Head>(
  l: Lowering,
  node: Node,
  labels: readonly string[],
  operation: string,
): Loop<Node> {
  const { builder } = l;
  lowerExpression(l, node.expression);
  const iterator = builder.temporary("iterator");
  builder.emit({
    kind: "assign",
    target: iterator,
    value: code`${runtime(operation)}(${valueOf(l, node.expression)})`,
    origin: node.expression,
  });
  return { node, labels, iterator, next: builder.newBlock(), after: builder.newBlock() };
}

function stepSync(l: Lowering, { node, iterator, next, after }: Loop, body: (item: Value) => void): void {
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

/** Runs a loop body; every way out of it but the normal one closes the iterator. */
function lowerClosing(l: Lowering, loop: Loop<ts.ForOfStatement>, item: Value): void {
  const { control } = l;
  const { node, labels, next, after } = loop;
  const body = () => lowerIteration(l, node, item);
  control.within({ kind: "target", labels, breakTo: after, anonymous: true }, () => {
    lowerFinally(l, {
      origin: node,
      body: () => control.within({ kind: "target", labels, continueTo: next, anonymous: true }, body),
      finalizer: ({ completion }) => lowerClose(l, loop, completion),
      finalizesNormal: false,
    });
  });
}

function lowerClose(l: Lowering, { node, iterator }: Loop<ts.ForOfStatement>, completion: Variable): void {
  if (node.awaitModifier) l.builder.suspend("Close", variable(iterator), node, completion);
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
