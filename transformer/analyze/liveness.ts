/**
 * Which variables are live where. Those that are live across a suspension need a place that outlives the step.
 *
 * Classic backward liveness, one variable at a time, and as a rule only as far back as the first suspension.
 */

import { CompletionKind } from "../../runtime/abi.js";
import type { BasicBlock, BlockId, Body, ProtectedRegion, Terminator } from "../ir/ir.js";
import { edges, successors } from "../ir/successors.js";
import { append } from "../multimap.js";
import type { Variable } from "../syntax/scope.js";
import type { Uses } from "./uses.js";

export interface Liveness {
  /** Live where some suspension resumes. */
  readonly acrossSuspension: ReadonlySet<Variable>;
  /** The blocks that mention a variable, as indices. */
  readonly mentions: ReadonlyMap<Variable, readonly number[]>;
  /** By the index of a block: those whose normal end leads to it, as indices. */
  readonly predecessors: readonly (readonly number[])[];
  /** Whether a block gives a variable a value of its own: a scope that is entered gives none. */
  stores(index: number, variable: Variable): boolean;
  /**
   * The blocks at whose beginning a variable is live, as indices; that of a handler counts for all that it protects. Undefined for one
   * that lives in so many that to list them for all variables could take time that grows with the square of the body.
   */
  liveIn(variable: Variable): ReadonlySet<number> | undefined;
  /** Whether the variable may be read once the region has taken an exception; also where that takes long to tell. */
  isReadAfterError(variable: Variable, region: ProtectedRegion): boolean;
}

const MOST_BLOCKS = 64;

export function analyzeLiveness(body: Body, uses: Uses): Liveness {
  const graph = buildGraph(body);
  const { predecessors, protects, within } = graph;
  const records = new Map<Variable, Variable>();
  for (const { completion, value } of body.regions) if (completion) records.set(completion, value);
  const facts = body.blocks.map((block) => blockFacts(block, uses, records));
  const exposed = new Map<Variable, number[]>();
  const mentions = new Map<Variable, number[]>();
  facts.forEach((each, index) => {
    each.forEach((fact, variable) => {
      if (fact & READ) append(exposed, variable, index);
      if (fact & MENTIONED) append(mentions, variable, index);
    });
  });
  const acrossSuspension = liveAcrossSuspensions(exposed, graph, pushBefore);
  const stores = (index: number, variable: Variable) => ((facts[index]!.get(variable) ?? 0) & STORED) !== 0;
  const isReadAfterError: Liveness["isReadAfterError"] = (variable, region) =>
    isReadFrom(region, variable, body.blocks, graph.indexOf, facts);
  return { acrossSuspension, mentions, predecessors, stores, liveIn, isReadAfterError };

  function liveIn(variable: Variable): ReadonlySet<number> | undefined {
    const found = new Set<number>();
    const regions = new Set<number>();
    const work = [...(exposed.get(variable) ?? [])];
    while (work.length > 0) {
      const index = work.pop()!;
      const seen = index < body.blocks.length ? found : regions;
      if (seen.has(index)) continue;
      if (found.size === MOST_BLOCKS) return undefined;
      seen.add(index);
      pushBefore(work, index, variable);
    }
    return found;
  }

  /** Where a variable is live because it is at the beginning of a block, or all through a region. */
  function pushBefore(work: number[], index: number, variable: Variable): void {
    for (const each of within[index]!) work.push(each);
    if (index >= body.blocks.length) return;
    for (const each of predecessors[index]!) if (!((facts[each]!.get(variable) ?? 0) & WRITTEN)) work.push(each);
    for (const { id, value, completion } of protects[index]!)
      if (value !== variable && completion !== variable) work.push(body.blocks.length + id);
  }
}

/** The variables that are live where some suspension resumes: `exposed` has the blocks that read one before they write it. */
function liveAcrossSuspensions(
  exposed: ReadonlyMap<Variable, readonly number[]>,
  { within, resumes }: Graph,
  pushBefore: (work: number[], index: number, variable: Variable) => void,
): Set<Variable> {
  const acrossSuspension = new Set<Variable>();
  const liveAt = new Int32Array(within.length).fill(-1);
  let round = 0;
  for (const [variable, starts] of exposed) {
    const work = [...starts];
    const isLive = round++;
    while (work.length > 0) {
      const index = work.pop()!;
      if (liveAt[index] === isLive) continue;
      liveAt[index] = isLive;
      if (resumes.has(index)) {
        acrossSuspension.add(variable);
        break;
      }
      pushBefore(work, index, variable);
    }
  }
  return acrossSuspension;
}

