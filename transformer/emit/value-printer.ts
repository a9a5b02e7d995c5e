/** Prints what an expression reads: the user's own code, variables, generated code around them. */

import type ts from "typescript";
import { InvariantError } from "../fault.js";
import { assertNever, type RuntimeName, type Value } from "../ir/ir.js";
import { api } from "../typescript.js";
import type { SourcePrinter } from "./source-printer.js";

export function printValue(printer: SourcePrinter, value: Value): void {
  switch (value.kind) {
    case "expression":
      return printer.printItself(value.node);
    case "variable":
      return void printer.out.write(printer.textOf(value.variable, false));
    case "code":
      value.parts.forEach((part, index) => {
        if (typeof part === "string") printer.out.write(part);
        else if (part.kind === "runtime") printRuntimeName(printer, part);
        else printOperand(printer, part, value.parts[index - 1], value.parts[index + 1]);
      });
      return;
    case "strict":
      return printStrict(printer, () => printValue(printer, value.value));
    case "resumption":
    case "exhausted":
      throw new InvariantError("emit", "a resumption is printed by its step");
    default:
      return assertNever(value, "emit");
  }
}

/** What is before the name stands for the statement, where breakpoints are. */
function printRuntimeName({ out, unit }: SourcePrinter, { name, at }: RuntimeName): void {
  out.write(`${unit.runtime}.`).write(name, at);
}

/** An arrow function can be strict, and changes nothing else for what it evaluates. */
export function printStrict(printer: SourcePrinter, print: () => void): void {
  printer.out.write('(() => { "use strict"; return ');
  print();
  printer.out.write("; })()");
}

/** A value between generated text: in parentheses where it binds looser than what is around it. */
function printOperand(printer: SourcePrinter, value: Value, before: unknown, after: unknown): void {
  const isArgument =
    typeof before === "string" &&
    /[([,]\s*$|\.\.\.$/.test(before) &&
    typeof after === "string" &&
    /^[)\],]/.test(after);
  const isLoose = value.kind === "expression" && (isArgument ? isComma(value.node) : bindsLoosely(value.node));
  const needsParentheses = isLoose || (value.kind === "code" && !isArgument && !isRuntimeCall(value));
  if (needsParentheses) printer.out.write("(");
  printValue(printer, value);
  if (needsParentheses) printer.out.write(")");
}

export function printHole(printer: SourcePrinter, node: ts.Node, value: Value): void {
  const braces = isJsxChild(node);
  const parentheses =
    !braces && (value.kind === "expression" || (value.kind === "code" && typeof value.parts[0] === "string"));
  if (braces) printer.out.write("{");
  if (parentheses) printer.out.write(isComma(node) ? "(void 0, " : "(");
  if (api.isSpreadElement(node)) printer.out.write("...");
  printValue(printer, value);
  if (parentheses) printer.out.write(")");
  if (braces) printer.out.write("}");
}

function isRuntimeCall({ parts }: Extract<Value, { kind: "code" }>): boolean {
  const first = parts.find((part) => part !== "");
  return typeof first === "object" && first.kind === "runtime";
}

export function isComma(node: ts.Node): boolean {
  return api.isBinaryExpression(node) && node.operatorToken.kind === api.SyntaxKind.CommaToken;
}

/** Whether an operator can stand before or behind the value without parentheses. */
export function isTight(value: Value): boolean {
  return value.kind === "expression" ? !bindsLoosely(value.node) : value.kind === "variable";
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

function isJsxChild(node: ts.Node): boolean {
  return (
    (api.isJsxElement(node) || api.isJsxSelfClosingElement(node) || api.isJsxFragment(node)) &&
    (api.isJsxElement(node.parent) || api.isJsxFragment(node.parent) || api.isJsxAttribute(node.parent))
  );
}
