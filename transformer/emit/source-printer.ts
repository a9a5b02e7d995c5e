/** Prints the user's nodes: their own text, with what the compiler decided put in its place. */

import type ts from "typescript";
import { mayBeUninitialized } from "../analyze/placement.js";
import { assertNever, type Value } from "../ir/ir.js";
import { isAssignmentTarget } from "../syntax/assignment.js";
import { type ForAwait, isForAwait } from "../syntax/consumers.js";
import { isAnonymousFunction, isErasedWrapper, isTypeOnly, unwrap } from "../syntax/functions.js";
import { isConstant, type Variable } from "../syntax/scope.js";
import { firstNotBefore } from "../syntax/search.js";
import { isStrict } from "../syntax/strict.js";
import { walk } from "../syntax/walk.js";
import { api } from "../typescript.js";
import { printConsumer } from "./consumer-printer.js";
import {
  printArrowBody,
  printClass,
  printFunction,
  printHead,
  printKeptKey,
  printObject,
  printSwitch,
  printTail,
} from "./function-printer.js";
import type { Output } from "./output.js";
import type { Place } from "./place.js";
import type { Unit } from "./unit.js";
import { afterTypeArguments, printAnnotated, printOuter, printWithoutTypes } from "./untyped.js";

/** How a jump or return inside a native statement is printed. */
export type Exits = ReadonlyMap<ts.Node, (printer: SourcePrinter) => void>;

export class SourcePrinter {
  constructor(
    readonly unit: Unit,
    readonly out: Output,
    /** For closures: the constants that hold the current scope objects. */
    private readonly aliases: ReadonlyMap<Variable, string> = new Map(),
    private readonly exits: Exits = new Map(),
    /** The function whose own parameter list is being printed: its parameters are still parameters there. */
    private readonly signature: ts.Node | undefined = undefined,
    /** Inside a step of annotated output, where there are no types but `any`. */
    readonly isUntyped = false,
    /** Variables that are kept under their own names while the node runs that is being printed. */
    private readonly locals: ReadonlySet<Variable> = new Set(),
  ) {}

  with(changes: {
    out?: Output;
    aliases?: ReadonlyMap<Variable, string>;
    exits?: Exits;
    signature?: ts.Node;
    isUntyped?: boolean;
    locals?: ReadonlySet<Variable>;
  }): SourcePrinter {
    return new SourcePrinter(
      this.unit,
      changes.out ?? this.out,
      changes.aliases ?? this.aliases,
      changes.exits ?? this.exits,
      changes.signature ?? this.signature,
      changes.isUntyped ?? this.isUntyped,
      changes.locals ?? this.locals,
    );
  }

  /** Where the compiler put a variable; undefined for one that stays where the user declared it. */
  private placeOf(variable: Variable): Place | undefined {
    if (this.signature && variable.scope.kind === "parameters" && variable.scope.node === this.signature)
      return undefined;
    return this.locals.has(variable) ? undefined : this.unit.places.get(variable);
  }

  print(node: ts.Node): void {
    if (!this.printChanged(node)) this.printChildren(node);
  }

  /** The node where it is evaluated, even though it leaves a hole for later. */
  private printItself(node: ts.Node): void {
    if (!this.printReplaced(node) && !this.printByKind(node)) this.printChildren(node);
  }

  /** The node's text, with what changes inside it. */
  printChildren(node: ts.Node, from = node.getStart(this.unit.file), to = node.end): void {
    let at = from;
    walk(node, (child) => {
      if (child === node) return true;
      const start = child.getStart(this.unit.file);
      if (start < at || child.end > to || child.end === child.pos) return false;
      this.out.slice(at, start);
      at = start;
      if (!this.printChanged(child)) return true;
      at = child.end;
      return false;
    });
    this.out.slice(at, to);
  }

  /** Prints a node that is not just its text and its children; tells whether it did. */
  private printChanged(node: ts.Node): boolean {
    const hole = this.unit.holes.get(node);
    if (hole) this.printHole(node, hole);
    return hole !== undefined || this.printReplaced(node) || this.printByKind(node);
  }