/** Whether a variable may be read from a region's handler on, or a completion of the region comes to an end. */
function isReadFrom(
  { handler, completion }: ProtectedRegion,
  variable: Variable,
  blocks: readonly BasicBlock[],
  indexOf: ReadonlyMap<BlockId, number>,
  facts: Facts,
): boolean {
  const seen = new Set<BlockId>();
  const work = [handler];
  while (work.length > 0) {
    const id = work.pop()!;
    if (seen.has(id)) continue;
    if (seen.size === MOST_BLOCKS) return true;
    seen.add(id);
    const index = indexOf.get(id)!;
    const fact = facts[index]!.get(variable) ?? 0;
    // Who comes to the region once more, comes with another completion.
    const isNewCompletion = completion !== undefined && ((facts[index]!.get(completion) ?? 0) & WRITTEN) !== 0;
    if ((fact & READ) !== 0 || isNewCompletion) return true;
    if (fact & WRITTEN) continue;
    const { terminator } = blocks[index]!;
    if (terminator.kind === "dispatch" && terminator.on === completion) work.push(targetOf(terminator));
    else work.push(...successors(terminator));
  }
  return false;
}

/** Where a `finally` goes on after an exception. */
const targetOf = ({ cases, otherwise }: Extract<Terminator, { kind: "dispatch" }>): BlockId =>
  cases.find(({ code }) => code === CompletionKind.Throw)?.target ?? otherwise;

interface Graph {
  readonly indexOf: ReadonlyMap<BlockId, number>;
  readonly predecessors: readonly number[][];
  /**
   * For a handler: the regions whose exceptions it takes. A write in them may not have happened yet, but the
   * region's own completion record is written on the way.
   */
  readonly protects: readonly (readonly ProtectedRegion[])[];
  /**
   * For a region, which has its number behind those of the blocks: what stands in it, blocks and regions. A list of all blocks for each
   * region would grow with the square of the depth.
   */
  readonly within: readonly (readonly number[])[];
  readonly resumes: ReadonlySet<number>;
}

function buildGraph(body: Body): Graph {
  const indexOf = new Map(body.blocks.map((block, index) => [block.id, index]));
  const predecessors: number[][] = body.blocks.map(() => []);
  const protects: ProtectedRegion[][] = body.blocks.map(() => []);
  const within: number[][] = [...body.blocks, ...body.regions].map(() => []);
  const resumes = new Set<number>();
  body.blocks.forEach((block, index) => {
    for (const { target, suspender } of edges(block.terminator)) {
      const successor = indexOf.get(target)!;
      predecessors[successor]!.push(index);
      if (suspender) resumes.add(successor);
    }
    if (block.region !== undefined) within[body.blocks.length + block.region]!.push(index);
  });
  for (const region of body.regions) {
    const handler = indexOf.get(region.handler);
    if (handler !== undefined) protects[handler]!.push(region);
    if (region.parent !== undefined) within[body.blocks.length + region.parent]!.push(body.blocks.length + region.id);
  }
  return { indexOf, predecessors, protects, within, resumes };
}

/** What a block does with a variable, as bits: reads it before a certain write; writes it; stores a value; mentions it. */
const READ = 1;
const WRITTEN = 2;
const STORED = 4;
const MENTIONED = 8;

/** The facts of each block, by its index. */
type Facts = readonly ReadonlyMap<Variable, number>[];

/** `records`: writing a completion's kind makes the value that belongs to an earlier completion dead. */
function blockFacts(
  block: BasicBlock,
  uses: Uses,
  records: ReadonlyMap<Variable, Variable>,
): ReadonlyMap<Variable, number> {
  const facts = new Map<Variable, number>();
  const add = (variable: Variable, fact: number) => facts.set(variable, (facts.get(variable) ?? 0) | fact);
  const read = (variable: Variable, mentioned: number) =>
    add(variable, (facts.get(variable) ?? 0) & WRITTEN ? mentioned : READ | mentioned);
  for (const instruction of block.instructions) {
    if (instruction.kind === "comment") continue;
    const { reads, writes } = uses.ofInstruction(instruction);
    const isScope = instruction.kind === "enter" || instruction.kind === "copy";
    for (const variable of reads) read(variable, isScope ? 0 : MENTIONED);
    for (const variable of writes) {
      add(variable, isScope ? WRITTEN : WRITTEN | STORED | MENTIONED);
      const value = records.get(variable);
      if (value) add(value, WRITTEN);
    }
  }
  for (const variable of uses.ofTerminator(block.terminator).reads) read(variable, MENTIONED);
  for (const variable of uses.ofExits(block.terminator)) add(variable, MENTIONED);
  return facts;
}
