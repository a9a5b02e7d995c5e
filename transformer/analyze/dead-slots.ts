/**
 * Where the frame holds a value that nobody will read any more. It is dropped before the next suspension, so that a generator
 * that waits, however long, keeps alive only what it needs.
 *
 * A slot is dropped before a suspension if it is dead where that resumes; where only some way out of a block leaves it dead, or the
 * suspension's own operand reads it, at the beginning of the block that comes next, if that can come to a suspension; or on the way
 * there, where others get there without it: a loop does not drop in each round what it was entered with.
 */

import type ts from "typescript";
import type { BasicBlock, BlockId, Body, Terminator } from "../ir/ir.js";
import { edges, successors } from "../ir/successors.js";
import { append } from "../multimap.js";
import { isAssignmentTarget, isLogicalAssignment, isUpdate } from "../syntax/assignment.js";
import { isErasedWrapper } from "../syntax/functions.js";
import { isCaptured, type Variable } from "../syntax/scope.js";
import { api } from "../typescript.js";
import type { Liveness } from "./liveness.js";
import type { Layout } from "./placement.js";
import type { Uses } from "./uses.js";

export interface DeadSlots {
  /** Dropped where a block begins. */
  atStart(id: BlockId): readonly Variable[];
  /** Dropped before a block's suspension. */
  beforeSuspending(id: BlockId): readonly Variable[];
  /** Dropped where a block goes on to the one that comes after all its other ways out. */
  beforeGoingOn(id: BlockId): readonly Variable[];
}

const nothing: readonly Variable[] = [];

/** Where all values are kept, for debuggers. */
export const noDeadSlots: DeadSlots = {
  atStart: () => nothing,
  beforeSuspending: () => nothing,
  beforeGoingOn: () => nothing,
};

export function findDeadSlots(body: Body, uses: Uses, liveness: Liveness, layout: Layout): DeadSlots {
  const { blocks, regions } = body;
  const { predecessors, stores } = liveness;
  const starts = new Map<BlockId, Variable[]>();
  const ends = new Map<BlockId, Variable[]>();
  const ways = new Map<BlockId, Variable[]>();
  const indexOf = new Map(blocks.map(({ id }, index) => [id, index]));
  const handlers = new Set(regions.map(({ handler }) => handler));
  const completions = new Set(regions.map(({ completion }) => completion));
  const handlersOf = abruptSuccessors(body);
  const waiting = blocksBeforeSuspensions(body, predecessors, indexOf, handlersOf);
  const operands: ReadonlySet<Variable>[] = [];
  for (const [variable, placement] of layout.placements) {
    if (placement.kind !== "frame" || completions.has(variable) || !isDroppable(variable, layout)) continue;
    const live = liveness.liveIn(variable);
    if (live) dropWhereDead(variable, live);
  }
  return {
    atStart: (id) => starts.get(id) ?? nothing,
    beforeSuspending: (id) => ends.get(id) ?? nothing,
    beforeGoingOn: (id) => ways.get(id) ?? nothing,
  };

  function dropWhereDead(variable: Variable, live: ReadonlySet<number>): void {
    const holders = [...live];
    for (const index of liveness.mentions.get(variable) ?? [])
      if (stores(index, variable) && !live.has(index)) holders.push(index);
    if (variable.kind === "parameter" && !holders.includes(0)) holders.push(0);
    const sources = new Map<BlockId, number[]>();
    const isDead = (id: BlockId): boolean => {
      const index = indexOf.get(id)!;
      return !live.has(index) && waiting[index]! && !stores(index, variable);
    };
    for (const index of holders) {
      const { id, terminator } = blocks[index]!;
      const isDropped = dropsBeforeSuspending(index, variable, live);
      if (isDropped) append(ends, id, variable);
      const nexts = new Set([...(isDropped ? [] : successors(terminator)), ...handlersOf[index]!]);
      for (const next of nexts) if (isDead(next)) append(sources, next, index);
    }
    for (const [next, from] of sources) {
      const isOnTheWay =
        !handlers.has(next) &&
        from.length < predecessors[indexOf.get(next)!]!.length &&
        from.every((index) => goesOnTo(blocks[index]!.terminator) === next);
      if (isOnTheWay) for (const index of from) append(ways, blocks[index]!.id, variable);
      else append(starts, next, variable);
    }
  }

  function dropsBeforeSuspending(index: number, variable: Variable, live: ReadonlySet<number>): boolean {
    const { terminator } = blocks[index]!;
    if (terminator.kind !== "suspend" || live.has(indexOf.get(terminator.resume)!)) return false;
    if (handlersOf[index]!.some((handler) => live.has(indexOf.get(handler)!))) return false;
    operands[index] ??= new Set(uses.ofTerminator(terminator).reads);
    return !operands[index].has(variable);
  }
}

