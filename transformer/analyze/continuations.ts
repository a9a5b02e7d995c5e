/** Where in the source code goes on behind a suspension, which may be in the middle of a statement. */

import type ts from "typescript";
import type { BasicBlock, BlockId } from "../ir/ir.js";
import { successors } from "../ir/successors.js";

/** By the blocks that only one suspension leads to. */
export function continuationsOf(blocks: readonly BasicBlock[]): ReadonlyMap<BlockId, number> {
  const found = new Map<BlockId, number>();
  const reached = new Set<BlockId>();
  const reach = (target: BlockId, after: ts.Node | undefined) => {
    if (reached.has(target)) found.delete(target);
    else if (after) found.set(target, after.end);
    reached.add(target);
  };
  for (const { terminator } of blocks) {
    if (terminator.kind === "suspend") reach(terminator.resume, terminator.origin);
    else if (terminator.kind === "native") {
      reach(terminator.next, undefined);
      for (const { target, awaits } of terminator.exits) reach(target, awaits);
    } else for (const target of successors(terminator)) reach(target, undefined);
  }
  return found;
}