  private printReplaced(node: ts.Node): boolean {
    const { unit, out } = this;
    const replacement = unit.replacements.get(node);
    if (replacement !== undefined) return out.write(replacement, node.getStart(this.unit.file)), true;
    const exit = this.exits.get(node);
    if (exit) return exit(this), true;
    const plan = unit.plans.get(node);
    if (plan) return out.standingFor(-1, () => printFunction(this, plan)), true;
    if (this.isUntyped && printWithoutTypes(this, node)) return true;
    if (isTypeOnly(node)) return out.slice(node.getStart(this.unit.file), node.end), true;
    return false;
  }

  private printByKind(node: ts.Node): boolean {
    const { heads, homes } = this.unit;
    if (api.isIdentifier(node)) return this.printIdentifier(node), true;
    if (isForAwait(node) || api.isLabeledStatement(node)) return this.printLoop(node);
    if (api.isPropertyDeclaration(node) || api.isPropertyAssignment(node)) return this.printKeyed(node);
    if (api.isDeleteExpression(node) && this.isMovedReference(node.expression))
      return this.out.write("false", node.getStart(this.unit.file)), true;
    if (api.isParameter(node) && this.isRepeated(node))
      return this.out.write(this.unit.names.fresh("unused"), node.getStart(this.unit.file)), true;
    if (api.isParameter(node) && printAnnotated(this, node)) return true;
    if (api.isFunctionDeclaration(node)) return this.printBlockFunction(node);
    if (api.isShorthandPropertyAssignment(node)) return this.printShorthand(node), true;
    if (api.isBindingElement(node)) return this.printBindingElement(node), true;
    if (api.isVariableDeclarationList(node)) return this.printVariableList(node);
    if (api.isCallExpression(node) || api.isTaggedTemplateExpression(node)) return this.printCall(node);
    if (api.isBinaryExpression(node)) return this.printNamedAssignment(node);
    if (api.isClassLike(node) && homes.has(node)) return printClass(this, node), true;
    if (api.isObjectLiteralExpression(node) && homes.has(node)) return printObject(this, node), true;
    if (api.isSwitchStatement(node) && heads.has(node)) return printSwitch(this, node), true;
    if (api.isArrowFunction(node) && heads.has(node)) return printArrowBody(this, node), true;
    if (api.isBlock(node) || api.isSourceFile(node) || api.isModuleBlock(node)) return this.printList(node), true;
    return false;
  }

  private printLoop(node: ts.LabeledStatement | ForAwait): boolean {
    const labels: ts.LabeledStatement[] = [];
    let at: ts.Node = node;
    for (; api.isLabeledStatement(at); at = at.statement) labels.push(at);
    const names = this.unit.consumers.get(at);
    if (!names) return false;
    const loop = at as ForAwait;
    // Where an engine stops before each item, and which frame it shows.
    this.out.standingFor(loop.initializer.getStart(), () => printConsumer(this, loop, names, labels));
    return true;
  }

  private printList(node: ts.Block | ts.SourceFile | ts.ModuleBlock): void {
    const { unit, out } = this;
    const heads = unit.heads.get(node) ?? (api.isSourceFile(node) ? [] : undefined);
    const statements = [...node.statements];
    let at = api.isSourceFile(node) ? 0 : node.getStart(this.unit.file);
    if (heads) {
      const prologue = statements
        .filter((statement, index) => isDirective(statement) && statements.slice(0, index).every(isDirective))
        .at(-1);
      const insertAt = prologue
        ? prologue.end
        : api.isSourceFile(node)
          ? startOfCode(node)
          : node.getStart(this.unit.file) + 1;
      out.slice(at, insertAt);
      at = insertAt;
      printHead(this, node, heads);
    }
    for (const statement of statements) {
      const tails = unit.tails.get(statement);
      const start = statement.getStart(this.unit.file);
      // What nothing is done to becomes part of the next slice, without a look inside.
      if (start >= at && (!api.isSourceFile(node) || isConcerned(unit, statement))) {
        out.slice(at, start);
        this.print(statement);
        at = statement.end;
      }
      if (tails) for (const plan of tails) printTail(this, plan);
    }
    out.slice(at, node.end);
  }

