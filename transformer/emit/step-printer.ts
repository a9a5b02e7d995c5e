/**
 * The step function: one `switch` over the states of a body.
 *
 *     let s = $.state, c = $.mode, r = $.value;
 *     for (;;) {
 *       for (; c === 1 || c === 2; c = 0) {
 *         if (s >= 2 && s <= 4) { v.$completion = c; v.$result = r; s = 5; continue; }
 *         if (c === 1) throw r;
 *         $.op = 3; return r;
 *       }
 *       try {
 *         switch (s) { case 0: … }
 *       } catch (e) { c = 1; r = e; }
 *     }
 */

import { CompletionKind, Operation } from "../../runtime/abi.js";
import { continuationsOf } from "../analyze/continuations.js";
import type { States } from "../analyze/states.js";
import {
  assertNever,
  type BasicBlock,
  type BlockId,
  type Exit,
  type Native,
  type Terminator,
  type Value,
} from "../ir/ir.js";
import { operandOfEnd } from "../ir/operands.js";
import type { Variable } from "../syntax/scope.js";
import { printHandlers } from "./handler-printer.js";
import { InstructionPrinter } from "./instruction-printer.js";
import { operationCode, operationWords } from "./operation-code.js";
import type { Output } from "./output.js";
import type { Plan } from "./plan.js";
import { offsetOf, offsetsOf } from "./positions.js";
import type { Exits, SourcePrinter } from "./source-printer.js";
import { sourceRange } from "./source-range.js";
import { declarationOf } from "./untyped.js";

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
    this.instructions = new InstructionPrinter(outer, plan);
  }

  private get out(): Output {
    return this.outer.out;
  }

  print(): void {
    const { out, plan, states } = this;
    const { core, state, completion, result, error, dispatch } = plan.names;
    if (plan.locals.length > 0) out.line().statements(declarationOf(plan.locals, this.outer.unit));
    this.printConstEnums();
    const hasRegions = states.regions.length > 0;
    const cases = out.fork();
    const printCases = () => this.printBlocks(cases);
    if (hasRegions) cases.indent(() => cases.indent(() => cases.indent(printCases)));
    else cases.indent(printCases);
    const label = this.usesLabel ? `${dispatch}: ` : "";
    if (!hasRegions) {
      out.line().statements(`if (${core}.mode) return ${this.outer.unit.runtime}.abrupt(${core});`);
      if (this.usesLoop) out.line().statements(`let ${state} = ${core}.state;`);
      out.line().write(this.usesLoop ? `${label}for (;;) switch (${state}) {` : `switch (${core}.state) {`);
      out.append(cases).line().write("}");
      return;
    }
    out.line().statements(`let ${state} = ${core}.state, ${completion} = ${core}.mode, ${result} = ${core}.value;`);
    out.line().write(`${label}for (;;) {`);
    out.indent(() => {
      printHandlers(out, plan, this.instructions);
      out.line().write("try {");
      out.indent(() => out.line().write(`switch (${state}) {`).append(cases).line().write("}"));
      out.line().write(`} catch (${error}) { `);
      out.statements(`${completion} = ${CompletionKind.Throw}; ${result} = ${error};`).write(" }");
    });
    out.line().write("}");
  }

  private printConstEnums(): void {
    for (const scope of this.plan.body.scopes)
      for (const { kind, declarations } of scope.variables.values())
        if (kind === "constEnum")
          for (const { parent } of declarations) this.outer.with({ out: this.out.line() }).print(parent);
  }

  // --- blocks ---

  private printBlocks(out: Output): void {
    const continuations = continuationsOf(this.states.blocks);
    this.states.blocks.forEach((block, index, blocks) => {
      const body = out.fork();
      let declares = false;
      body.indent(() => {
        declares = this.printBlock(block, blocks[index + 1], body);
      });
      if (declares) body.line().write("}");
      const range = sourceRange(body.chunks, this.outer.unit.file.text, continuations.get(block.id));
      if (range?.isBeginning && index > 0) body.beginsAt(range.first);
      const labels = this.states.labels(block.id).map((number) => `case ${number}:`);
      const note = this.states.note(block.id);
      if (range) out.line().bound(labels.join(" "), range.start);
      else out.line().between(labels.join(" "));
      if (declares) out.write(" {");
      if (note) out.between(` // ${note}`);
      out.append(range ? body.endsAt(range.end) : body);
    });
  }

  /** Prints a block's code; tells whether it declares anything. */
  private printBlock(block: BasicBlock, next: BasicBlock | undefined, out: Output): boolean {
    let declares = false;
    const { file } = this.outer.unit;
    const printer = this.instructions.at(out);
    this.printDrops(this.plan.deadSlots.atStart(block.id), out);
    for (const instruction of block.instructions)
      out.standingFor(offsetOf(instruction, file), () => {
        declares = printer.print(instruction) || declares;
      });
    this.printDrops(this.plan.deadSlots.beforeSuspending(block.id), out);
    out.standingFor(offsetOf(block.terminator, file), () => {
      declares = this.printTerminator(block, next, out, printer) || declares;
    });
    return declares;
  }

  private printDrops(variables: readonly Variable[], out: Output): void {
    if (variables.length === 0) return;
    const slots = variables.map((variable) => this.outer.textOf(variable, false));
    out.line().statements(`${slots.join(" = ")} = void 0;`, -1);
  }

  private printTerminator(
    block: BasicBlock,
    next: BasicBlock | undefined,
    out: Output,
    printer: InstructionPrinter,
  ): boolean {
    const { terminator } = block;
    const needs = operandOfEnd(terminator);
    const declares = needs !== undefined && printer.declareFor(needs);
    switch (terminator.kind) {
      case "goto":
        this.printDrops(this.plan.deadSlots.beforeGoingOn(block.id), out);
        this.printGoto(block, terminator.target, next, out);
        return declares;
      case "branch":
        this.printBranch(block, terminator, next, out, printer);
        return declares;
      case "dispatch":
        this.printDispatch(block, terminator, next, out);
        return declares;
      case "suspend": {
        const operand = (inner: Output) => printer.at(inner).value(terminator.operand);
        if (this.plan.isFused && terminator.operation === "Next") this.printPull(block, terminator, next, out, operand);
        else this.printSuspend(block, terminator, out, operand);
        return declares;
      }
      case "return":
        this.printReturnValue(terminator.value, out.line());
        return declares;
      case "throw":
        out.line().write("throw ");
        printer.value(terminator.value);
        out.write(";");
        return declares;
      case "native":
        this.printNative(block, terminator, out.line(), printer);
        out.standingFor(-1, () => this.printGoto(block, terminator.next, next, out));
        return declares;
      default:
        return assertNever(terminator, "emit");
    }
  }

  private printSuspend(
    block: BasicBlock,
    suspender: Extract<Terminator, { kind: "suspend" }>,
    out: Output,
    operand: (out: Output) => void,
    condition: (out: Output) => void = () => {},
  ): void {
    const { core } = this.plan.names;
    const { operation, completion } = suspender;
    const code = operationCode(operation, this.states.owesCleanup(block, operation));
    const quietly = completion ? `${this.testOf(completion, CompletionKind.Throw)} ? ${Operation.CloseQuietly} : ` : "";
    const { above, own } = offsetsOf(suspender, this.outer.unit.file);
    out.line().statements(`${core}.state = ${this.states.resumption(suspender)};`, above);
    out.statements(` ${core}.op = ${quietly}${code};`, -1);
    // What maps ranges would take the choice for one of the user's.
    if (quietly) out.line();
    else out.statements(" ", -1);
    // The one place to stop at is where engines say that a name in the operand is unknown.
    const leave = (inner: Output) => {
      condition(inner);
      inner.write("return ");
      if (operation === "Delegate") inner.write(`${this.outer.unit.runtime}.delegate(${core}, `);
      operand(inner);
      inner.write(operation === "Delegate" ? ");" : ";", -1);
    };
    out.standingFor(own, () => out.whole(leave));
    out.note(` // ${operationWords[operation]}`);
  }

  /** Fused: an item that is there at once needs no suspension. */
  private printPull(
    block: BasicBlock,
    suspender: Extract<Terminator, { kind: "suspend" }>,
    next: BasicBlock | undefined,
    out: Output,
    operand: (out: Output) => void,
  ): void {
    this.printSuspend(block, suspender, out, operand, (inner) => {
      inner.write(`if (!${this.outer.unit.runtime}.pull(${this.plan.names.core}, `);
      operand(inner);
      inner.write(")) ", -1);
    });
    out.standingFor(-1, () => this.printGoto(block, suspender.resume, next, out));
  }

  private testOf(completion: Variable, code: number): string {
    return `${this.outer.textOf(completion, false)} === ${code}`;
  }

  private printReturnValue(value: Value | undefined, out: Output): void {
    out.statements(`${this.plan.names.core}.op = ${Operation.Return}; `, -1);
    out.whole((inner) => {
      inner.write(value ? "return " : "return");
      if (value) this.instructions.at(inner).value(value);
      inner.write(";", -1);
    });
  }

  private printBranch(
    block: BasicBlock,
    terminator: Extract<Terminator, { kind: "branch" }>,
    next: BasicBlock | undefined,
    out: Output,
    printer: InstructionPrinter,
  ): void {
    const { test, consequent, alternate, entry, otherwise } = terminator;
    if (!entry && !otherwise && this.isChoice(consequent, alternate, next)) {
      out.line().write(`${this.plan.names.state} = `);
      printer.operand(test);
      return this.printChoice(consequent, alternate, out);
    }
    const fallsIntoConsequent = !entry && next?.id === consequent;
    const place = (fallsIntoConsequent ? otherwise : entry)?.getStart(this.outer.unit.file);
    out.line().whole((inner) => {
      const at = printer.at(inner);
      inner.write(fallsIntoConsequent ? "if (!" : "if (");
      if (fallsIntoConsequent) at.operand(test);
      else at.value(test);
      inner.write(") ");
      inner.standingFor(-1, () => this.printJump(fallsIntoConsequent ? alternate : consequent, inner, place));
    });
    out.standingFor(-1, () => this.printGoto(block, fallsIntoConsequent ? consequent : alternate, next, out));
  }

  /** Goes on with the completion that a `finally` has interrupted. */
  private printDispatch(
    block: BasicBlock,
    { on, cases, otherwise }: Extract<Terminator, { kind: "dispatch" }>,
    next: BasicBlock | undefined,
    out: Output,
  ): void {
    const drops = this.plan.deadSlots.beforeGoingOn(block.id);
    const last = drops.length === 0 ? cases.at(-1) : undefined;
    const isChoice = last !== undefined && this.isChoice(last.target, otherwise, next);
    for (const { code, target } of isChoice ? cases.slice(0, -1) : cases) {
      out.line().whole((inner) => this.printJump(target, inner.write(`if (${this.testOf(on, code)}) `)));
    }
    if (!isChoice) {
      this.printDrops(drops, out);
      return this.printGoto(block, otherwise, next, out);
    }
    out.line().whole((inner) => {
      inner.write(`${this.plan.names.state} = ${this.testOf(on, last.code)}`);
      this.printChoice(last.target, otherwise, inner);
    });
  }

  /** Whether both ways are jumps to states. */
  private isChoice(one: BlockId, other: BlockId, next: BasicBlock | undefined): boolean {
    const isJump = (target: BlockId) => target !== next?.id && !this.states.inlined(target);
    return isJump(one) && isJump(other);
  }

  /** The rest of a statement that goes to one of two states, behind its test. */
  private printChoice(consequent: BlockId, alternate: BlockId, out: Output): void {
    this.usesLoop = true;
    out.write(` ? ${this.states.number(consequent)} : ${this.states.number(alternate)};`, -1);
    out.line().statements("continue;", -1);
  }

  /** Goes to a block from inside a statement. The bracket at the end has a line of its own: it may end the code of the state. */
  private printJump(target: BlockId, out: Output, place = -1): void {
    const exit = this.states.inlined(target);
    out.write("{", -1).indent(() => {
      out.line();
      if (exit) return out.standingFor(place, () => this.printInlined(exit, out));
      this.usesLoop = true;
      out.statements(`${this.plan.names.state} = ${this.states.number(target)}; continue;`, place);
    });
    out.line().write("}", -1);
  }

  private printInlined(exit: NonNullable<ReturnType<States["inlined"]>>, out: Output): void {
    if (exit.kind === "return") return this.printReturnValue(exit.value, out);
    out.write("throw ");
    this.instructions.at(out).value(exit.value);
    out.write(";");
  }

  /** Goes to a block at the end of another: falls into it where it stands next. */
  private printGoto(block: BasicBlock, target: BlockId, next: BasicBlock | undefined, out: Output): void {
    const { state } = this.plan.names;
    const exit = this.states.inlined(target);
    if (exit) return this.printInlined(exit, out.line());
    const number = this.states.number(target);
    if (next?.id === target) {
      if (next.region !== block.region) out.line().statements(`${state} = ${number};`, -1);
      return;
    }
    this.usesLoop = true;
    out.line().statements(`${state} = ${number};`).statements(" continue;", -1);
  }

  /** An exit sets the state before `finally` blocks run and iterators close: what these throw comes from the state before. */
  private printNative(block: BasicBlock, native: Native, out: Output, printer: InstructionPrinter): void {
    const { state, error } = this.plan.names;
    const print = () => printer.statement(native.node, this.exitsOf(block, native, out));
    if (!native.mayFailOnLeaving || this.states.regions.length === 0) return print();
    const restore = `${state} = ${this.states.number(block.id)};`;
    out.write("try { ", -1);
    print();
    out.write(` ${restore} } catch (${error}) { ${restore} throw ${error}; }`, -1);
  }

  private exitsOf(block: BasicBlock, { exits }: Native, out: Output): Exits {
    const { file } = this.outer.unit;
    return new Map(
      exits.map((exit) => [
        exit.node,
        (printer) => {
          out.standingFor(exit.node.getStart(file), () => this.printExit(block, exit, out.write("{ ", -1), printer));
          out.write(" }", -1);
        },
      ]),
    );
  }

  private printExit(block: BasicBlock, exit: Exit, out: Output, printer: SourcePrinter): void {
    const { core, state, dispatch } = this.plan.names;
    if (exit.target === undefined) return this.printReturnValue(undefined, out);
    if (exit.awaits) {
      const code = operationCode("Await", this.states.owesCleanup(block, "Await"));
      out.write(`${core}.state = ${this.states.resumption(exit)}; ${core}.op = ${code}; `, -1).write("return ");
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
