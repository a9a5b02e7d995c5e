/** Numbers the states of a body, in the order of the source, and says which states a region protects. */

import type { Operation } from "../../runtime/abi.js";
import type { BasicBlock, BlockId, Body, ProtectedRegion, RegionId, Terminator } from "../ir/ir.js";
import { isEmpty, successors } from "../ir/successors.js";

type Exit = Extract<Terminator, { kind: "throw" | "return" }>;

export interface States {
  /** The blocks that become states. */
  readonly blocks: readonly BasicBlock[];
  number(id: BlockId): number;
  /** A block that only throws or returns stands where it is jumped to. */
  inlined(id: BlockId): Exit | undefined;
  /** Regions that protect a state, innermost first, with a test of the state variable. */
  readonly regions: readonly {
    readonly region: ProtectedRegion;
    readonly handler: number;
    test(state: string): string;
  }[];
  owesCleanup(block: BasicBlock, operation: keyof typeof Operation): boolean;
  /** What a reader wants to know of a state. */
  note(id: BlockId): string | undefined;
}

export function numberStates(body: Body): States {
  const exits = inlineExits(body);
  const blocks = body.blocks.filter((block) => !exits.has(block.id));
  const numbers = new Map(blocks.map((block, index) => [block.id, index]));
  const ranges = protectedRanges(body, blocks);
  const regions = body.regions
    .filter((region) => numbers.has(region.handler) && ranges.has(region.id))
    .map((region) => ({ region, handler: numbers.get(region.handler)!, test: rangeTest(ranges.get(region.id)!) }))
    .reverse();
  const kinds = new Map(regions.map(({ region }) => [region.handler, region.kind]));
  const starts = new Set(regions.map(({ region }) => blocks[ranges.get(region.id)![0]![0]]!.id));
  return {
    blocks,
    regions,
    number: (id) => numbers.get(id)!,
    inlined: (id) => exits.get(id),
    owesCleanup: (block, operation) =>
      mayOwe(operation) && (operation === "Delegate" || operation === "Next" || insideFinally(body, block)),
    note: (id) => kinds.get(id) ?? (starts.has(id) ? "try" : undefined),
  };
}

/** While a body closes or disposes, nothing more is owed than what already runs. */
function mayOwe(operation: keyof typeof Operation): boolean {
  return operation === "Await" || operation === "Yield" || operation === "Delegate" || operation === "Next";
}

function insideFinally(body: Body, block: BasicBlock): boolean {
  for (let at = block.region; at !== undefined; at = body.regions[at]!.parent)
    if (body.regions[at]!.kind === "finally") return true;
  return false;
}

/** Blocks without instructions that throw or return, reached only by jumps within one region. */
function inlineExits(body: Body): Map<BlockId, Exit> {
  const exits = new Map<BlockId, Exit>();
  for (const block of body.blocks.slice(1)) {
    const { terminator } = block;
    if (!isEmpty(block) || (terminator.kind !== "throw" && terminator.kind !== "return")) continue;
    if (!terminator.value || terminator.value.kind === "variable") exits.set(block.id, terminator);
  }
  const handlers = new Set(body.regions.map((region) => region.handler));
  const byId = new Map(body.blocks.map((block) => [block.id, block]));
  for (const id of handlers) exits.delete(id);
  for (const block of body.blocks) {
    const { terminator } = block;
    const mustStay = terminator.kind === "suspend" || terminator.kind === "native";
    for (const id of successors(terminator))
      if (exits.has(id) && (mustStay || byId.get(id)!.region !== block.region)) exits.delete(id);
  }
  return exits;
}

type Range = [low: number, high: number];

/** The states inside each region, as ranges. */
function protectedRanges(body: Body, blocks: readonly BasicBlock[]): Map<RegionId, Range[]> {
  const all = new Map<RegionId, Range[]>();
  blocks.forEach((block, number) => {
    for (let id = block.region; id !== undefined; id = body.regions[id]!.parent) {
      const ranges = all.get(id) ?? [];
      const last = ranges.at(-1);
      if (last?.[1] === number - 1) last[1] = number;
      else ranges.push([number, number]);
      all.set(id, ranges);
    }
  });
  return all;
}

function rangeTest(ranges: readonly Range[]): (state: string) => string {
  const several = ranges.length > 1;
  return (state) =>
    ranges
      .map(([low, high]) => {
        if (low === high) return `${state} === ${low}`;
        return several ? `(${state} >= ${low} && ${state} <= ${high})` : `${state} >= ${low} && ${state} <= ${high}`;
      })
      .join(" || ");
}