  // --- variables ---

  private printIdentifier(node: ts.Identifier): void {
    const reference = this.unit.bindings.referenceOf(node);
    if (reference) this.printReference(node, reference.variable, reference.dead);
    else {
      const variable = this.unit.bindings.variableOf(node);
      const place = variable && this.placeOf(variable);
      if (variable && place && isBindingOccurrence(node, variable))
        this.out.write(this.textOf(variable, false), node.getStart(this.unit.file), node.text);
      else this.out.slice(node.getStart(this.unit.file), node.end);
    }
  }

  private printReference(node: ts.Identifier, variable: Variable, dead: boolean): void {
    const { unit, out } = this;
    const place = this.placeOf(variable);
    const start = node.getStart(this.unit.file);
    if (!place) return this.isUntyped ? printOuter(this, node, variable) : void out.slice(start, node.end);
    const text =
      this.ownNameInSignature(variable) ??
      this.textOf(variable, unit.bindings.referenceOf(node)!.owner !== variable.scope.owner);
    if (dead)
      return void out.write(`${unit.runtime}.checked(${unit.runtime}.TDZ, ${JSON.stringify(node.text)})`, start);
    const isTarget = isAssignmentTarget(node);
    if (variable.kind === "self" && isTarget)
      return void out.write(
        isStrict(node) ? `${unit.runtime}.constant(() => ${text}).value` : `({ value: ${text} }).value`,
        start,
      );
    const needsCheck = place.kind !== "name" && variable.references.length > 0 && mayBeUninitialized(node, variable);
    if (isTarget) return this.printTarget(node, variable, text, needsCheck);
    if (needsCheck) return void out.write(`${unit.runtime}.checked(${text}, ${JSON.stringify(node.text)})`, start);
    if (text === node.text) out.slice(start, node.end);
    else out.write(text, start, node.text);
  }

  /** Parameters are evaluated before there is a generator that could say what function it belongs to. */
  private ownNameInSignature(variable: Variable): string | undefined {
    const plan =
      this.signature && variable.kind === "self" && variable.scope.node === this.signature
        ? this.unit.plans.get(this.signature)
        : undefined;
    return plan && `${plan.names.definition}.self`;
  }

  private printTarget(node: ts.Identifier, variable: Variable, text: string, needsCheck: boolean): void {
    const { runtime } = this.unit;
    const name = JSON.stringify(node.text);
    const place = this.placeOf(variable)!;
    const start = node.getStart(this.unit.file);
    const value = needsCheck ? `${runtime}.checked(${text}, ${name})` : text;
    if (isConstant(variable) && place.kind !== "unused" && !(place.kind === "name" && place.isDeclared))
      this.out.write(`${runtime}.constant(() => ${value}).value`, start);
    else if (needsCheck) {
      const dot = text.lastIndexOf(".");
      this.out.write(`${runtime}.initialized(${text.slice(0, dot)}, "${text.slice(dot + 1)}", ${name}).value`, start);
    } else this.out.write(text, start, node.text);
  }

  /** A variable as the output spells it; closures see scope objects through constants of their own. */
  textOf(variable: Variable, inClosure: boolean): string {
    const place = this.placeOf(variable);
    if (!place) return variable.name;
    switch (place.kind) {
      case "name":
        return place.name;
      case "field":
        return `${place.object}.${place.field}`;
      case "value":
        return place.text;
      case "scope": {
        const alias = inClosure ? this.aliases.get(place.object) : undefined;
        return `${alias ?? this.textOf(place.object, false)}.${place.field}`;
      }
      case "unused":
        return variable.name;
      default:
        return assertNever(place);
    }
  }

  isMoved(variable: Variable): boolean {
    return this.placeOf(variable) !== undefined && this.textOf(variable, false) !== variable.name;
  }

  // --- values ---

