/** Where in the source code goes on behind a suspension, which may be in the middle of a statement. */

import type ts from "typescript";
import type { BasicBlock, BlockId, Suspender } from "../ir/ir.js";
import { edges } from "../ir/successors.js";

/** By the blocks that only one suspension leads to. */
export function continuationsOf(blocks: readonly BasicBlock[]): ReadonlyMap<BlockId, number> {
  const found = new Map<BlockId, number>();
  const reached = new Set<BlockId>();
  for (const { target, suspender } of blocks.flatMap(({ terminator }) => edges(terminator))) {
    const after = suspender && waitsFor(suspender);
    if (reached.has(target)) found.delete(target);
    else if (after) found.set(target, after.end);
    reached.add(target);
  }
  return found;
}

const waitsFor = (suspender: Suspender): ts.Node | undefined =>
  "awaits" in suspender ? suspender.awaits : suspender.origin;
