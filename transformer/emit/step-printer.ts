/**
 * The step function: one `switch` over the states of a body.
 *
 *     let s = $.state;
 *     for (;;) try {
 *       if ($.mode === 1) { $.mode = 0; throw $.value; }
 *       switch (s) { case 0: … }
 *     } catch (e) {
 *       if (s >= 2 && s <= 4) { v.$completion = 1; v.$result = e; s = 5; }
 *       else throw e;
 *     }
 */

import { CompletionKind, Mode, Operation, OWES_CLEANUP } from "../../runtime/abi.js";
import type { States, Suspender } from "../analyze/states.js";
import {
  assertNever,
  type BasicBlock,
  type BlockId,
  type Derived,
  type Exit,
  type Terminator,
  type Value,
} from "../ir/ir.js";
import type { Variable } from "../syntax/scope.js";
import { InstructionPrinter } from "./instruction-printer.js";
import type { Output } from "./output.js";
import type { Plan } from "./plan.js";
import type { Exits, SourcePrinter } from "./source-printer.js";

export class StepPrinter {
  private readonly states: States;
  private usesLoop = false;
  private usesLabel = false;
  private readonly instructions: InstructionPrinter;

  constructor(
    private readonly outer: SourcePrinter,
    private readonly plan: Plan,
  ) {
    this.states = plan.states;
    this.instructions = new InstructionPrinter(outer.with({ aliases: new Map() }), plan);
  }

  private get out(): Output {
    return this.outer.out;
  }

  print(): void {
    const { out, plan, states } = this;
    const { core, state, error, dispatch } = plan.names;
    if (plan.locals.length > 0)
      out.line().write(`let ${plan.locals.map((name) => name + this.outer.unit.any).join(", ")};`);
    this.printConstEnums();
    const hasRegions = states.regions.length > 0;
    const cases = out.fork();
    const inner = hasRegions ? 1 : 0;
    const printCases = () => this.printBlocks(cases);
    if (inner) cases.indent(() => cases.indent(printCases));
    else cases.indent(printCases);
    const label = this.usesLabel ? `${dispatch}: ` : "";
    if (!hasRegions) {
      out.line().write(`if (${core}.mode) return ${this.outer.unit.runtime}.abrupt(${core});`);
      if (this.usesLoop) out.line().write(`let ${state} = ${core}.state;`);
      out.line().write(this.usesLoop ? `${label}for (;;) switch (${state}) {` : `switch (${core}.state) {`);
      out.append(cases).line().write("}");
      return;
    }
    out.line().write(`let ${state} = ${core}.state;`);
    this.printReturn();
    out.line().write(`${label}for (;;) try {`);
    out.indent(() => {
      out.line().write(`if (${core}.mode === ${Mode.Throw}) { ${core}.mode = ${Mode.Next}; throw ${core}.value; }`);
      out.line().write(`switch (${state}) {`).append(cases).line().write("}");
    });
    out.line().write(`} catch (${error}) {`);
    out.indent(() => this.printHandlers());
    out.line().write("}");
  }

  private printConstEnums(): void {
    for (const scope of this.plan.body.scopes)
      for (const { kind, declarations } of scope.variables.values())
        if (kind === "constEnum")
          for (const { parent } of declarations) this.outer.with({ out: this.out.line() }).print(parent);
  }

  // --- regions ---

  /** A return completion runs the innermost `finally`; without one the body is finished. */
  private printReturn(): void {
    const { out, plan, states } = this;
    const { core, state } = plan.names;
    const finish = `{ ${core}.op = ${Operation.Return}; return ${core}.value; }`;
    out.line().write(`if (${core}.mode === ${Mode.Return}) `);
    if (!states.regions.some(({ region }) => region.kind === "finally")) return void out.write(finish);
    out.write("{").indent(() => {
      out.line();
      for (const { region, test, handler } of states.regions) {
        if (region.kind !== "finally") continue;
        out.write(`if (${test(state)}) { `);
        this.instructions.store(out, region.completion!, String(CompletionKind.Return));
        this.instructions.store(out, region.value, `${core}.value`);
        out.write(`${state} = ${handler}; }`).line().write("else ");
      }
      out.write(finish);
    });
    out.line().write("}");
  }

  private printHandlers(): void {
    const { out, plan, states } = this;
    const { state, error } = plan.names;
    out.line();
    for (const { region, test, handler } of states.regions) {
      out.write(`if (${test(state)}) { `);
      if (region.completion) this.instructions.store(out, region.completion, String(CompletionKind.Throw));
      this.instructions.store(out, region.value, error);
      out.write(`${state} = ${handler}; }`).line().write("else ");
    }
    out.write(`throw ${error};`);
  }