  printValue(value: Value): void {
    switch (value.kind) {
      case "expression":
        return this.printItself(value.node);
      case "variable":
        return void this.out.write(this.textOf(value.variable, false));
      case "code":
        value.parts.forEach((part, index) => {
          if (typeof part === "string") this.out.write(part);
          else if (part.kind === "runtime") this.out.write(`${this.unit.runtime}.${part.name}`);
          else this.printOperand(part, value.parts[index - 1], value.parts[index + 1]);
        });
        return;
      case "strict":
        return this.printStrict(() => this.printValue(value.value));
      case "resumption":
      case "exhausted":
        throw new Error("a resumption is printed by its step");
      default:
        return assertNever(value);
    }
  }

  /** An arrow function can be strict, and changes nothing else for what it evaluates. */
  printStrict(print: () => void): void {
    this.out.write('(() => { "use strict"; return ');
    print();
    this.out.write("; })()");
  }

  /** A value between generated text: in parentheses where it binds looser than what is around it. */
  private printOperand(value: Value, before: unknown, after: unknown): void {
    const isArgument =
      typeof before === "string" &&
      /[([,]\s*$|\.\.\.$/.test(before) &&
      typeof after === "string" &&
      /^[)\],]/.test(after);
    const isLoose = value.kind === "expression" && (isArgument ? isComma(value.node) : bindsLoosely(value.node));
    const needsParentheses = isLoose || (value.kind === "code" && !isArgument && !isRuntimeCall(value));
    if (needsParentheses) this.out.write("(");
    this.printValue(value);
    if (needsParentheses) this.out.write(")");
  }

  private printHole(node: ts.Node, value: Value): void {
    const braces = isJsxChild(node);
    const parentheses =
      !braces && (value.kind === "expression" || (value.kind === "code" && typeof value.parts[0] === "string"));
    if (braces) this.out.write("{");
    if (parentheses) this.out.write(isComma(node) ? "(0, " : "(");
    if (api.isSpreadElement(node)) this.out.write("...");
    this.printValue(value);
    if (parentheses) this.out.write(")");
    if (braces) this.out.write("}");
  }

  // --- constructs whose text depends on where their variables live ---

  /** A rewritten function under a computed key is named after what the key turns out to be. */
  private printKeyed(node: ts.PropertyDeclaration | ts.PropertyAssignment): boolean {
    const plan = node.initializer && this.unit.plans.get(unwrap(node.initializer));
    if (plan?.form !== "keyed") return false;
    const { name } = node;
    this.printChildren(node, node.getStart(this.unit.file), name.getStart(this.unit.file));
    printKeptKey(this, name as ts.ComputedPropertyName, plan.keyName!);
    this.printChildren(node, name.end);
    return true;
  }

  private printShorthand(node: ts.ShorthandPropertyAssignment): void {
    const { name, objectAssignmentInitializer } = node;
    const { unit, out } = this;
    const variable = unit.bindings.referenceOf(name)?.variable;
    const isMoved =
      unit.holes.has(name) ||
      (variable &&
        (this.isMoved(variable) || variable.kind === "self" || isConstant(variable)) &&
        this.placeOf(variable));
    // A shorthand `__proto__` is a property; with a colon it would set the prototype.
    if (isMoved && name.text === "__proto__") out.write('["__proto__"]: ');
    else if (isMoved) out.slice(name.getStart(this.unit.file), name.end).write(": ");
    this.print(name);
    if (!objectAssignmentInitializer) return;
    out.write(" = ");
    this.printNamed(objectAssignmentInitializer, isMoved ? name.text : undefined);
  }

  private printBindingElement(node: ts.BindingElement): void {
    const { out } = this;
    const { name, propertyName, initializer, dotDotDotToken } = node;
    const variable = api.isIdentifier(name) ? this.unit.bindings.variableOf(name) : undefined;
    const isMoved = variable !== undefined && this.isMoved(variable);
    if (dotDotDotToken) out.write("...");
    if (propertyName) {
      this.print(propertyName);
      out.write(": ");
    } else if (isMoved && !dotDotDotToken && api.isObjectBindingPattern(node.parent))
      out.write(`${(name as ts.Identifier).text}: `);
    this.print(name);
    if (!initializer) return;
    out.write(" = ");
    this.printNamed(initializer, isMoved ? variable.name : undefined);
  }

