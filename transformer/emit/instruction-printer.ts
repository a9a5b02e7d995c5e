/** Instructions as statements of a state. */

import type ts from "typescript";
import { Mode } from "../../runtime/abi.js";
import { assertNever, type Instruction, type Value } from "../ir/ir.js";
import { nodesOf, operandOf } from "../ir/operands.js";
import { firstNotBefore } from "../search.js";
import { textOf } from "../serialize.js";
import { isReassigned } from "../syntax/assignment.js";
import { isAlsoExpression, isAnonymousFunction } from "../syntax/functions.js";
import type { Scope, Variable } from "../syntax/scope.js";
import { isUsing } from "../syntax/suspension.js";
import { api } from "../typescript.js";
import { endStatement, printNamed } from "./construct-printer.js";
import { printDefine } from "./function-printer.js";
import type { Output } from "./output.js";
import type { Place } from "./place.js";
import { cellsOf, type Plan } from "./plan.js";
import type { Exits, SourcePrinter } from "./source-printer.js";
import { mentionsOfUnread } from "./untyped.js";
import { isComma, isTight, printStrict, printValue } from "./value-printer.js";

export class InstructionPrinter {
  private readonly out: Output;

  constructor(
    /** Knows the constants that hold scope objects as they are declared. */
    private printer: SourcePrinter,
    private readonly plan: Plan,
    /** Definitions that some state declares already: the first that mentions a class is the one that makes it. */
    private readonly declared = new Set<string>(),
  ) {
    this.out = printer.out;
  }

  /** The same printer, for another output. */
  at(out: Output): InstructionPrinter {
    return new InstructionPrinter(this.printer.with({ out }), this.plan, this.declared);
  }

  // --- values ---

  value(value: Value): void {
    const { core } = this.plan.names;
    if (value.kind === "resumption") this.out.write(`${core}.value`);
    else if (value.kind === "exhausted") this.out.write(`${core}.mode === ${Mode.Done}`);
    else printValue(this.printer, value);
  }

  /** In parentheses, unless an operator can stand beside it. */
  operand(value: Value): void {
    const isBare = isTight(value);
    if (!isBare) this.out.write("(");
    this.value(value);
    if (!isBare) this.out.write(")");
  }

  statement(node: ts.Statement, exits: Exits): void {
    this.printer.with({ exits }).print(node);
    if (![...exits.keys()].some(({ end }) => end === node.end)) endStatement(this.printer, node);
  }

  /** Completion records that nobody reads are not stored. */
  store(out: Output, target: Variable, text: string): void {
    const place = this.printer.unit.places.get(target);
    if (!place || place.kind === "unused") return;
    out.write(`${this.printer.textOf(target, false)} = ${text}; `);
  }

  /**
   * Declares what the closures and classes in a value need at hand: the current scope objects, definitions of
   * methods. Returns whether it declared anything.
   */
  declareFor(value: Value | ts.Node): boolean {
    if (this.printer.unit.methods.length === 0 && this.plan.layout.scopeObjects.size === 0) return false;
    const nodes = "pos" in value ? [value as ts.Node] : nodesOf(value as Value);
    const cells = nodes.flatMap((node) => this.cellsIn(node));
    for (const name of cells) this.out.line().write(`let ${name}${this.printer.unit.any};`);
    const objects = new Set(nodes.flatMap((node) => this.scopeObjectsIn(node)));
    if (objects.size === 0) return cells.length > 0;
    const aliases = new Map(this.printer.aliases);
    for (const object of objects) {
      const name = this.printer.unit.names.fresh("scope");
      this.out.line().write(`const ${name} = ${this.printer.textOf(object, false)};`);
      aliases.set(object, name);
    }
    this.printer = this.printer.with({ aliases });
    return true;
  }

  /** Scope objects that closures inside a node capture. */
  private scopeObjectsIn(node: ts.Node): Variable[] {
    if (this.plan.layout.scopeObjects.size === 0) return [];
    const { bindings, places } = this.printer.unit;
    return bindings.identifiersIn(node).flatMap((id) => {
      const reference = bindings.referenceOf(id);
      const place = reference && places.get(reference.variable);
      const isOurs = reference?.variable.scope.owner === this.plan.node;
      return place?.kind === "scope" && isOurs && reference!.owner !== reference!.variable.scope.owner
        ? [place.object]
        : [];
    });
  }

