/** Checks the structure of a body between passes. A failure is a defect of the pass that ran before. */

import { InvariantError } from "../fault.js";
import type { BasicBlock, BlockId, Body, RegionId } from "./ir.js";
import { edges } from "./successors.js";

export function verify(body: Body, pass: string): void {
  const fail = (message: string): never => {
    throw new InvariantError(pass, message);
  };
  const placed = new Map<BlockId, BasicBlock>();
  for (const block of body.blocks) {
    if (placed.has(block.id)) fail(`block ${block.id} is placed twice`);
    placed.set(block.id, block);
  }
  if (placed.size === 0) fail("no entry block");
  for (const block of body.blocks) verifyBlock(block, body, placed, fail);
  verifyRegions(body, placed, fail);
}

type Fail = (message: string) => never;

function verifyBlock(block: BasicBlock, body: Body, placed: ReadonlyMap<BlockId, BasicBlock>, fail: Fail): void {
  const { id, region, terminator } = block;
  if (region !== undefined && !body.regions[region]) fail(`block ${id} is in unknown region ${region}`);
  for (const { target, suspender } of edges(terminator)) {
    if (!placed.has(target)) fail(`block ${id} leads to block ${target}, which is not placed`);
    const other = placed.get(target)!.region;
    // The throw completion of a suspension belongs to the region that it left.
    if (suspender && other !== region)
      fail(`block ${id} suspends in ${nameOf(region)} and resumes in ${nameOf(other)}`);
  }
}

const nameOf = (region: RegionId | undefined) => (region === undefined ? "no region" : `region ${region}`);

function verifyRegions(body: Body, placed: ReadonlyMap<BlockId, BasicBlock>, fail: Fail): void {
  const occupied = new Set(body.blocks.map((block) => block.region));
  body.regions.forEach(({ id, parent, kind, handler, completion }, index) => {
    if (id !== index) fail(`region ${id} has index ${index}`);
    if (parent !== undefined && parent >= id) fail(`region ${id} lies inside the later region ${parent}`);
    if ((kind === "finally") !== (completion !== undefined))
      fail(`region ${id} is a ${kind} region ${completion ? "with" : "without"} a completion`);
    if (!occupied.has(id)) return;
    if (!placed.has(handler)) fail(`region ${id} leads to block ${handler}, which is not placed`);
    if (isInside(placed.get(handler)!.region, id, body))
      fail(`region ${id} protects its own handler, block ${handler}`);
  });
}

function isInside(region: RegionId | undefined, outer: RegionId, body: Body): boolean {
  for (let at = region; at !== undefined; at = body.regions[at]!.parent) if (at === outer) return true;
  return false;
}