  /** A variable cannot be deleted, also where it has become a field. */
  private isMovedReference(node: ts.Expression): boolean {
    const variable = api.isIdentifier(node) ? this.unit.bindings.referenceOf(node)?.variable : undefined;
    return variable !== undefined && this.placeOf(variable) !== undefined;
  }

  /** Of parameters with one name only the last counts; a method may not have them. */
  private isRepeated(node: ts.ParameterDeclaration): boolean {
    if (node.parent !== this.signature || !api.isIdentifier(node.name)) return false;
    const declarations = this.unit.bindings.variableOf(node.name)?.declarations ?? [];
    return declarations.some(
      ({ parent, pos }) => api.isParameter(parent) && parent.parent === node.parent && pos > node.end,
    );
  }

  /** A function in a native block also assigns the function-level variable of its name, if that is the compiler's. */
  private printBlockFunction(node: ts.FunctionDeclaration): boolean {
    const outer = node.name && this.unit.bindings.variableOf(node.name)?.outer;
    if (!outer || !this.placeOf(outer) || this.placeOf(this.unit.bindings.variableOf(node.name!)!)) return false;
    const isStatement = !api.isBlock(node.parent) && !api.isCaseOrDefaultClause(node.parent);
    if (isStatement) this.out.write("{ ");
    this.printChildren(node);
    this.out.write(` ${this.textOf(outer, false)} = ${node.name!.text};${isStatement ? " }" : ""}`);
    return true;
  }

  /** `var` declarations in native statements, whose variables may live elsewhere. */
  private printVariableList(node: ts.VariableDeclarationList): boolean {
    const moved = (name: ts.BindingName): boolean =>
      api.isIdentifier(name)
        ? this.isMovedVar(name)
        : name.elements.some((element) => !api.isOmittedExpression(element) && moved(element.name));
    if (node.flags & api.NodeFlags.BlockScoped || !node.declarations.some((declaration) => moved(declaration.name)))
      return false;
    const inHead = api.isForInStatement(node.parent) || api.isForOfStatement(node.parent);
    const printed = inHead ? node.declarations : node.declarations.filter((declaration) => declaration.initializer);
    if (!inHead && printed.length === 0) return this.out.write(api.isForStatement(node.parent) ? "" : "void 0"), true;
    const needsParentheses = !inHead && printed.some((declaration) => api.isObjectBindingPattern(declaration.name));
    if (needsParentheses) this.out.write("(");
    printed.forEach((declaration, index) => {
      if (index > 0) this.out.write(", ");
      this.print(declaration.name);
      if (!declaration.initializer) return;
      this.out.write(" = ");
      this.printNamed(declaration.initializer, api.isIdentifier(declaration.name) ? declaration.name.text : undefined);
    });
    if (needsParentheses) this.out.write(")");
    return true;
  }

  private isMovedVar(name: ts.Identifier): boolean {
    const variable = this.unit.bindings.variableOf(name);
    return variable !== undefined && (variable.kind === "catch" || this.placeOf(variable) !== undefined);
  }

  /** A function that lives in a field would get that object as `this`. */
  private printCall(node: ts.CallExpression | ts.TaggedTemplateExpression): boolean {
    const callee = api.isCallExpression(node) ? node.expression : node.tag;
    const after = this.isUntyped ? afterTypeArguments(node) : callee.end;
    const isMember = this.becomesMember(callee);
    if (!isMember && after === callee.end) return false;
    const start = callee.getStart(this.unit.file);
    this.out.slice(node.getStart(this.unit.file), start).write(isMember ? "(0, " : "", start);
    this.print(callee);
    this.out.write(isMember ? ")" : "", start);
    this.printChildren(node, after);
    return true;
  }

