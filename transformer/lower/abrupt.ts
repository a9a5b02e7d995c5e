/** break, continue, return, throw: directly, and out of native statements. */

import type ts from "typescript";
import type { Exit, Value } from "../ir/ir.js";
import { exitsOf, runsCodeOnLeaving } from "../syntax/suspension.js";
import { api } from "../typescript.js";
import type { Jump, Route } from "./control.js";
import { lowerExpression } from "./expression.js";
import { code, type Lowering, resumption, valueOf } from "./lowering.js";

export function lowerJump(l: Lowering, node: ts.BreakOrContinueStatement): void {
  goTo(l, l.control.jumpTo(node), node);
}

/** Takes a jump from here. */
export function goTo(l: Lowering, jump: Jump, from?: ts.Node): void {
  take(l, l.control.routeOf(jump), from);
}

/** Returns from here, through every `finally`. */
export function goBack(l: Lowering, value?: Value): void {
  const route = l.control.routeOfReturn(value ?? code`void 0`);
  if (route) take(l, route);
  else l.builder.end({ kind: "return", value });
}

function take(l: Lowering, { instructions, target }: Route, from?: ts.Node): void {
  for (const instruction of instructions) l.builder.emit(instruction);
  l.builder.end({ kind: "goto", target, from });
}

/** An operand is awaited first (ECMA-262 §14.10.1), where a rejection can still be caught. */
export function lowerReturn(l: Lowering, node: ts.ReturnStatement): void {
  if (!node.expression) return goBack(l);
  lowerExpression(l, node.expression);
  l.builder.suspend("Await", valueOf(l, node.expression), node);
  goBack(l, resumption);
}

export function lowerThrow(l: Lowering, node: ts.ThrowStatement): void {
  lowerExpression(l, node.expression);
  l.builder.end({ kind: "throw", value: valueOf(l, node.expression) });
}

/** A statement without suspension that control leaves by jumps or returns. */
export function lowerNative(l: Lowering, node: ts.Statement): void {
  const exits: Exit[] = [];
  const pending: (() => void)[] = [];
  for (const jump of exitsOf(node)) exits.push(exitOf(l, jump, pending));
  const jumps = exits.filter(({ awaits, target }) => !awaits && target !== undefined);
  l.builder.native(
    node,
    exits,
    jumps.some((exit) => runsCodeOnLeaving(exit.node, node)),
  );
  if (pending.length === 0) return;
  const after = l.builder.newBlock();
  l.builder.end({ kind: "goto", target: after });
  for (const lower of pending) lower();
  l.builder.begin(after);
}

function exitOf(l: Lowering, node: ts.BreakOrContinueStatement | ts.ReturnStatement, pending: (() => void)[]): Exit {
  const { builder, control } = l;
  if (!api.isReturnStatement(node)) return { node, ...control.routeOf(control.jumpTo(node)) };
  if (!node.expression) return { node, instructions: [], ...control.routeOfReturn(code`void 0`) };
  const resume = builder.newBlock();
  pending.push(() => {
    builder.begin(resume);
    goBack(l, resumption);
  });
  return { node, instructions: [], target: resume, awaits: node.expression };
}
