/** Bodies made by hand, for tests of what works on bodies. */

import type { BasicBlock, Body, Instruction, ProtectedRegion, Terminator } from "../../../transformer/ir/ir.js";
import type { Variable } from "../../../transformer/syntax/scope.js";

export function temporary(name: string): Variable {
  return { id: -1, name, kind: "temporary", scope: undefined as never, declarations: [], references: [] };
}

export function block(
  id: number,
  terminator: Terminator,
  region?: number,
  instructions: Instruction[] = [],
): BasicBlock {
  return { id: id as never, region: region as never, instructions, terminator };
}

export function region(id: number, handler: number, kind: "catch" | "finally", parent?: number): ProtectedRegion {
  const completion = kind === "finally" ? temporary(`completion${id}`) : undefined;
  return {
    id: id as never,
    parent: parent as never,
    kind,
    origin: undefined as never,
    handler: handler as never,
    value: temporary(`value${id}`),
    completion,
  };
}

export function suspend(resume: number): Terminator {
  return { kind: "suspend", operation: "Await", operand: { kind: "resumption" }, resume: resume as never };
}

export function bodyOf(
  blocks: readonly BasicBlock[],
  regions: readonly ProtectedRegion[] = [],
  temporaries: readonly Variable[] = [],
): Body {
  return { blocks, regions, holes: new Map(), scopes: new Set(), temporaries };
}