  private becomesMember(node: ts.Expression): boolean {
    const { unit } = this;
    const hole = unit.holes.get(node);
    if (!hole && (api.isParenthesizedExpression(node) || isErasedWrapper(node)))
      return this.becomesMember(node.expression);
    const of =
      hole?.kind === "variable"
        ? hole.variable
        : !hole && api.isIdentifier(node)
          ? unit.bindings.referenceOf(node)?.variable
          : undefined;
    return of !== undefined && this.placeOf(of) !== undefined && this.textOf(of, false).includes(".");
  }

  /** `x = function () {}` names the function after the variable, wherever that lives. */
  private printNamedAssignment(node: ts.BinaryExpression): boolean {
    const kind = node.operatorToken.kind;
    const names =
      kind === api.SyntaxKind.EqualsToken ||
      (kind >= api.SyntaxKind.BarBarEqualsToken && kind <= api.SyntaxKind.QuestionQuestionEqualsToken);
    if (!names || !api.isIdentifier(node.left) || !isAnonymousFunction(node.right)) return false;
    const variable = this.unit.bindings.referenceOf(node.left)?.variable;
    if (!variable || !this.isMoved(variable)) return false;
    this.print(node.left);
    this.out.slice(node.left.end, node.right.getStart(this.unit.file));
    this.printNamed(node.right, node.left.text);
    return true;
  }

  /** Prints an initializer; an anonymous function keeps the name it would get from `name`. */
  printNamed(node: ts.Expression, name: string | undefined, print = () => this.print(node)): void {
    if (name === undefined || !isAnonymousFunction(node) || this.unit.plans.has(unwrap(node))) return print();
    const key =
      /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && name !== "__proto__" ? name : `[${JSON.stringify(name)}]`;
    this.out.write(`{ ${key}: `);
    print();
    this.out.write(key === name ? ` }.${name}` : ` }${key}`);
  }
}

function isRuntimeCall({ parts }: Extract<Value, { kind: "code" }>): boolean {
  const first = parts.find((part) => part !== "");
  return typeof first === "object" && first.kind === "runtime";
}

export function isComma(node: ts.Node): boolean {
  return api.isBinaryExpression(node) && node.operatorToken.kind === api.SyntaxKind.CommaToken;
}

/** Anything but a name, a literal, a member, a call or what stands in parentheses. */
function bindsLoosely(node: ts.Expression): boolean {
  return !(
    api.isIdentifier(node) ||
    api.isLiteralExpression(node) ||
    api.isParenthesizedExpression(node) ||
    api.isPropertyAccessExpression(node) ||
    api.isElementAccessExpression(node) ||
    api.isCallExpression(node) ||
    node.kind === api.SyntaxKind.ThisKeyword
  );
}

/** The name in a variable declaration or pattern; functions and classes keep the names in their own text. */
function isBindingOccurrence(node: ts.Identifier, variable: Variable): boolean {
  return (
    variable.declarations.includes(node) &&
    !api.isFunctionDeclaration(node.parent) &&
    !api.isClassDeclaration(node.parent) &&
    !api.isEnumDeclaration(node.parent)
  );
}

function isDirective(statement: ts.Statement): boolean {
  return api.isExpressionStatement(statement) && api.isStringLiteral(statement.expression);
}

/** After a hashbang line. */
function startOfCode(file: ts.SourceFile): number {
  return /^\ufeff?(?:#!.*(?:\r\n|[\n\r\u2028\u2029]|$))?/.exec(file.text)![0].length;
}

function isJsxChild(node: ts.Node): boolean {
  return (
    (api.isJsxElement(node) || api.isJsxSelfClosingElement(node) || api.isJsxFragment(node)) &&
    (api.isJsxElement(node.parent) || api.isJsxFragment(node.parent) || api.isJsxAttribute(node.parent))
  );
}

/** Whether anything in a statement of the file is rewritten. */
function isConcerned({ rewritten }: Unit, { pos, end }: ts.Statement): boolean {
  const next = rewritten[firstNotBefore(rewritten, (each) => each < pos)];
  return next !== undefined && next < end;
}
