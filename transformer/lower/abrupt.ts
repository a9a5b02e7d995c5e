/** break, continue, return, throw: directly, and out of native statements. */

import type ts from "typescript";
import { InvariantError } from "../fault.js";
import type { Exit, Instruction } from "../ir/ir.js";
import { exitsOf, runsCodeOnLeaving } from "../syntax/suspension.js";
import { api } from "../typescript.js";
import type { Jump } from "./control.js";
import { lowerExpression } from "./expression.js";
import { code, type Lowering, resumption, valueOf } from "./lowering.js";

export function lowerJump(l: Lowering, node: ts.BreakOrContinueStatement): void {
  go(l, jumpOf(l, node), node);
}

/** Takes a jump from here. */
export function go(l: Lowering, jump: Jump, from?: ts.Node): void {
  const route = l.control.route(jump);
  if (route.kind === "return") {
    l.builder.end({ kind: "return" });
    return;
  }
  for (const instruction of route.instructions) l.builder.emit(instruction);
  l.builder.end({ kind: "goto", target: route.target, from });
}

/**
 * `return operand`: awaited first (ECMA-262 §14.10.1), where a rejection can still be caught; then through
 * every `finally`.
 */
export function lowerReturn(l: Lowering, node: ts.ReturnStatement): void {
  const { builder, control } = l;
  if (!node.expression) return returnUndefined(l);
  lowerExpression(l, node.expression);
  builder.suspend("Await", valueOf(l, node.expression), node);
  const kept = control.returnValue;
  if (!kept) return builder.end({ kind: "return", value: resumption });
  builder.emit({ kind: "assign", target: kept, value: resumption });
  go(l, { kind: "return" });
}

function returnUndefined(l: Lowering): void {
  const kept = l.control.returnValue;
  if (!kept) return l.builder.end({ kind: "return" });
  l.builder.emit({ kind: "assign", target: kept, value: code`void 0` });
  go(l, { kind: "return" });
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
  const jumps = exits.filter(({ awaits, finishes }) => !awaits && !finishes);
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
  if (!api.isReturnStatement(node)) return { node, ...legOf(l, jumpOf(l, node)) };
  const kept = control.returnValue;
  if (!node.expression) {
    if (!kept) return { node, instructions: [], target: 0 as never, finishes: true };
    const { instructions, target } = legOf(l, { kind: "return" });
    return { node, instructions: [{ kind: "assign", target: kept, value: code`void 0` }, ...instructions], target };
  }
  const resume = builder.newBlock();
  pending.push(() => {
    builder.begin(resume);
    if (!kept) return builder.end({ kind: "return", value: resumption });
    builder.emit({ kind: "assign", target: kept, value: resumption });
    go(l, { kind: "return" });
  });
  return { node, instructions: [], target: resume, awaits: node.expression };
}

function legOf(l: Lowering, jump: Jump): { instructions: readonly Instruction[]; target: Exit["target"] } {
  const route = l.control.route(jump);
  if (route.kind === "return") throw new InvariantError("lower", "a return without a finally has no leg");
  return route;
}

const jumpOf = (l: Lowering, node: ts.BreakOrContinueStatement): Jump => l.control.jumpTo(node);