  // --- blocks ---

  private printBlocks(out: Output): void {
    const { blocks } = this.states;
    blocks.forEach((block, index) => {
      const body = out.fork();
      let declares = false;
      body.indent(() => {
        declares = this.printBlock(block, blocks[index + 1], body);
      });
      const labels = this.states.labels(block.id).map((number) => `case ${number}:`);
      const note = this.states.note(block.id);
      out.line().write(`${labels.join(" ")}${declares ? " {" : ""}${note ? ` // ${note}` : ""}`);
      out.append(body);
      if (declares) out.line().write("}");
    });
  }

  /** Prints a block's code; tells whether it declares anything. */
  private printBlock(block: BasicBlock, next: BasicBlock | undefined, out: Output): boolean {
    let declares = false;
    const printer = this.instructions.at(out);
    this.printDrops(this.plan.deadSlots?.atStart(block.id) ?? [], out);
    for (const instruction of block.instructions)
      out.standingFor(this.offsetOf(instruction), () => {
        declares = printer.print(instruction) || declares;
      });
    this.printDrops(this.plan.deadSlots?.beforeSuspending(block.id) ?? [], out);
    out.standingFor(this.offsetOf(block.terminator), () => {
      declares = this.printTerminator(block, next, out) || declares;
    });
    return declares;
  }

  private printDrops(variables: readonly Variable[], out: Output): void {
    if (variables.length === 0) return;
    const slots = variables.map((variable) => this.outer.textOf(variable, false));
    out.standingFor(-1, () => out.line().write(`${slots.join(" = ")} = undefined;`));
  }

  private offsetOf({ from }: Derived): number {
    return from?.getStart(this.outer.unit.file) ?? -1;
  }

  private printTerminator(block: BasicBlock, next: BasicBlock | undefined, out: Output): boolean {
    const { terminator } = block;
    const printer = this.instructions.at(out);
    const { core } = this.plan.names;
    switch (terminator.kind) {
      case "goto":
        this.printDrops(this.plan.deadSlots?.beforeGoingOn(block.id) ?? [], out);
        this.printGoto(block, terminator.target, next, out);
        return false;
      case "branch":
        return this.printBranch(block, terminator, next, out);
      case "dispatch":
        for (const { code, target } of terminator.cases) {
          out.line().write("if (");
          printer.value({ kind: "variable", variable: terminator.on });
          out.write(` === ${code}) `);
          this.printJump(target, out);
        }
        this.printDrops(this.plan.deadSlots?.beforeGoingOn(block.id) ?? [], out);
        this.printGoto(block, terminator.otherwise, next, out);
        return false;
      case "suspend": {
        const declares = printer.declareFor(terminator.operand);
        const operand = () => printer.value(terminator.operand);
        if (this.plan.isFused && terminator.operation === "Next") this.printPull(block, terminator, next, out, operand);
        else this.printSuspend(block, terminator, out, operand);
        return declares;
      }
      case "return": {
        const declares = terminator.value ? printer.declareFor(terminator.value) : false;
        out.line();
        this.printReturnValue(terminator.value, out);
        return declares;
      }
      case "throw": {
        const declares = printer.declareFor(terminator.value);
        out.line().write("throw ");
        printer.value(terminator.value);
        out.write(";");
        return declares;
      }
      case "native": {
        const declares = printer.declareFor({ kind: "expression", node: terminator.node as never });
        out.line();
        printer.statement(terminator.node, this.exitsOf(block, terminator, out));
        out.standingFor(-1, () => this.printGoto(block, terminator.next, next, out));
        return declares;
      }
      default:
        void core;
        return assertNever(terminator);
    }
  }

  private printSuspend(
    block: BasicBlock,
    suspender: Extract<Suspender, { kind: "suspend" }>,
    out: Output,
    operand: () => void,
    condition = () => {},
  ): void {
    const { core } = this.plan.names;
    const { operation } = suspender;
    const owes = this.states.owesCleanup(block, operation) ? OWES_CLEANUP : 0;
    // One place to stop at.
    out.line().write(`${core}.state = ${this.states.resumption(suspender)};`);
    out.write(` ${core}.op = ${Operation[operation] + owes}; `, -1);
    condition();
    out.write("return ", -1);
    if (operation === "Delegate") out.write(`${this.outer.unit.runtime}.delegate(${core}, `, -1);
    operand();
    if (operation === "Delegate") out.write(")", -1);
    out.write(`; // ${words[operation]}`, -1);
  }

  /** Fused: an item that is there at once needs no suspension. */
  private printPull(
    block: BasicBlock,
    suspender: Extract<Terminator, { kind: "suspend" }>,
    next: BasicBlock | undefined,
    out: Output,
    operand: () => void,
  ): void {
    this.printSuspend(block, suspender, out, operand, () => {
      out.write(`if (!${this.outer.unit.runtime}.pull(${this.plan.names.core}, `, -1);
      operand();
      out.write(")) ", -1);
    });
    out.standingFor(-1, () => this.printGoto(block, suspender.resume, next, out));
  }

  private printReturnValue(value: Value | undefined, out: Output): void {
    out.write(`${this.plan.names.core}.op = ${Operation.Return};`).write(" return", -1);
    if (value) {
      out.write(" ", -1);
      this.instructions.at(out).value(value);
    }
    out.write(";", -1);
  }

  private printBranch(
    block: BasicBlock,
    terminator: Extract<Terminator, { kind: "branch" }>,
    next: BasicBlock | undefined,
    out: Output,
  ): boolean {
    const printer = this.instructions.at(out);
    const declares = printer.declareFor(terminator.test);
    const fallsIntoConsequent = next?.id === terminator.consequent;
    out.line().write(fallsIntoConsequent ? "if (!(" : "if (");
    printer.value(terminator.test);
    out.write(fallsIntoConsequent ? ")) " : ") ");
    out.standingFor(-1, () => {
      this.printJump(fallsIntoConsequent ? terminator.alternate : terminator.consequent, out);
      this.printGoto(block, fallsIntoConsequent ? terminator.consequent : terminator.alternate, next, out);
    });
    return declares;
  }

  /** Goes to a block from inside a statement. */
  private printJump(target: BlockId, out: Output): void {
    const exit = this.states.inlined(target);
    if (exit?.kind === "throw") {
      out.write("throw ");
      this.instructions.at(out).value(exit.value);
      out.write(";");
    } else if (exit?.kind === "return") {
      out.write("{ ");
      this.printReturnValue(exit.value, out);
      out.write(" }");
    } else {
      this.usesLoop = true;
      out.write(`{ ${this.plan.names.state} = ${this.states.number(target)}; continue; }`, -1);
    }
  }

  /** Goes to a block at the end of another: falls into it where it stands next. */
  private printGoto(block: BasicBlock, target: BlockId, next: BasicBlock | undefined, out: Output): void {
    const { state } = this.plan.names;
    const exit = this.states.inlined(target);
    if (exit) {
      out.line();
      if (exit.kind === "return") return this.printReturnValue(exit.value, out);
      return this.printJump(target, out);
    }
    const number = this.states.number(target);
    if (next?.id === target) {
      if (next.region !== block.region) out.line().write(`${state} = ${number};`, -1);
      return;
    }
    this.usesLoop = true;
    out.line().write(`${state} = ${number};`).write(" continue;", -1);
  }

  private exitsOf(block: BasicBlock, terminator: Extract<Terminator, { kind: "native" }>, out: Output): Exits {
    const { file } = this.outer.unit;
    return new Map(
      terminator.exits.map((exit) => [
        exit.node,
        (printer) => {
          out.standingFor(exit.node.getStart(file), () => {
            out.write("{ ");
            this.printExit(block, exit, out, printer);
            out.write(" }", -1);
          });
        },
      ]),
    );
  }

  private printExit(block: BasicBlock, exit: Exit, out: Output, printer: SourcePrinter): void {
    const { core, state, dispatch } = this.plan.names;
    if (exit.finishes) return this.printReturnValue(undefined, out);
    if (exit.awaits) {
      const owes = this.states.owesCleanup(block, "Await") ? OWES_CLEANUP : 0;
      out.write(`${core}.state = ${this.states.resumption(exit)};`);
      out.write(` ${core}.op = ${Operation.Await + owes}; return `, -1);
      printer.print(exit.awaits);
      return void out.write(";", -1);
    }
    const inline = this.instructions.at(out);
    for (const instruction of exit.instructions) {
      inline.printInline(instruction);
      out.write(" ");
    }
    this.usesLoop = this.usesLabel = true;
    out.write(`${state} = ${this.states.number(exit.target)};`).write(` continue ${dispatch};`, -1);
  }
}

/** What a suspension is called in a comment. */
const words = {
  Await: "await",
  Yield: "yield",
  Return: "return",
  Delegate: "yield*",
  Next: "next",
  Close: "close",
  CloseQuietly: "close",
  Dispose: "dispose",
} as const;
