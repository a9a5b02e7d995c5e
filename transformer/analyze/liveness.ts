/**
 * Which variables are live where. Those that are live across a suspension need a place that outlives the step.
 *
 * Classic backward liveness, one variable at a time, and as a rule only as far back as the first suspension.
 */

import { CompletionKind } from "../../runtime/abi.js";
import type { BasicBlock, BlockId, Body, ProtectedRegion, RegionId, Terminator } from "../ir/ir.js";
import { successors } from "../ir/successors.js";
import type { Variable } from "../syntax/scope.js";
import type { Uses } from "./uses.js";

export interface Liveness {
  /** Live where some suspension resumes. */
  readonly acrossSuspension: ReadonlySet<Variable>;
  /** The blocks that mention a variable. */
  readonly mentions: ReadonlyMap<Variable, ReadonlySet<BlockId>>;
  /**
   * The blocks at whose beginning a variable is live, that of a handler counting for all that it protects. Undefined for one
   * that lives in so many that to list them for all variables could take time that grows with the square of the body.
   */
  liveIn(variable: Variable): ReadonlySet<BlockId> | undefined;
  /** Whether the variable may be read once the region has taken an exception; also where that takes long to tell. */
  isReadAfterError(variable: Variable, region: ProtectedRegion): boolean;
}

const MOST_BLOCKS = 64;

export function analyzeLiveness(body: Body, uses: Uses): Liveness {
  const graph = buildGraph(body);
  const records = new Map(
    body.regions.flatMap(({ completion, value }) => (completion ? [[completion, value] as const] : [])),
  );
  const facts = body.blocks.map((block) => blockFacts(block, uses, records));
  const exposed = new Map<Variable, number[]>();
  const mentions = new Map<Variable, Set<BlockId>>();
  facts.forEach(({ reads, mentioned }, index) => {
    for (const variable of reads) append(exposed, variable, index);
    for (const variable of mentioned) addTo(mentions, variable, body.blocks[index]!.id);
  });
  const acrossSuspension = new Set<Variable>();
  const liveAt = new Int32Array(body.blocks.length).fill(-1);
  let round = 0;
  for (const [variable, starts] of exposed) {
    const work = [...starts];
    const isLive = round++;
    while (work.length > 0) {
      const index = work.pop()!;
      if (liveAt[index] === isLive) continue;
      liveAt[index] = isLive;
      if (graph.resumes.has(index)) {
        acrossSuspension.add(variable);
        break;
      }
      work.push(...before(index, variable));
    }
  }
  return { acrossSuspension, mentions, liveIn, isReadAfterError };

  function liveIn(variable: Variable): ReadonlySet<BlockId> | undefined {
    const found = new Set<number>();
    const work = [...(exposed.get(variable) ?? [])];
    while (work.length > 0) {
      const index = work.pop()!;
      if (found.has(index)) continue;
      if (found.size === MOST_BLOCKS) return undefined;
      found.add(index);
      work.push(...before(index, variable));
    }
    return new Set([...found].map((index) => body.blocks[index]!.id));
  }

  function isReadAfterError(variable: Variable, { handler, completion }: ProtectedRegion): boolean {
    const seen = new Set<BlockId>();
    const work = [handler];
    while (work.length > 0) {
      const id = work.pop()!;
      if (seen.has(id)) continue;
      if (seen.size === MOST_BLOCKS) return true;
      seen.add(id);
      const { reads, writes } = facts[graph.indexOf.get(id)!]!;
      // Who comes to the region once more, comes with another completion.
      if (reads.has(variable) || (completion && writes.has(completion))) return true;
      if (writes.has(variable)) continue;
      const { terminator } = body.blocks[graph.indexOf.get(id)!]!;
      if (terminator.kind === "dispatch" && terminator.on === completion) work.push(targetOf(terminator));
      else work.push(...successors(terminator));
    }
    return false;
  }

  /** The blocks in which a variable is live because it is at the beginning of another. */
  function before(index: number, variable: Variable): number[] {
    const found = graph.predecessors[index]!.filter((each) => !facts[each]!.writes.has(variable));
    for (const { block, region } of graph.throwing[index]!)
      if (region.value !== variable && region.completion !== variable) found.push(block);
    return found;
  }
}

/** Where a `finally` goes on after an exception. */
const targetOf = ({ cases, otherwise }: Extract<Terminator, { kind: "dispatch" }>): BlockId =>
  cases.find(({ code }) => code === CompletionKind.Throw)?.target ?? otherwise;

interface Graph {
  readonly indexOf: ReadonlyMap<BlockId, number>;
  readonly predecessors: readonly number[][];
  /**
   * For a handler: the blocks whose exceptions it takes. A write in them may not have happened yet, but the
   * region's own completion record is written on the way.
   */
  readonly throwing: readonly { readonly block: number; readonly region: ProtectedRegion }[][];
  readonly resumes: ReadonlySet<number>;
}

function buildGraph(body: Body): Graph {
  const indexOf = new Map(body.blocks.map((block, index) => [block.id, index]));
  const predecessors: number[][] = body.blocks.map(() => []);
  const throwing: { block: number; region: ProtectedRegion }[][] = body.blocks.map(() => []);
  const resumes = new Set<number>();
  body.blocks.forEach((block, index) => {
    for (const id of successors(block.terminator)) predecessors[indexOf.get(id)!]!.push(index);
    if (block.terminator.kind === "suspend") resumes.add(indexOf.get(block.terminator.resume)!);
    if (block.terminator.kind === "native")
      for (const exit of block.terminator.exits) if (exit.awaits) resumes.add(indexOf.get(exit.target)!);
    for (let id: RegionId | undefined = block.region; id !== undefined; id = body.regions[id]!.parent) {
      const region = body.regions[id]!;
      const handler = indexOf.get(region.handler);
      if (handler !== undefined) throwing[handler]!.push({ block: index, region });
    }
  });
  return { indexOf, predecessors, throwing, resumes };
}

interface BlockFacts {
  /** Read before a certain write in this block. */
  readonly reads: ReadonlySet<Variable>;
  readonly writes: ReadonlySet<Variable>;
  readonly mentioned: ReadonlySet<Variable>;
}

/** `records`: writing a completion's kind makes the value that belongs to an earlier completion dead. */
function blockFacts(block: BasicBlock, uses: Uses, records: ReadonlyMap<Variable, Variable>): BlockFacts {
  const reads = new Set<Variable>();
  const writes = new Set<Variable>();
  const mentioned = new Set<Variable>();
  for (const instruction of block.instructions) {
    const access = uses.ofInstruction(instruction);
    for (const variable of access.reads) if (!writes.has(variable)) reads.add(variable);
    for (const variable of access.writes) {
      writes.add(variable);
      const value = records.get(variable);
      if (value) writes.add(value);
    }
    if (instruction.kind === "enter" || instruction.kind === "copy") continue;
    for (const variable of access.reads) mentioned.add(variable);
    for (const variable of access.writes) mentioned.add(variable);
  }
  const { reads: last } = uses.ofTerminator(block.terminator);
  for (const variable of last) {
    if (!writes.has(variable)) reads.add(variable);
    mentioned.add(variable);
  }
  for (const variable of uses.ofExits(block.terminator)) mentioned.add(variable);
  return { reads, writes, mentioned };
}

function append<K>(map: Map<K, number[]>, key: K, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function addTo<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
