/** Which parts of the source a state runs. */

import type ts from "typescript";
import type { ExplainedRegion, SourceRange } from "./explanation.js";
import type { Instruction, Terminator, Value } from "./ir/ir.js";
import { operandOf, operandOfEnd } from "./ir/operands.js";
import { api } from "./typescript.js";

/** The places of instructions, without those that are inside another one. Sorted by when they run. */
export function placesOf(instructions: readonly Instruction[], file: ts.SourceFile): SourceRange[] {
  const places = instructions.flatMap((each) => nodesOf(each).map((node) => rangeOf(node, file)));
  return places.filter(
    (place, index) =>
      !places.some((other, at) => {
        if (at === index || other.start > place.start || other.end < place.end) return false;
        return other.start < place.start || other.end > place.end || at < index;
      }),
  );
}

export function placeOf(terminator: Terminator, file: ts.SourceFile): SourceRange | undefined {
  const node = endingNode(terminator);
  return node && rangeOf(node, file);
}

/** The whole node, or the head of a loop. */
export function rangeOf(node: ts.Node, file: ts.SourceFile): SourceRange {
  const start = node.getStart(file);
  const last = api.isIterationStatement(node, false) ? node.statement.pos : node.end;
  const line = (offset: number) => file.getLineAndCharacterOfPosition(offset).line + 1;
  return { start, end: last, line: line(start), endLine: line(last) };
}

export function ownerOf(node: ts.Node): ExplainedRegion["owner"] {
  if (api.isTryStatement(node)) return "try";
  if (api.isVariableDeclarationList(node)) return "using";
  return api.isForOfStatement(node) ? "loop" : "pattern";
}

function nodesOf(instruction: Instruction): readonly ts.Node[] {
  const node = nodeOf(instruction);
  if (!node) return [];
  return api.isBlock(node) ? node.statements : [node];
}

function nodeOf(instruction: Instruction): ts.Node | undefined {
  if (instruction.kind === "declare") return declarationOf(instruction.node);
  const origin = "origin" in instruction ? instruction.origin : undefined;
  return origin ?? writtenIn(operandOf(instruction));
}

const endingNode = (terminator: Terminator): ts.Node | undefined =>
  terminator.kind === "suspend" ? terminator.origin : writtenIn(operandOfEnd(terminator));

/** With its keyword, where it is the only one of its statement. */
function declarationOf(node: ts.VariableDeclaration): ts.Node {
  const list = node.parent;
  return api.isVariableDeclarationList(list) && list.declarations.length === 1 ? list : node;
}

/** What of the user's an operand is as it stands; not what is only a part of generated code. */
function writtenIn(operand: Value | ts.Node | undefined): ts.Node | undefined {
  if (operand === undefined || "pos" in operand) return operand;
  if (operand.kind === "strict") return writtenIn(operand.value);
  return operand.kind === "expression" ? operand.node : undefined;
}
