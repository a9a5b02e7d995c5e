/**
 * Simplifies the control-flow graph: removes what is unreachable, threads jumps through empty blocks, shares
 * equal exits, joins a block with its only predecessor. The order of the blocks stays that of the source.
 */

import type ts from "typescript";
import type { BasicBlock, BlockId, Body, Instruction, ProtectedRegion } from "../ir/ir.js";
import { isEmpty, mapSuccessors, successors } from "../ir/successors.js";
import { api } from "../typescript.js";

/** Takes the body over: its blocks are changed in place. */
export function simplifyControlFlow(body: Body): Body {
  keepJumps(body.blocks);
  let blocks = shareExits(body.blocks, body.regions);
  threadJumps(blocks);
  blocks = removeUnreachable(blocks, body.regions);
  blocks = joinBlocks(blocks, body.regions);
  return { ...body, blocks };
}

/** Where all there is to a block is a jump of the user's, the branch to it is what is left of that. */
function keepJumps(blocks: readonly BasicBlock[]): void {
  const jumps = new Map(blocks.map((block) => [block.id, jumpOf(block)]));
  for (const block of blocks) {
    const { terminator } = block;
    if (terminator.kind !== "branch") continue;
    const entry = terminator.entry ?? jumps.get(terminator.consequent);
    const otherwise = entry ? undefined : jumps.get(terminator.alternate);
    if (entry || otherwise)
      block.terminator = { ...terminator, ...(entry && { entry }), ...(otherwise && { otherwise }) };
  }
}

function jumpOf(block: BasicBlock): ts.Node | undefined {
  const { from, kind } = block.terminator;
  const isLeft = kind === "goto" || exitKind(block) !== undefined;
  const isJump = from && (api.isBreakOrContinueStatement(from) || api.isReturnStatement(from));
  return isLeft && isJump && isEmpty(block) ? from : undefined;
}

/**
 * One block for every `return <resumption>` outside a region, at the end; likewise for a bare `return`. The handlers of
 * regions stay: no block leads to them.
 */
function shareExits(blocks: readonly BasicBlock[], regions: readonly ProtectedRegion[]): BasicBlock[] {
  const handlers = new Set(regions.map(({ handler }) => handler));
  const kinds = new Map<string, BasicBlock>();
  const renamed = new Map<BlockId, BlockId>();
  for (const block of blocks) {
    const kind = exitKind(block);
    if (!kind || handlers.has(block.id)) continue;
    const shared = kinds.get(kind);
    if (shared) renamed.set(block.id, shared.id);
    kinds.set(kind, block);
    if (shared) renamed.set(shared.id, block.id), renamed.delete(block.id);
  }
  const resolve = (id: BlockId): BlockId => {
    let at = id;
    while (renamed.has(at)) at = renamed.get(at)!;
    return at;
  };
  const kept = blocks.filter((block, index) => index === 0 || !renamed.has(block.id));
  if (renamed.size > 0) for (const block of kept) block.terminator = mapSuccessors(block.terminator, resolve);
  return kept;
}

function exitKind(block: BasicBlock): string | undefined {
  const { terminator, instructions, region } = block;
  if (region !== undefined || !isEmpty({ instructions }) || terminator.kind !== "return") return undefined;
  if (terminator.value === undefined) return "undefined";
  return terminator.value.kind === "resumption" ? "resumption" : undefined;
}

/** A suspension must resume in the region that it left, so its edge is threaded only within the region. */
function threadJumps(blocks: readonly BasicBlock[]): void {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const anywhere = follower(byId, () => true);
  const withinRegion = follower(byId, (from, to) => from.region === to.region);
  for (const block of blocks)
    block.terminator = mapSuccessors(block.terminator, (id, suspends) => (suspends ? withinRegion : anywhere)(id));
}

/** Where a jump through empty blocks ends. What was found is kept: chains of them share their tails. */
function follower(
  byId: ReadonlyMap<BlockId, BasicBlock>,
  mayCross: (from: BasicBlock, to: BasicBlock) => boolean,
): (id: BlockId) => BlockId {
  const ends = new Map<BlockId, BlockId>();
  const isPassed = ({ instructions, terminator }: BasicBlock) =>
    terminator.kind === "goto" && isEmpty({ instructions });
  return (id) => {
    if (!isPassed(byId.get(id)!)) return id;
    const passed = new Set<BlockId>();
    let at = id;
    for (;;) {
      const block = byId.get(at)!;
      if (ends.has(at) || passed.has(at) || block.terminator.kind !== "goto" || !isEmpty(block)) break;
      const next = byId.get(block.terminator.target)!;
      if (!mayCross(block, next)) break;
      passed.add(at);
      at = next.id;
    }
    const end = ends.get(at) ?? at;
    for (const each of passed) ends.set(each, end);
    return end;
  };
}

function removeUnreachable(blocks: readonly BasicBlock[], regions: readonly ProtectedRegion[]): BasicBlock[] {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const reached = new Set<BlockId>();
  const work = [blocks[0]!.id];
  while (work.length > 0) {
    const id = work.pop()!;
    if (reached.has(id)) continue;
    reached.add(id);
    const block = byId.get(id)!;
    work.push(...successors(block.terminator));
    if (block.region !== undefined) work.push(regions[block.region]!.handler);
  }
  return keepComments(blocks, reached);
}

/** The blocks that are reached. Comments that were all there was in another come before the next of them. */
function keepComments(blocks: readonly BasicBlock[], reached: ReadonlySet<BlockId>): BasicBlock[] {
  const kept: BasicBlock[] = [];
  let comments: Instruction[] = [];
  for (const block of blocks) {
    if (reached.has(block.id)) {
      block.instructions.unshift(...comments);
      comments = [];
      kept.push(block);
    } else if (isEmpty(block)) comments.push(...block.instructions);
  }
  return kept;
}

function joinBlocks(blocks: readonly BasicBlock[], regions: readonly ProtectedRegion[]): BasicBlock[] {
  const predecessors = countPredecessors(blocks, regions);
  const joined: BasicBlock[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    const continues =
      last?.terminator.kind === "goto" &&
      last.terminator.target === block.id &&
      last.region === block.region &&
      predecessors.get(block.id) === 1;
    if (last && continues) {
      for (const instruction of block.instructions) last.instructions.push(instruction);
      last.terminator = block.terminator;
    } else joined.push(block);
  }
  return joined;
}

function countPredecessors(blocks: readonly BasicBlock[], regions: readonly ProtectedRegion[]): Map<BlockId, number> {
  const counts = new Map<BlockId, number>();
  const count = (id: BlockId) => counts.set(id, (counts.get(id) ?? 0) + 1);
  count(blocks[0]!.id);
  for (const block of blocks) for (const id of successors(block.terminator)) count(id);
  for (const region of regions) count(region.handler);
  return counts;
}