  /** Definitions of methods whose class or object is evaluated here. */
  private cellsIn(node: ts.Node): string[] {
    const { methods } = this.printer.unit;
    const found: string[] = [];
    const first = firstNotBefore(methods, (plan) => plan.node.pos < node.pos);
    for (let index = first; index < methods.length && methods[index]!.node.pos < node.end; index++) {
      const { node: method, names } = methods[index]!;
      if (method.end > node.end || this.declared.has(names.definition) || this.isElsewhere(method, node)) continue;
      this.declared.add(names.definition);
      found.push(...cellsOf(methods[index]!));
    }
    return found;
  }

  /** In a statement list with a head of its own, or in a part that was evaluated before. */
  private isElsewhere(inner: ts.Node, outer: ts.Node): boolean {
    const { heads, holes } = this.printer.unit;
    for (let from = inner, at = inner.parent; at && at !== outer.parent; from = at, at = at.parent) {
      // The head of a switch is that of its cases.
      const hasHead = heads.has(at) && !(api.isSwitchStatement(at) && at.expression === from);
      if (hasHead || (at !== outer && holes.get(at)?.kind === "variable")) return true;
    }
    return false;
  }

  // --- instructions ---

  /** Prints on lines of its own; tells whether it declares anything in the state. */
  print(instruction: Instruction): boolean {
    if (!this.isPrinted(instruction)) return false;
    const needs = operandOf(instruction);
    const declared = needs ? this.declareFor(needs) : false;
    if (instruction.kind !== "enter") this.out.line();
    if (needs === undefined || "pos" in needs || nodesOf(needs).length > 0)
      return this.printInline(instruction) || declared;
    let declares = declared;
    this.out.whole((inner) => {
      declares = this.at(inner).printInline(instruction) || declares;
    });
    return declares;
  }

  private isPrinted(instruction: Instruction): boolean {
    if (instruction.kind === "assign")
      return this.placeOf(instruction.target) !== "unused"
        ? !(instruction.value.kind === "resumption" && this.placeOf(instruction.target) === "value")
        : instruction.value.kind !== "resumption";
    if (instruction.kind === "copy") return this.plan.layout.scopeObjects.has(instruction.scope);
    if (instruction.kind === "declare" && !instruction.node.initializer && api.isIdentifier(instruction.node.name))
      return this.placeOf(instruction.variables[0]!) !== "unused";
    return true;
  }

  private placeOf(variable: Variable) {
    return this.printer.unit.places.get(variable)?.kind ?? "unused";
  }

  printInline(instruction: Instruction): boolean {
    switch (instruction.kind) {
      case "evaluate":
        return this.evaluate(instruction.value), false;
      case "comment":
        return this.printer.slice(instruction.start, instruction.end), false;
      case "statement":
        return this.printStatement(instruction.node), false;
      case "assign":
        return this.assign(instruction);
      case "declare":
        return this.declare(instruction.node, instruction.variables);
      case "bind":
        return this.bind(instruction.pattern, instruction.variables, instruction.value);
      case "store":
        return this.assignTarget(instruction), false;
      case "define":
        return this.define(instruction.node, instruction.variable), false;
      case "enter":
        return this.enter(instruction.scope), false;
      case "copy":
        return this.copy(instruction.scope), false;
      default:
        return assertNever(instruction, "emit");
    }
  }

  /** A loop finds the variables that it shares with the frame in locals. */
  private printStatement(node: ts.Statement): void {
    const locals = this.plan.loopLocals.get(node);
    if (!locals) return this.printer.print(node), endStatement(this.printer, node);
    const { any } = this.printer.unit;
    const field = (variable: Variable) => this.printer.textOf(variable, false);
    const taken = locals.map(({ variable }) => `${variable.name}${any} = ${field(variable)}`);
    const given = locals.filter(({ isAssigned }) => isAssigned);
    this.out.write(`{ let ${taken.join(", ")}; `, -1);
    this.printer.with({ locals: new Set(locals.map(({ variable }) => variable)) }).print(node);
    if (given.length > 0) endStatement(this.printer, node);
    for (const { variable } of given) this.out.write(` ${field(variable)} = ${variable.name};`, -1);
    this.out.write(" }", -1);
  }

