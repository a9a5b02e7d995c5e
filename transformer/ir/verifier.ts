/** Checks the structure of a body between passes. A failure is a defect of the pass that ran before. */

import type { BlockId, Body } from "./ir.js";
import { successors } from "./successors.js";

export class InvariantError extends Error {
  override name = "InvariantError";
  constructor(pass: string, message: string) {
    super(`aclose: internal fault in pass "${pass}": ${message}`);
  }
}

export function verify(body: Body, pass: string): void {
  const placed = new Map<BlockId, number>();
  body.blocks.forEach((block, index) => {
    if (placed.has(block.id)) throw new InvariantError(pass, `block ${block.id} is placed twice`);
    placed.set(block.id, index);
  });
  if (body.blocks.length === 0) throw new InvariantError(pass, "no entry block");
  const requirePlaced = (id: BlockId, from: string) => {
    if (!placed.has(id)) throw new InvariantError(pass, `${from} leads to block ${id}, which is not placed`);
  };
  for (const block of body.blocks) {
    for (const id of successors(block.terminator)) requirePlaced(id, `block ${block.id}`);
    if (block.region !== undefined && !body.regions[block.region]) throw new InvariantError(pass, `block ${block.id} is in unknown region ${block.region}`);
    if (block.terminator.kind === "suspend" && block.region !== undefined) verifyResume(body, placed, block.terminator.resume, block.region, pass);
  }
  const occupied = new Set(body.blocks.map((block) => block.region));
  body.regions.forEach((region, index) => {
    if (region.id !== index) throw new InvariantError(pass, `region ${region.id} has index ${index}`);
    if (region.parent !== undefined && region.parent >= region.id) throw new InvariantError(pass, `region ${region.id} lies inside the later region ${region.parent}`);
    if (occupied.has(region.id)) requirePlaced(region.handler, `region ${region.id}`);
  });
}

/** A suspension resumes in the region it left: its throw completion belongs there. */
function verifyResume(body: Body, placed: ReadonlyMap<BlockId, number>, resume: BlockId, region: number, pass: string): void {
  const block = body.blocks[placed.get(resume)!]!;
  if (block.region !== region) throw new InvariantError(pass, `a suspension in region ${region} resumes in region ${block.region}`);
}
