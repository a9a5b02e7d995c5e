/** Numbers the states of a body, in the order of the source, and says which states a region protects. */

import type ts from "typescript";
import type {
  BasicBlock,
  BlockId,
  Body,
  ProtectedRegion,
  RegionId,
  Suspender,
  Suspension,
  Terminator,
} from "../ir/ir.js";
import { edges, isEmpty, successors } from "../ir/successors.js";

type Exit = Extract<Terminator, { kind: "throw" | "return" }>;

export interface States {
  /** The blocks that become states. */
  readonly blocks: readonly BasicBlock[];
  number(id: BlockId): number;
  /** All numbers of a block: one for each place in the source from which it is resumed, so that a state tells the place. */
  labels(id: BlockId): readonly number[];
  /** The state that a suspension resumes in. */
  resumption(suspender: Suspender): number;
  /** The place that each state is resumed from, in the order of the states. */
  readonly origins: ReadonlyMap<number, ts.Node>;
  /** A block that only throws or returns stands where it is jumped to. */
  inlined(id: BlockId): Exit | undefined;
  /** Regions that protect a state, innermost first, with a test of the state variable. */
  readonly regions: readonly {
    readonly region: ProtectedRegion;
    readonly handler: number;
    test(state: string): string;
  }[];
  owesCleanup(block: BasicBlock, operation: Suspension["operation"]): boolean;
  /** What a reader wants to know of a state. */
  note(id: BlockId): string | undefined;
}

export function numberStates(body: Body): States {
  const exits = inlineExits(body);
  const blocks = body.blocks.filter((block) => !exits.has(block.id));
  const suspenders = suspendersOf(blocks);
  const labels = labelBlocks(blocks, suspenders);
  const numbers = new Map(blocks.map(({ id }) => [id, labels.get(id)![0]!]));
  const { resumptions, origins } = numberResumptions(blocks, suspenders, labels);
  const ranges = protectedRanges(body, blocks, labels);
  const regions = body.regions
    .filter((region) => numbers.has(region.handler) && ranges.has(region.id))
    .map((region) => ({ region, handler: numbers.get(region.handler)!, test: rangeTest(ranges.get(region.id)!) }))
    .reverse();
  const kinds = new Map(regions.map(({ region }) => [region.handler, region.kind]));
  const starts = new Set(regions.map(({ region }) => ranges.get(region.id)![0]![0]));
  return {
    blocks,
    regions,
    number: (id) => numbers.get(id)!,
    labels: (id) => labels.get(id)!,
    resumption: (suspender) => resumptions.get(suspender)!,
    origins,
    inlined: (id) => exits.get(id),
    owesCleanup: (block, operation) =>
      mayOwe(operation) && (operation === "Delegate" || operation === "Next" || insideFinally(body, block)),
    note: (id) => kinds.get(id) ?? (starts.has(numbers.get(id)!) ? "try" : undefined),
  };
}

// --- numbers ---

type Origin = ts.Node | undefined;

const originOf = (suspender: Suspender): Origin => ("node" in suspender ? suspender.node : suspender.origin);

/** The suspensions by the block that they resume in, and by what they stand for in the source. */
function suspendersOf(blocks: readonly BasicBlock[]): Map<BlockId, Map<Origin, Suspender[]>> {
  const found = new Map<BlockId, Map<Origin, Suspender[]>>();
  const add = (target: BlockId, suspender: Suspender): void => {
    const known = found.get(target) ?? new Map<Origin, Suspender[]>();
    const origin = originOf(suspender);
    found.set(target, known.set(origin, [...(known.get(origin) ?? []), suspender]));
  };
  for (const { terminator } of blocks)
    for (const { target, suspender } of edges(terminator)) if (suspender) add(target, suspender);
  return found;
}

function labelBlocks(
  blocks: readonly BasicBlock[],
  suspenders: ReadonlyMap<BlockId, ReadonlyMap<Origin, unknown>>,
): Map<BlockId, readonly number[]> {
  let next = 0;
  return new Map(
    blocks.map(({ id }) => {
      const count = Math.max(1, suspenders.get(id)?.size ?? 0);
      return [id, Array.from({ length: count }, () => next++)];
    }),
  );
}

interface Resumptions {
  readonly resumptions: ReadonlyMap<Suspender, number>;
  readonly origins: ReadonlyMap<number, ts.Node>;
}

function numberResumptions(
  blocks: readonly BasicBlock[],
  suspenders: ReadonlyMap<BlockId, ReadonlyMap<Origin, readonly Suspender[]>>,
  labels: ReadonlyMap<BlockId, readonly number[]>,
): Resumptions {
  const resumptions = new Map<Suspender, number>();
  const origins = new Map<number, ts.Node>();
  for (const { id } of blocks) {
    [...(suspenders.get(id) ?? [])].forEach(([origin, each], index) => {
      const state = labels.get(id)![index]!;
      for (const suspender of each) resumptions.set(suspender, state);
      if (origin) origins.set(state, origin);
    });
  }
  return { resumptions, origins };
}

// --- what is owed ---

/** While a body closes or disposes, nothing more is owed than what already runs. */
function mayOwe(operation: Suspension["operation"]): boolean {
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
function protectedRanges(
  body: Body,
  blocks: readonly BasicBlock[],
  labels: ReadonlyMap<BlockId, readonly number[]>,
): Map<RegionId, Range[]> {
  const all = new Map<RegionId, Range[]>();
  for (const block of blocks) {
    const low = labels.get(block.id)![0]!;
    const high = labels.get(block.id)!.at(-1)!;
    for (let id = block.region; id !== undefined; id = body.regions[id]!.parent) {
      const ranges = all.get(id) ?? [];
      const last = ranges.at(-1);
      if (last?.[1] === low - 1) last[1] = high;
      else ranges.push([low, high]);
      all.set(id, ranges);
    }
  }
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
