/** Prints the user's nodes: their own text, with what the compiler decided put in its place. */

import type ts from "typescript";
import { assertNever } from "../ir/ir.js";
import { lineEnd } from "../line-ends.js";
import { type ForAwait, isForAwait } from "../syntax/consumers.js";
import { isTypeOnly } from "../syntax/functions.js";
import { endOfHeader } from "../syntax/header.js";
import { isDirective } from "../syntax/prologue.js";
import type { Variable } from "../syntax/scope.js";
import { isConcerned } from "../syntax/selection.js";
import { isStatementList } from "../syntax/statement-list.js";
import { walk } from "../syntax/walk.js";
import { api } from "../typescript.js";
import { printClass, printObject } from "./class-printer.js";
import {
  endStatement,
  endStatementBefore,
  isMovedReference,
  isRepeated,
  printBindingElement,
  printBlockFunction,
  printCall,
  printForIn,
  printKeyed,
  printNamedAssignment,
  printScope,
  printShorthand,
  printVariableList,
} from "./construct-printer.js";
import { printConsumer } from "./consumer-printer.js";
import { printArrowBody, printFunction, printHead, printSwitch, printTail } from "./function-printer.js";
import type { Output } from "./output.js";
import type { Place } from "./place.js";
import { printIdentifier } from "./reference-printer.js";
import type { Unit } from "./unit.js";
import { printAnnotated, printWithoutTypes, sliceUntyped } from "./untyped.js";
import { printHole } from "./value-printer.js";

/** How a jump or return inside a native statement is printed. */
export type Exits = ReadonlyMap<ts.Node, (printer: SourcePrinter) => void>;