/** Where control goes that takes no other way out of a block; undefined where another way leads there too. */
function goesOnTo(terminator: Terminator): BlockId | undefined {
  if (terminator.kind !== "goto" && terminator.kind !== "dispatch") return undefined;
  const ways = successors(terminator);
  const last = ways.at(-1)!;
  return ways.indexOf(last) === ways.length - 1 ? last : undefined;
}

/**
 * By the index of a block, where exceptions go from it, and generators that are closed there: past a `catch`. What lies further out is
 * reached from those handlers.
 */
function abruptSuccessors({ blocks, regions }: Body): readonly (readonly BlockId[])[] {
  const finalizers: (BlockId | undefined)[] = [];
  const handlers = regions.map(({ parent, kind, handler }): BlockId[] => {
    const outer = parent === undefined ? undefined : finalizers[parent];
    finalizers.push(kind === "finally" ? handler : outer);
    return kind === "finally" || outer === undefined ? [handler] : [handler, outer];
  });
  return blocks.map(({ region }) => (region === undefined ? [] : handlers[region]!));
}

/** By the index of a block, whether it can come to a suspension. */
function blocksBeforeSuspensions(
  { blocks }: Body,
  predecessors: Liveness["predecessors"],
  indexOf: ReadonlyMap<BlockId, number>,
  handlersOf: readonly (readonly BlockId[])[],
): readonly boolean[] {
  const failing = blocks.map((): number[] => []);
  handlersOf.forEach((handlers, index) => {
    for (const handler of handlers) failing[indexOf.get(handler)!]!.push(index);
  });
  const found = blocks.map(() => false);
  const work = [...blocks.keys()].filter((index) => suspends(blocks[index]!));
  while (work.length > 0) {
    const index = work.pop()!;
    if (found[index]) continue;
    found[index] = true;
    for (const each of predecessors[index]!) work.push(each);
    for (const each of failing[index]!) work.push(each);
  }
  return found;
}

const suspends = ({ terminator }: BasicBlock): boolean =>
  edges(terminator).some(({ suspender }) => suspender !== undefined);

const DROPPABLE: ReadonlySet<Variable["kind"]> = new Set(["parameter", "var", "let", "const", "catch", "temporary"]);

/** Whether nobody but the body's own statements can read the variable, and it may hold an object. */
function isDroppable(variable: Variable, layout: Layout): boolean {
  if (!DROPPABLE.has(variable.kind) || isCaptured(variable) || layout.checked.has(variable)) return false;
  if (variable.isOuter || variable.outer || variable.startsAs) return false;
  return !holdsPrimitives(variable);
}

/** Whether every value that the source gives the variable is a primitive: such a field keeps its unboxed representation. */
function holdsPrimitives({ kind, declarations, references }: Variable): boolean {
  if (kind !== "let" && kind !== "const") return false;
  const declaration = declarations[0]?.parent;
  if (!declaration || !api.isVariableDeclaration(declaration) || !declaration.initializer) return false;
  return isPrimitive(declaration.initializer) && references.every(({ node }) => assignsPrimitive(node));
}

function assignsPrimitive(node: ts.Expression): boolean {
  const { parent } = node;
  if (api.isParenthesizedExpression(parent) || isErasedWrapper(parent)) return assignsPrimitive(parent);
  if (!isAssignmentTarget(node) || isUpdate(parent)) return true;
  // Not even with a primitive for what a pattern does not find.
  if (!api.isBinaryExpression(parent) || isAssignmentTarget(parent)) return false;
  const { operatorToken } = parent;
  if (operatorToken.kind === api.SyntaxKind.EqualsToken) return isPrimitive(parent.right);
  return !isLogicalAssignment(operatorToken.kind) || isPrimitive(parent.right);
}

const ARITHMETIC = ["-", "*", "/", "%", "**", "&", "|", "^", "<", ">", "===", "!=="];

const isOneOf = (operators: readonly string[], { kind }: ts.BinaryOperatorToken) =>
  operators.includes(api.tokenToString(kind)!);

/** Whether the expression is a primitive by its syntax. */
function isPrimitive(node: ts.Expression): boolean {
  if (api.isParenthesizedExpression(node)) return isPrimitive(node.expression);
  if (api.isConditionalExpression(node)) return isPrimitive(node.whenTrue) && isPrimitive(node.whenFalse);
  if (api.isBinaryExpression(node))
    return (
      isOneOf(ARITHMETIC, node.operatorToken) ||
      (node.operatorToken.kind === api.SyntaxKind.PlusToken && isPrimitive(node.left) && isPrimitive(node.right))
    );
  return (
    api.isNumericLiteral(node) ||
    api.isPrefixUnaryExpression(node) ||
    api.isTypeOfExpression(node) ||
    node.kind === api.SyntaxKind.TrueKeyword ||
    node.kind === api.SyntaxKind.FalseKeyword
  );
}
