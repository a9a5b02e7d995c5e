/** Prints an identifier: as the user wrote it, or as what the compiler made of its variable. */

import type ts from "typescript";
import { mayBeUninitialized } from "../analyze/placement.js";
import { isAssignmentTarget } from "../syntax/assignment.js";
import { isConstant, type Variable } from "../syntax/scope.js";
import { isStrict } from "../syntax/strict.js";
import { api } from "../typescript.js";
import type { SourcePrinter } from "./source-printer.js";
import { printOuter } from "./untyped.js";

export function printIdentifier(printer: SourcePrinter, node: ts.Identifier): void {
  const reference = printer.unit.bindings.referenceOf(node);
  if (reference) printReference(printer, node, reference.variable, reference.dead);
  else {
    const variable = printer.unit.bindings.variableOf(node);
    const place = variable && printer.placeOf(variable);
    if (variable && place && namesVariable(node))
      printer.out.write(printer.textOf(variable, false), node.getStart(printer.unit.file), node.text);
    else printer.out.slice(node.getStart(printer.unit.file), node.end);
  }
}

function printReference(printer: SourcePrinter, node: ts.Identifier, variable: Variable, dead: boolean): void {
  const { unit, out } = printer;
  const place = printer.placeOf(variable);
  const start = node.getStart(printer.unit.file);
  if (!place) return printer.isUntyped ? printOuter(printer, node, variable) : void out.slice(start, node.end);
  const text =
    ownNameInSignature(printer, variable) ??
    printer.textOf(variable, unit.bindings.referenceOf(node)!.owner !== variable.scope.owner);
  const isTarget = isAssignmentTarget(node);
  if (dead) return printDead(printer, node, isTarget);
  if (variable.kind === "self" && isTarget)
    return void out.write(
      isStrict(node) ? `${unit.runtime}.constant(() => ${text}).value` : `({ value: ${text} }).value`,
      start,
    );
  const needsCheck = isChecked(printer, node, variable);
  if (isTarget) return printTarget(printer, node, variable, text, needsCheck);
  if (needsCheck) return void out.write(checked(printer, node, text), start);
  if (text !== node.text) out.write(text, start, node.text);
  else if (printer.isUntyped && unit.plans.has(variable.scope.node)) printOuter(printer, node, variable);
  else out.slice(start, node.end);
}

/** Whether the reference prints as a call, which throws while the variable is uninitialized. */
export function isChecked(printer: SourcePrinter, node: ts.Identifier, variable: Variable): boolean {
  if (printer.unit.bindings.referenceOf(node)?.dead) return true;
  return (
    printer.placeOf(variable)?.kind !== "name" && variable.references.length > 0 && mayBeUninitialized(node, variable)
  );
}

/** A variable of a loop's head, in the expression that the loop goes over. */
function printDead(printer: SourcePrinter, node: ts.Identifier, isTarget: boolean): void {
  const { unit, out } = printer;
  const { runtime } = unit;
  const name = JSON.stringify(node.text);
  const text = isTarget
    ? `${runtime}.initialized({ value: ${runtime}.TDZ }, "value", ${name}).value`
    : checked(printer, node, `${runtime}.TDZ`);
  out.write(text, node.getStart(unit.file));
}

/** `new` would take the call for its own. */
function checked({ unit }: SourcePrinter, node: ts.Identifier, text: string): string {
  const call = `${unit.runtime}.checked(${text}, ${JSON.stringify(node.text)})`;
  return beginsConstructor(node) ? `(${call})` : call;
}

function beginsConstructor(node: ts.Node): boolean {
  let at = node;
  while (at.parent?.pos === at.pos) at = at.parent;
  return at.parent && api.isNewExpression(at.parent) && at.parent.expression === at;
}

/** Parameters are evaluated before there is a generator that could say what function it belongs to. */
function ownNameInSignature(printer: SourcePrinter, variable: Variable): string | undefined {
  const plan =
    printer.signature && variable.kind === "self" && variable.scope.node === printer.signature
      ? printer.unit.plans.get(printer.signature)
      : undefined;
  return plan && `${plan.names.definition}.self`;
}

function printTarget(
  printer: SourcePrinter,
  node: ts.Identifier,
  variable: Variable,
  text: string,
  needsCheck: boolean,
): void {
  const { runtime } = printer.unit;
  const name = JSON.stringify(node.text);
  const place = printer.placeOf(variable)!;
  const start = node.getStart(printer.unit.file);
  const value = needsCheck ? `${runtime}.checked(${text}, ${name})` : text;
  if (isConstant(variable) && place.kind !== "unused" && !(place.kind === "name" && place.isDeclared))
    printer.out.write(`${runtime}.constant(() => ${value}).value`, start);
  else if (needsCheck) {
    const dot = text.lastIndexOf(".");
    printer.out.write(`${runtime}.initialized(${text.slice(0, dot)}, "${text.slice(dot + 1)}", ${name}).value`, start);
  } else printer.out.write(text, start, node.text);
}

/** The name in a variable declaration or pattern; functions and classes keep the names in their own text. */
function namesVariable({ parent }: ts.Identifier): boolean {
  return !api.isFunctionDeclaration(parent) && !api.isClassDeclaration(parent) && !api.isEnumDeclaration(parent);
}
