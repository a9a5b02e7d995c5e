/** A body in words. */

import { numberStates, type States } from "./analyze/states.js";
import { positionOf } from "./diagnostics.js";
import { InstructionPrinter } from "./emit/instruction-printer.js";
import { Output } from "./emit/output.js";
import { SourcePrinter } from "./emit/source-printer.js";
import type { Unit } from "./emit/unit.js";
import type { ExplainedState, Explanation } from "./explanation.js";
import type { BasicBlock, Body, ProtectedRegion, Terminator, Value } from "./ir/ir.js";
import { textOf } from "./serialize.js";

export function explainBody(body: Body, name: string, unit: Unit): Explanation {
  const states = numberStates(body);
  const plan = [...unit.plans.values()].find((each) => each.body === body)!;
  const words = new Words(unit, plan, states);
  let line = positionOf(unit.text, plan.node.getStart()).line;
  return {
    name,
    states: states.blocks.map((block) => {
      line = lineOf(block, unit) ?? line;
      return words.state(block, line, body);
    }),
    regions: body.regions.map((region) => words.region(region)),
  };
}

function lineOf(block: BasicBlock, unit: Unit): number | undefined {
  for (const instruction of block.instructions) {
    const node =
      "origin" in instruction && instruction.origin
        ? instruction.origin
        : "node" in instruction
          ? instruction.node
          : undefined;
    if (node) return positionOf(unit.text, node.getStart()).line;
  }
  const { terminator } = block;
  const node =
    terminator.kind === "suspend" ? terminator.origin : terminator.kind === "native" ? terminator.node : undefined;
  return node ? positionOf(unit.text, node.getStart()).line : undefined;
}

class Words {
  constructor(
    private readonly unit: Unit,
    private readonly plan: Parameters<typeof planOf>[0],
    private readonly states: States,
  ) {}

  state(block: BasicBlock, line: number, body: Body): ExplainedState {
    const region = block.region === undefined ? undefined : body.regions[block.region];
    const owesCleanup =
      block.terminator.kind === "suspend" && this.states.owesCleanup(block, block.terminator.operation);
    return {
      id: this.states.number(block.id),
      line,
      statements: block.instructions
        .map((instruction) => this.text((printer) => void printer.print(instruction)))
        .filter((text) => text !== ""),
      terminator: this.terminator(block.terminator),
      ...(region ? { region: `${region.kind} region ${region.id}` } : {}),
      owesCleanup,
    };
  }

  region({ id, kind, handler, parent }: ProtectedRegion): string {
    return `${kind} region ${id}, handled in state ${this.states.number(handler)}${parent === undefined ? "" : `, inside region ${parent}`}`;
  }

  private text(print: (printer: InstructionPrinter) => void): string {
    const out = new Output(this.unit.text);
    print(new InstructionPrinter(new SourcePrinter(this.unit, out), this.plan));
    return textOf(out.chunks).trim();
  }

  private value(value: Value): string {
    return this.text((printer) => printer.value(value));
  }

  private go(id: Parameters<States["number"]>[0]): string {
    const exit = this.states.inlined(id);
    if (exit) return this.terminator(exit);
    return `go to state ${this.states.number(id)}`;
  }

  private terminator(terminator: Terminator): string {
    switch (terminator.kind) {
      case "goto":
        return this.go(terminator.target);
      case "branch":
        return `if ${this.value(terminator.test)}: ${this.go(terminator.consequent)}; else ${this.go(terminator.alternate)}`;
      case "dispatch":
        return `resume the completion that was interrupted, or ${this.go(terminator.otherwise)}`;
      case "suspend":
        return `${words[terminator.operation]} ${this.value(terminator.operand)}, then ${this.go(terminator.resume)}`;
      case "return":
        return terminator.value ? `finish with ${this.value(terminator.value)}` : "finish";
      case "throw":
        return `throw ${this.value(terminator.value)}`;
      case "native":
        return `run the statement, then ${this.go(terminator.next)}`;
    }
  }
}

const words = {
  Await: "await",
  Yield: "yield",
  Delegate: "yield*",
  Next: "await the next item of",
  Close: "close",
  CloseQuietly: "close, dropping errors,",
  Dispose: "dispose",
} as const;

const planOf = (plan: ReturnType<Unit["plans"]["get"]> & object) => plan;