export class SourcePrinter {
  constructor(
    readonly unit: Unit,
    readonly out: Output,
    /** For closures: the constants that hold the current scope objects. */
    readonly aliases: ReadonlyMap<Variable, string> = new Map(),
    private readonly exits: Exits = new Map(),
    /** The function whose own parameter list is being printed: its parameters are still parameters there. */
    readonly signature: ts.Node | undefined = undefined,
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
  placeOf(variable: Variable): Place | undefined {
    if (this.signature && variable.scope.kind === "parameters" && variable.scope.node === this.signature)
      return undefined;
    return this.locals.has(variable) ? undefined : this.unit.places.get(variable);
  }

  print(node: ts.Node): void {
    if (!this.printChanged(node)) this.printChildren(node);
  }

  /** The node where it is evaluated, even though it leaves a hole for later. */
  printItself(node: ts.Node): void {
    if (!this.printReplaced(node) && !this.printByKind(node)) this.printChildren(node);
  }

  /** The node's text, with what changes inside it. */
  printChildren(node: ts.Node, from = node.getStart(this.unit.file), to = node.end): void {
    let at = from;
    walk(node, (child) => {
      if (child === node) return true;
      const start = child.getStart(this.unit.file);
      if (start < at || child.end > to || child.end === child.pos) return false;
      this.slice(at, start);
      at = start;
      if (!this.printChanged(child)) return true;
      at = child.end;
      return false;
    });
    this.slice(at, to);
  }

  /** Text that is no code of its own. */
  slice(start: number, end: number): void {
    if (this.isUntyped) sliceUntyped(this, start, end);
    else this.out.slice(start, end);
  }

  /** Prints a node that is not just its text and its children; tells whether it did. */
  private printChanged(node: ts.Node): boolean {
    const hole = this.unit.holes.get(node);
    if (hole) printHole(this, node, hole);
    return hole !== undefined || this.printReplaced(node) || this.printByKind(node);
  }

  private printReplaced(node: ts.Node): boolean {
    const { unit, out } = this;
    const replacement = unit.replacements.get(node);
    if (replacement !== undefined) return out.write(replacement, node.getStart(this.unit.file)), true;
    const exit = this.exits.get(node);
    if (exit) return exit(this), true;
    const plan = unit.plans.get(node);
    if (plan?.form === "hoisted") endStatementBefore(this, node);
    if (plan) return out.standingFor(-1, () => printFunction(this, plan)), true;
    if (this.isUntyped && printWithoutTypes(this, node)) return true;
    if (isTypeOnly(node)) return out.slice(node.getStart(this.unit.file), node.end), true;
    return false;
  }

  private printByKind(node: ts.Node): boolean {
    const { heads, homes } = this.unit;
    if (api.isIdentifier(node)) return printIdentifier(this, node), true;
    if (isForAwait(node) || api.isLabeledStatement(node)) return this.printLoop(node);
    if (api.isPropertyDeclaration(node) || api.isPropertyAssignment(node)) return printKeyed(this, node);
    if (api.isDeleteExpression(node) && isMovedReference(this, node.expression))
      return this.out.write("false", node.getStart(this.unit.file)), true;
    if (api.isParameter(node) && isRepeated(this, node))
      return this.out.write(this.unit.names.fresh("unused"), node.getStart(this.unit.file)), true;
    if (api.isParameter(node) && printAnnotated(this, node)) return true;
    if (api.isFunctionDeclaration(node) || api.isSwitchStatement(node) || api.isBlock(node))
      return printScope(this, node, () => this.printInScope(node));
    if (api.isExpressionStatement(node) || api.isVariableStatement(node)) return this.printBehindLineEnd(node);
    if (api.isShorthandPropertyAssignment(node)) return printShorthand(this, node), true;
    if (api.isBindingElement(node)) return printBindingElement(this, node), true;
    if (api.isForInStatement(node)) return printForIn(this, node);
    if (api.isVariableDeclarationList(node)) return printVariableList(this, node);
    if (api.isCallExpression(node) || api.isTaggedTemplateExpression(node)) return printCall(this, node);
    if (api.isBinaryExpression(node)) return printNamedAssignment(this, node);
    if (api.isClassLike(node) && homes.has(node)) return printClass(this, node), true;
    if (api.isObjectLiteralExpression(node) && homes.has(node)) return printObject(this, node), true;
    if (api.isArrowFunction(node) && heads.has(node)) return printArrowBody(this, node), true;
    if (api.isSourceFile(node) || api.isModuleBlock(node)) return this.printList(node), true;
    return false;
  }

  private printInScope(node: ts.FunctionDeclaration | ts.SwitchStatement | ts.Block): boolean {
    if (api.isFunctionDeclaration(node)) return printBlockFunction(this, node);
    if (api.isBlock(node)) return this.printList(node), true;
    return this.unit.heads.has(node) && (printSwitch(this, node), true);
  }

  /** Where only a line end has ended the statement before it, a bracket that the compiler puts in front would continue that one. */
  private printBehindLineEnd(node: ts.ExpressionStatement | ts.VariableStatement): boolean {
    if (!isStatementList(node.parent) || /[;{:]/.test(this.unit.file.text[node.pos - 1] ?? ";")) return false;
    const out = this.out.fork();
    this.with({ out }).printChildren(node);
    const first = out.chunks[0]!;
    if (first.start !== node.getStart(this.unit.file) && /^[([]/.test(first.text)) this.out.write(";");
    this.out.append(out);
    return true;
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
    const { unit } = this;
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
      this.slice(at, insertAt);
      if (prologue && heads.length > 0 && !api.isSourceFile(node)) endStatement(this, prologue);
      at = insertAt;
      printHead(this, node, heads);
    }
    for (const statement of statements) {
      const tails = unit.tails.get(statement);
      const start = statement.getStart(this.unit.file);
      // What nothing is done to becomes part of the next slice, without a look inside.
      if (start >= at && (!api.isSourceFile(node) || isConcerned(unit.rewritten, statement))) {
        this.slice(at, start);
        this.print(statement);
        at = statement.end;
      }
      if (tails) for (const plan of tails) printTail(this, plan);
    }
    this.slice(at, node.end);
  }

  // --- variables ---

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
        return assertNever(place, "emit");
    }
  }

  isMoved(variable: Variable): boolean {
    return this.placeOf(variable) !== undefined && this.textOf(variable, false) !== variable.name;
  }
}

const hashbangLine = new RegExp(`^\ufeff?(?:#!.*(?:${lineEnd.source}|$))?`);

/** After a hashbang line, after comments about the file, and after lines with those that TypeScript obeys only where no statement stands in front of them. */
function startOfCode(file: ts.SourceFile): number {
  const hashbang = hashbangLine.exec(file.text)![0].length;
  const { pragmas } = file as ts.SourceFile & { readonly pragmas: ReadonlyMap<string, Pragma | readonly Pragma[]> };
  const end = Math.max(0, ...[...pragmas.values()].flat().map(({ range }) => range.end));
  const obeyed = end === 0 ? end : (api.getTrailingCommentRanges(file.text, end)?.at(-1)?.end ?? end);
  return Math.max(hashbang, endOfHeader(file.text), obeyed);
}

interface Pragma {
  readonly range: ts.TextRange;
}
