/**
 * Which variables of the frame a loop keeps in locals while it runs, because nothing in it waits: engines keep locals in
 * registers, and box the doubles of an object's fields.
 *
 * Nobody may look at the frame meanwhile: no closure, and no handler that an exception inside the loop leads to.
 */

import type ts from "typescript";
import type { BasicBlock, Body, RegionId } from "../ir/ir.js";
import { memoize } from "../memoize.js";
import { isAssignmentTarget } from "../syntax/assignment.js";
import type { Bindings } from "../syntax/bindings.js";
import { isCaptured, type Variable } from "../syntax/scope.js";
import { isWithin, walk } from "../syntax/walk.js";
import { api } from "../typescript.js";
import type { Liveness } from "./liveness.js";
import type { Layout } from "./placement.js";

interface LoopLocal {
  readonly variable: Variable;
  /** The frame has to get its value back. */
  readonly isAssigned: boolean;
}

/** By the statement that contains the loop. */
export type LoopLocals = ReadonlyMap<ts.Statement, readonly LoopLocal[]>;

export function findLoopLocals(body: Body, bindings: Bindings, liveness: Liveness, layout: Layout): LoopLocals {
  const found = new Map<ts.Statement, readonly LoopLocal[]>();
  /** Whether only the body's own code can see the variable. */
  const isPrivate = memoize(
    (variable: Variable): boolean =>
      layout.placements.get(variable)?.kind === "frame" &&
      DECLARED.has(variable.kind) &&
      // A lexical declaration cannot have that name.
      variable.name !== "let" &&
      !layout.checked.has(variable) &&
      !isCaptured(variable) &&
      !(variable.isOuter || variable.outer || variable.startsAs),
  );
  for (const block of body.blocks)
    for (const instruction of block.instructions) {
      if (instruction.kind !== "statement" || !containsLoop(instruction.node)) continue;
      const { node } = instruction;
      const locals = [...variablesIn(node, bindings)]
        .map(([variable, isAssigned]) => ({ variable, isAssigned }))
        .filter((local) => isLocal(local, node) && !isReadAfterError(local.variable, block));
      if (locals.length > 0) found.set(node, locals);
    }
  return found;

  function isLocal({ variable, isAssigned }: LoopLocal, node: ts.Statement): boolean {
    if (variable.kind === "const" && isAssigned) return false;
    return isPrivate(variable) && !variable.declarations.some((id) => isWithin(id, node));
  }

  function isReadAfterError(variable: Variable, block: BasicBlock): boolean {
    for (let at: RegionId | undefined = block.region; at !== undefined; at = body.regions[at]!.parent)
      if (liveness.isReadAfterError(variable, body.regions[at]!)) return true;
    return false;
  }
}

const DECLARED: ReadonlySet<Variable["kind"]> = new Set(["parameter", "var", "let", "const", "catch"]);

/** The variables that a statement refers to, and whether it assigns to them. */
function variablesIn(statement: ts.Statement, bindings: Bindings): Map<Variable, boolean> {
  const found = new Map<Variable, boolean>();
  walk(statement, (node) => {
    if (!api.isIdentifier(node)) return true;
    const variable = bindings.referenceOf(node)?.variable;
    if (variable) found.set(variable, found.get(variable) || isAssignmentTarget(node));
    return false;
  });
  return found;
}

function containsLoop(statement: ts.Statement): boolean {
  let found = false;
  walk(statement, (node) => {
    found ||= api.isIterationStatement(node, false);
    return !found && !api.isFunctionLike(node) && !api.isExpression(node);
  });
  return found;
}