  private evaluate(value: Value): void {
    const out = this.out.fork();
    const inner = this.at(out);
    inner.value(value);
    const guard = /^(?:\{|(?:async\s+)?function\b|class\b|let\b|@)/.test(textOf(out.chunks));
    if (guard) this.out.write("(");
    this.out.append(out).write(guard ? ");" : ";");
  }

  private assign({ target, value, named, origin }: Extract<Instruction, { kind: "assign" }>): boolean {
    const place = this.printer.unit.places.get(target);
    if (!place || place.kind === "unused" || place.kind === "value") {
      this.evaluate(value);
      return false;
    }
    const text = this.printer.textOf(target, false);
    const isDeclared = place.kind === "name" && place.isDeclared;
    if (isDeclared) this.out.write(`${keywordFor([target])} `);
    const offset = origin?.getStart(this.printer.unit.file);
    // Of what a variable of the user's gets, its name is the place; of a temporary, the value.
    const isTemporary = target.kind === "temporary";
    this.out.write(`${text}${isDeclared ? this.printer.unit.any : ""} = `, isTemporary ? undefined : offset);
    const print = () => {
      if (value.kind === "strict") printStrict(this.printer, () => this.assigned(value.value, place, "", named));
      else this.assigned(value, place, text, named);
    };
    if (isTemporary && offset !== undefined) this.out.standingFor(offset, print);
    else print();
    this.out.write(";");
    if (isDeclared) this.mentionUnread([target]);
    return isDeclared;
  }

  /** What is assigned to `text`; an anonymous function gets the name `named`. */
  private assigned(value: Value, place: Place, text: string, named: string | undefined): void {
    const isAnonymous = value.kind === "expression" && isAnonymousFunction(value.node);
    if (isAnonymous && named !== undefined) {
      printNamed(this.printer, value.node, text === named ? undefined : named, () => this.value(value));
      return;
    }
    // A temporary must not name the function that it keeps.
    const mustStayAnonymous = isAnonymous && place.kind === "name";
    if (mustStayAnonymous) this.out.write("(void 0, ");
    this.rightSide(value);
    if (mustStayAnonymous) this.out.write(")");
  }

  /** The right side of an assignment. */
  private rightSide(value: Value): void {
    const parentheses = value.kind === "expression" && isComma(value.node);
    if (parentheses) this.out.write("(");
    this.value(value);
    if (parentheses) this.out.write(")");
  }

  private areDeclared(variables: readonly Variable[]): boolean {
    return (
      variables.length > 0 &&
      variables.every((variable) => {
        const place = this.printer.unit.places.get(variable);
        return place?.kind === "name" && place.isDeclared;
      })
    );
  }

  private mentionUnread(variables: readonly Variable[]): void {
    const named = variables.map((variable) => ({ variable, name: this.printer.textOf(variable, false) }));
    this.out.write(mentionsOfUnread(named, this.printer.unit));
  }

  private declare(node: ts.VariableDeclaration, variables: readonly Variable[]): boolean {
    const { out } = this;
    const { name, initializer } = node;
    const user = this.printer;
    if (this.areDeclared(variables)) {
      out.write(isConst(node) ? "const " : "let ", node.getStart(this.printer.unit.file));
      user.print(name);
      out.write(this.printer.unit.any);
      if (initializer) {
        out.write(" = ");
        printNamed(user, initializer, api.isIdentifier(name) && user.isMoved(variables[0]!) ? name.text : undefined);
      }
      out.write(";");
      this.mentionUnread(variables);
      return true;
    }
    const isPattern = !api.isIdentifier(name);
    if (isPattern) out.write("(");
    if (isPattern) user.print(name);
    else if (this.placeOf(variables[0]!) !== "unused")
      out.write(user.textOf(variables[0]!, false), name.getStart(this.printer.unit.file), variables[0]!.name);
    out.write(this.placeOf(variables[0] ?? ({} as Variable)) === "unused" && !isPattern ? "" : " = ");
    if (!initializer) out.write("void 0");
    else if (isPattern) user.print(initializer);
    else printNamed(user, initializer, user.isMoved(variables[0]!) ? variables[0]!.name : undefined);
    out.write(isPattern ? ");" : ";");
    return false;
  }

  private bind(pattern: ts.BindingName, variables: readonly Variable[], value: Value): boolean {
    const declared = this.areDeclared(variables);
    this.out.write(declared ? `${keywordFor(variables)} ` : "(");
    this.printer.print(pattern);
    this.out.write(declared ? `${this.printer.unit.any} = ` : " = ");
    this.rightSide(value);
    this.out.write(declared ? ";" : ");");
    if (declared) this.mentionUnread(variables);
    return declared;
  }

  private assignTarget({ target, value, isStrict }: Extract<Instruction, { kind: "store" }>): void {
    const assign = () => {
      this.printer.print(target);
      this.out.write(" = ");
      this.rightSide(value);
    };
    if (isStrict) printStrict(this.printer, assign);
    else {
      this.out.write("(");
      assign();
      this.out.write(")");
    }
    this.out.write(";");
  }

  private define(node: Extract<Instruction, { kind: "define" }>["node"], variable: Variable): void {
    const { out, printer } = this;
    const text = printer.textOf(variable, false);
    const plan = printer.unit.plans.get(node);
    const isBare =
      plan !== undefined || api.isFunctionDeclaration(node) || (api.isClassDeclaration(node) && isAlsoExpression(node));
    if (this.placeOf(variable) === "unused") out.write("(");
    else if (isBare) out.write(`${text} = `, node.getStart(this.printer.unit.file));
    if (plan) printDefine(this.printer, plan);
    else if (isBare) this.printBare(node, variable);
    else {
      out.write("{ ");
      for (const { parent } of variable.declarations) {
        this.printer.print(parent);
        out.write(" ");
      }
      out.write(`${text} = ${variable.name}; }`);
      return;
    }
    out.write(this.placeOf(variable) === "unused" ? ");" : ";");
  }

  /** In a function expression the name would be a constant of its own, in front of the variable: it goes where that has other values. */
  private printBare(node: ts.Node, variable: Variable): void {
    const { printer } = this;
    const hidesVariable = printer.textOf(variable, false) === variable.name && isReassigned(variable);
    if (!api.isFunctionDeclaration(node) || !hidesVariable) return printer.print(node);
    this.out.slice(node.getStart(printer.unit.file), node.name!.getStart(printer.unit.file));
    printer.printChildren(node, node.name!.end);
  }

  private enter(scope: Scope): void {
    const { out, plan } = this;
    const { runtime } = this.printer.unit;
    const initial = (variable: Variable) => (plan.layout.checked.has(variable) ? `${runtime}.TDZ` : "void 0");
    const object = plan.layout.scopeObjects.get(scope);
    if (object) {
      const fields = object.fields.map((variable) => `${this.fieldOf(variable)}: ${initial(variable)}`);
      out.line().write(`${this.printer.textOf(object.variable, false)} = { ${fields.join(", ")} };`);
    }
    for (const variable of scope.variables.values()) {
      if (!plan.layout.checked.has(variable) || object?.fields.includes(variable)) continue;
      out.line().write(`${this.printer.textOf(variable, false)} = ${runtime}.TDZ;`);
    }
  }

  private copy(scope: Scope): void {
    const object = this.plan.layout.scopeObjects.get(scope);
    if (!object) return;
    const text = this.printer.textOf(object.variable, false);
    this.out.write(
      `${text} = { ${object.fields.map((variable) => `${this.fieldOf(variable)}: ${text}.${this.fieldOf(variable)}`).join(", ")} };`,
    );
  }

  private fieldOf(variable: Variable): string {
    const place = this.printer.unit.places.get(variable)!;
    return place.kind === "scope" ? place.field : variable.name;
  }
}

function isConst(node: ts.VariableDeclaration): boolean {
  return (node.parent.flags & api.NodeFlags.Const) !== 0 && !isUsing(node.parent);
}

const keywordFor = (variables: readonly Variable[]) =>
  variables.every(({ kind }) => kind === "const") ? "const" : "let";
