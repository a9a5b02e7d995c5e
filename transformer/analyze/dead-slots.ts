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
import { successors } from "../ir/successors.js";
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

export function findDeadSlots(body: Body, uses: Uses, liveness: Liveness, layout: Layout): DeadSlots {
  const stores = new Map(body.blocks.map((block) => [block.id, storesIn(block, uses)]));
  const starts = new Map<BlockId, Variable[]>();
  const ends = new Map<BlockId, Variable[]>();
  const ways = new Map<BlockId, Variable[]>();
  const before = predecessors(body);
  const waiting = blocksBeforeSuspensions(body, before);
  const handlers = new Set(body.regions.map(({ handler }) => handler));
  const byId = new Map(body.blocks.map((block) => [block.id, block]));
  const completions = new Set(body.regions.map(({ completion }) => completion));
  for (const [variable, placement] of layout.placements) {
    if (placement.kind !== "frame" || completions.has(variable) || !isDroppable(variable, layout)) continue;
    const live = liveness.liveIn(variable);
    if (live) dropWhereDead(variable, live);
  }
  return {
    atStart: (id) => starts.get(id) ?? [],
    beforeSuspending: (id) => ends.get(id) ?? [],
    beforeGoingOn: (id) => ways.get(id) ?? [],
  };

  function dropWhereDead(variable: Variable, live: ReadonlySet<BlockId>): void {
    const holders = new Set(live);
    for (const id of liveness.mentions.get(variable) ?? []) if (stores.get(id)!.has(variable)) holders.add(id);
    if (variable.kind === "parameter") holders.add(body.blocks[0]!.id);
    const sources = new Map<BlockId, BlockId[]>();
    for (const id of holders) {
      const block = byId.get(id)!;
      const isDropped = dropsBeforeSuspending(block, variable, live);
      if (isDropped) add(ends, id, variable);
      for (const next of isDropped ? handlersOf(block) : [...successors(block.terminator), ...handlersOf(block)])
        if (!live.has(next) && waiting.has(next) && !stores.get(next)!.has(variable)) add(sources, next, id);
    }
    for (const [next, from] of sources) {
      const isOnTheWay =
        !handlers.has(next) &&
        from.length < before.get(next)!.length &&
        from.every((id) => goesOnTo(byId.get(id)!.terminator) === next);
      if (isOnTheWay) for (const id of from) add(ways, id, variable);
      else add(starts, next, variable);
    }
  }

  /** Where exceptions go, and generators that are closed. */
  function handlersOf({ region }: BasicBlock): BlockId[] {
    const found: BlockId[] = [];
    for (let at = region; at !== undefined; at = body.regions[at]!.parent) found.push(body.regions[at]!.handler);
    return found;
  }

  function dropsBeforeSuspending(block: BasicBlock, variable: Variable, live: ReadonlySet<BlockId>): boolean {
    const { terminator } = block;
    if (terminator.kind !== "suspend" || live.has(terminator.resume)) return false;
    return (
      !handlersOf(block).some((handler) => live.has(handler)) && !uses.ofTerminator(terminator).reads.includes(variable)
    );
  }
}

function predecessors({ blocks }: Body): ReadonlyMap<BlockId, readonly BlockId[]> {
  const before = new Map<BlockId, BlockId[]>();
  for (const { id, terminator } of blocks) for (const next of successors(terminator)) add(before, next, id);
  return before;
}

/** Where control goes that takes no other way out of a block; undefined where another way leads there too. */
function goesOnTo(terminator: Terminator): BlockId | undefined {
  if (terminator.kind !== "goto" && terminator.kind !== "dispatch") return undefined;
  const ways = successors(terminator);
  const last = ways.at(-1)!;
  return ways.indexOf(last) === ways.length - 1 ? last : undefined;
}

/** Blocks that can come to a suspension. */
function blocksBeforeSuspensions(body: Body, before: ReadonlyMap<BlockId, readonly BlockId[]>): Set<BlockId> {
  const found = new Set<BlockId>();
  const work = body.blocks.filter(suspends).map(({ id }) => id);
  while (work.length > 0) {
    const id = work.pop()!;
    if (found.has(id)) continue;
    found.add(id);
    work.push(...(before.get(id) ?? []));
  }
  return found;
}

const suspends = ({ terminator }: BasicBlock): boolean =>
  terminator.kind === "suspend" || (terminator.kind === "native" && terminator.exits.some((exit) => exit.awaits));

/** Variables that have a value of their own behind the block's instructions: a scope that is entered gives none. */
function storesIn(block: BasicBlock, uses: Uses): Set<Variable> {
  const found = new Set<Variable>();
  for (const instruction of block.instructions)
    if (instruction.kind !== "enter" && instruction.kind !== "copy")
      for (const variable of uses.ofInstruction(instruction).writes) found.add(variable);
  return found;
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else if (known.at(-1) !== value) known.push(value);
}

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

function assignsPrimitive(node: ts.Identifier): boolean {
  const { parent } = node;
  if (!api.isBinaryExpression(parent) || parent.left !== node) return !isPatternTarget(node);
  const { operatorToken } = parent;
  if (operatorToken.kind === api.SyntaxKind.EqualsToken) return isPrimitive(parent.right);
  return !isOneOf(LOGICAL_ASSIGNMENTS, operatorToken) || isPrimitive(parent.right);
}

function isPatternTarget({ parent }: ts.Identifier): boolean {
  return (
    api.isArrayLiteralExpression(parent) ||
    api.isShorthandPropertyAssignment(parent) ||
    api.isPropertyAssignment(parent) ||
    api.isSpreadElement(parent) ||
    api.isForInStatement(parent) ||
    api.isForOfStatement(parent)
  );
}

const LOGICAL_ASSIGNMENTS = ["||=", "&&=", "??="];
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
