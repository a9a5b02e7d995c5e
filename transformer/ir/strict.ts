/** Strict code in a sloppy body: marks what strict mode makes a difference to. */

import { dependsOnStrict } from "../syntax/strict.js";
import type { Instruction, Terminator, Value } from "./ir.js";

export function strictInstruction(instruction: Instruction): Instruction {
  switch (instruction.kind) {
    case "evaluate":
    case "assign":
      return { ...instruction, value: strictValue(instruction.value) };
    case "store":
      return { ...instruction, isStrict: true };
    default:
      return instruction;
  }
}

export function strictTerminator(terminator: Terminator): Terminator {
  switch (terminator.kind) {
    case "branch":
      return { ...terminator, test: strictValue(terminator.test) };
    case "suspend":
      return { ...terminator, operand: strictValue(terminator.operand) };
    default:
      return terminator;
  }
}

const strictValue = (value: Value): Value => (depends(value) ? { kind: "strict", value } : value);

function depends(value: Value): boolean {
  if (value.kind === "expression") return dependsOnStrict(value.node);
  if (value.kind !== "code") return false;
  return value.parts.some((part) =>
    typeof part === "string" ? /\bdelete\b| = /.test(part) : part.kind !== "runtime" && depends(part),
  );
}
