/**
 * try / catch / finally, and everything that cleans up like a `finally`: iterators, `using`.
 *
 * A finally region keeps a completion record in two variables: its kind and its value. Every way out of the region
 * stores a kind and goes to the finalizer; at its end, `dispatch` resumes the completion.
 */

import type ts from "typescript";
import { CompletionKind } from "../../runtime/abi.js";
import type { BlockId } from "../ir/ir.js";
import { goBack, goTo } from "./abrupt.js";
import type { FinallyContext } from "./control.js";
import { code, type Lowering, variable } from "./lowering.js";
import { lowerBindingTarget } from "./pattern.js";
import { lowerBlock, lowerStatement } from "./statement.js";

export function lowerTry(l: Lowering, node: ts.TryStatement): void {
  const { finallyBlock } = node;
  if (!finallyBlock) return lowerTryCatch(l, node);
  lowerFinally(l, {
    origin: node,
    body: () => (node.catchClause ? lowerTryCatch(l, node) : lowerBlock(l, node.tryBlock)),
    finalizer: () => lowerStatement(l, finallyBlock),
    finalizesNormal: true,
  });
}

function lowerTryCatch(l: Lowering, node: ts.TryStatement): void {
  const { builder, bindings } = l;
  const clause = node.catchClause!;
  const handler = builder.newBlock();
  const after = builder.newBlock();
  const caught = builder.temporary("caught");
  builder.protect("catch", node, handler, caught, undefined, () => {
    lowerBlock(l, node.tryBlock);
    builder.end({ kind: "goto", target: after });
  });
  builder.begin(handler, clause);
  const scope = bindings.scopeOf(clause);
  if (clause.variableDeclaration && scope) {
    builder.manage(scope);
    builder.emit({ kind: "enter", scope });
    const { name } = clause.variableDeclaration;
    builder.within(name, () => lowerBindingTarget(l, name, variable(caught)));
  }
  lowerBlock(l, clause.block);
  builder.begin(after);
}

interface FinallyParts {
  readonly origin: ts.Node;
  readonly body: () => void;
  /** Runs with every completion that reaches it; knows the completion that it interrupts. */
  readonly finalizer: (context: FinallyContext) => void;
  /** Whether the finalizer also runs when the body ends normally: not so for iterators, which are then exhausted. */
  readonly finalizesNormal: boolean;
}

export function lowerFinally(l: Lowering, parts: FinallyParts): void {
  const { builder, control } = l;
  const after = builder.newBlock();
  const context: FinallyContext = {
    kind: "finally",
    entry: builder.newBlock(),
    completion: builder.temporary("completion"),
    value: builder.temporary("result"),
    jumps: [],
  };
  builder.protect("finally", parts.origin, context.entry, context.value, context.completion, () => {
    control.within(context, parts.body);
    if (!parts.finalizesNormal) return builder.end({ kind: "goto", target: after });
    builder.within(undefined, () =>
      builder.emit({ kind: "assign", target: context.completion, value: code`${String(CompletionKind.Normal)}` }),
    );
    builder.end({ kind: "goto", target: context.entry });
  });
  builder.begin(context.entry);
  builder.within(undefined, () => {
    parts.finalizer(context);
    resumeCompletion(l, context, parts.finalizesNormal ? after : undefined);
  });
  builder.begin(after);
}

/** The end of a finalizer: goes on with the completion that it interrupted; with `after`, it has also run where there was none. */
function resumeCompletion(l: Lowering, context: FinallyContext, after: BlockId | undefined): void {
  const { builder } = l;
  const rethrow = builder.newBlock();
  const goingBack = builder.newBlock();
  const onward = context.jumps.map(() => builder.newBlock());
  const cases = [
    { code: CompletionKind.Throw, target: rethrow },
    { code: CompletionKind.Return, target: goingBack },
    ...onward.map((target, index) => ({ code: CompletionKind.FirstJump + index, target })),
  ];
  const otherwise = after ?? cases.pop()!.target;
  builder.end({ kind: "dispatch", on: context.completion, cases, otherwise });
  builder.begin(rethrow);
  builder.end({ kind: "throw", value: variable(context.value) });
  builder.begin(goingBack);
  goBack(l, variable(context.value));
  onward.forEach((block, index) => {
    builder.begin(block);
    goTo(l, context.jumps[index]!);
  });
}
