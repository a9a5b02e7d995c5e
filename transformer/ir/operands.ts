/** What of the user's is in instructions and values. */

import type ts from "typescript";
import { assertNever, type Instruction, type Terminator, type Value } from "./ir.js";

/** What an instruction evaluates: a value, or a node of the user's. */
export function operandOf(instruction: Instruction): Value | ts.Node | undefined {
  switch (instruction.kind) {
    case "evaluate":
    case "assign":
      return instruction.value;
    case "bind":
      return instruction.pattern;
    case "store":
      return instruction.target;
    case "statement":
    case "declare":
    case "define":
      return instruction.node;
    case "comment":
    case "enter":
    case "copy":
      return undefined;
    default:
      return assertNever(instruction, "operands");
  }
}

/** What the end of a block evaluates: a value, or a node of the user's. */
export function operandOfEnd(terminator: Terminator): Value | ts.Node | undefined {
  switch (terminator.kind) {
    case "branch":
      return terminator.test;
    case "suspend":
      return terminator.operand;
    case "return":
    case "throw":
      return terminator.value;
    case "native":
      return terminator.node;
    case "goto":
    case "dispatch":
      return undefined;
    default:
      return assertNever(terminator, "operands");
  }
}

/** The nodes of the user's in a value. */
export function nodesOf(value: Value): ts.Node[] {
  if (value.kind === "expression") return [value.node];
  if (value.kind === "strict") return nodesOf(value.value);
  if (value.kind === "code")
    return value.parts.flatMap((part) => (typeof part === "string" || part.kind === "runtime" ? [] : nodesOf(part)));
  return [];
}
