/** A body as an {@link Explanation}. */

import { CompletionKind } from "../runtime/abi.js";
import { numberStates, type States } from "./analyze/states.js";
import { InstructionPrinter } from "./emit/instruction-printer.js";
import { Output } from "./emit/output.js";
import type { Plan } from "./emit/plan.js";
import { SourcePrinter } from "./emit/source-printer.js";
import type { Unit } from "./emit/unit.js";
import { ownerOf, placeOf, placesOf, rangeOf } from "./explained-source.js";
import type { ExplainedRegion, ExplainedState, Explanation, Transition } from "./explanation.js";
import type { BasicBlock, BlockId, ProtectedRegion, Terminator, Value } from "./ir/ir.js";
import { textOf } from "./serialize.js";
import { titleOf } from "./syntax/targets.js";

export function explainFunction(plan: Plan, unit: Unit): Explanation {
  const states = numberStates(plan.body);
  const explainer = new Explainer(unit, plan, states);
  const source = rangeOf(plan.node, unit.file);
  let { line } = source;
  return {
    name: titleOf(plan.node),
    step: plan.names.step,
    definition: plan.names.definition,
    source,
    states: states.blocks.map((block) => {
      const state = explainer.state(block, line);
      line = state.line;
      return state;
    }),
    regions: states.regions.map(({ region, handler }) => explainer.region(region, handler)).reverse(),
  };
}

class Explainer {
  constructor(
    private readonly unit: Unit,
    private readonly plan: Plan,
    private readonly states: States,
  ) {}

  state(block: BasicBlock, previousLine: number): ExplainedState {
    const { terminator } = block;
    const source = placesOf(block.instructions, this.unit.file);
    const ending = placeOf(terminator, this.unit.file);
    const suspends = terminator.kind === "suspend";
    return {
      id: this.states.number(block.id),
      line: (source[0] ?? ending)?.line ?? previousLine,
      statements: block.instructions
        .map((instruction) => this.text((printer) => void printer.print(instruction)))
        .filter((text) => text !== ""),
      terminator: this.words(terminator),
      source,
      ending: {
        kind: terminator.kind,
        ...(suspends ? { operation: terminator.operation } : {}),
        ...(ending ? { source: ending } : {}),
      },
      transitions: this.transitions(block),
      ...(block.region === undefined ? {} : { region: block.region }),
      owesCleanup: suspends && this.states.owesCleanup(block, terminator.operation),
    };
  }

  region({ id, kind, parent, origin }: ProtectedRegion, handler: number): ExplainedRegion {
    const source = rangeOf(origin, this.unit.file);
    return { id, kind, owner: ownerOf(origin), handler, ...(parent === undefined ? {} : { parent }), source };
  }

  // --- transitions ---

  private transitions(block: BasicBlock): Transition[] {
    const { terminator } = block;
    const to = (id: BlockId, when = "", resumes = false): Transition => {
      const exit = this.states.inlined(id);
      return { to: exit ? this.end(exit.kind, block) : this.states.number(id), when, resumes };
    };
    switch (terminator.kind) {
      case "goto":
        return [to(terminator.target)];
      case "branch":
        return [to(terminator.consequent, "yes"), to(terminator.alternate, "no")];
      case "dispatch":
        return distinct([
          ...terminator.cases.map(({ code, target }) => to(target, completions[code] ?? "jump")),
          to(terminator.otherwise, terminator.cases.length > 0 ? "else" : ""),
        ]);
      case "suspend":
        return [to(terminator.resume, "", true)];
      case "return":
      case "throw":
        return [{ to: this.end(terminator.kind, block), when: "", resumes: false }];
      case "native":
        return distinct([
          ...terminator.exits.map((exit) => {
            const word = this.unit.text.slice(exit.node.getStart(), exit.node.end).match(/\w+/)![0];
            if (exit.target === undefined) return { to: "finished", when: word, resumes: false } as const;
            return to(exit.target, word, exit.awaits !== undefined);
          }),
          to(terminator.next, terminator.exits.length > 0 ? "else" : ""),
        ]);
    }
  }

  /** Where a throw or a return without a place to go leads. */
  private end(kind: "return" | "throw", { region }: BasicBlock): Transition["to"] {
    if (kind === "return") return "finished";
    return region === undefined ? "failed" : this.states.number(this.plan.body.regions[region]!.handler);
  }

  // --- words ---

  private text(print: (printer: InstructionPrinter) => void): string {
    const out = new Output(this.unit.text);
    print(new InstructionPrinter(new SourcePrinter(this.unit, out), this.plan));
    return textOf(out.chunks).trim();
  }

  private value(value: Value): string {
    return this.text((printer) => printer.value(value));
  }

  private go(id: BlockId): string {
    const exit = this.states.inlined(id);
    if (exit) return this.words(exit);
    return `go to state ${this.states.number(id)}`;
  }

  private words(terminator: Terminator): string {
    switch (terminator.kind) {
      case "goto":
        return this.go(terminator.target);
      case "branch":
        return `if ${this.value(terminator.test)}: ${this.go(terminator.consequent)}; else ${this.go(terminator.alternate)}`;
      case "dispatch":
        return `resume the completion that was interrupted, or ${this.go(terminator.otherwise)}`;
      case "suspend":
        return `${operations[terminator.operation]} ${this.value(terminator.operand)}, then ${this.go(terminator.resume)}`;
      case "return":
        return terminator.value ? `finish with ${this.value(terminator.value)}` : "finish";
      case "throw":
        return `throw ${this.value(terminator.value)}`;
      case "native":
        return `run the statement, then ${this.go(terminator.next)}`;
    }
  }
}

/** One for each place that control goes to, under all of its conditions. */
function distinct(transitions: readonly Transition[]): Transition[] {
  const found = new Map<string, Transition>();
  for (const each of transitions) {
    const key = `${each.to} ${each.resumes}`;
    const known = found.get(key);
    if (!known) found.set(key, each);
    else if (!known.when.split(", ").includes(each.when))
      found.set(key, { ...known, when: `${known.when}, ${each.when}` });
  }
  return [...found.values()];
}

/** What is not here is a jump. */
const completions: Readonly<Record<number, string>> = {
  [CompletionKind.Throw]: "throw",
  [CompletionKind.Return]: "return",
};

const operations = {
  Await: "await",
  Yield: "yield",
  Delegate: "yield*",
  Next: "await the next item of",
  Close: "close",
  Dispose: "dispose",
} as const;
