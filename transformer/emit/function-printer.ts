/**
 * Function shells: what stands where the async generator stood.
 *
 *     function count(n) { return count$.create(new count$vars(n)); }
 */

import type ts from "typescript";
import { ABI_VERSION } from "../../runtime/abi.js";
import { hasModifier } from "../syntax/functions.js";
import { isCommonJsSource, moduleKind } from "../syntax/module-kind.js";
import { hasUseStrict, isStrict } from "../syntax/strict.js";
import { api } from "../typescript.js";
import { printMethodDecorators } from "./class-printer.js";
import { declareCall, defaultName, definitionIn, privateCall } from "./definition-call.js";
import { cellsOf, type Plan } from "./plan.js";
import type { SourcePrinter } from "./source-printer.js";
import { StepPrinter } from "./step-printer.js";
import type { Unit } from "./unit.js";
import { mentions } from "./untyped.js";

/** Prints a rewritten function at the place of the original. */
export function printFunction(printer: SourcePrinter, plan: Plan): void {
  switch (plan.form) {
    case "declaration":
      return printDeclaration(printer, plan);
    case "hoisted":
      return;
    case "expression":
      return printDefine(printer, plan);
    case "keyed":
      return printNamedLater(printer, plan);
    case "property":
      return printProperty(printer, plan);
    case "method":
      return printMethod(printer, plan);
    case "private":
      return printPrivateMethod(printer, plan);
  }
}

/** The function, named after its key. */
function printNamedLater(printer: SourcePrinter, plan: Plan): void {
  printer.out.write(`${printer.unit.runtime}.named(`);
  printDefine(printer, plan);
  printer.out.write(`, ${plan.key})`);
}

/** An ordinary property: behind one that is spread, V8 puts accessors after all other properties. */
function printProperty(printer: SourcePrinter, plan: Plan): void {
  const { key, functionName } = plan;
  if (key) printKey(printer, plan.node.name as ts.PropertyName, plan);
  else printer.out.write(functionName === "__proto__" ? '["__proto__"]' : propertyKey(functionName));
  printer.out.write(": ");
  if (key) printNamedLater(printer, plan);
  else printDefine(printer, plan);
}

function printDeclaration(printer: SourcePrinter, plan: Plan): void {
  const { node, names } = plan;
  const { out } = printer;
  const runtime = printer.unit.runtime;
  printModifiers(printer, node);
  out.write("function ");
  if (node.name) printer.print(node.name);
  else out.write(defaultName(plan));
  printSignature(printer, node);
  printBody(printer, plan, `(${names.definition} || ${declareCall(printer.unit, plan, plan.modes)})`, () => {
    out.line().statements(`if (new.target) ${runtime}.rejectConstruct(${JSON.stringify(plan.functionName)});`);
  });
}

/** All modifiers but `async`. */
function printModifiers(printer: SourcePrinter, node: ts.Node): void {
  if (!api.canHaveModifiers(node)) return;
  for (const modifier of api.getModifiers(node) ?? [])
    if (modifier.kind !== api.SyntaxKind.AsyncKeyword) printer.out.slice(modifier.getStart(), modifier.end).write(" ");
}

/** Type parameters, parameters and return type. */
function printSignature(printer: SourcePrinter, node: Plan["node"]): void {
  const from = node.name ? node.name.end : node.asteriskToken!.end;
  const inner = printer.with({ signature: node });
  if (printer.unit.any === "" || node.type) return inner.printChildren(node, from, node.body.getStart());
  const close = node.getChildren().find(({ kind }) => kind === api.SyntaxKind.CloseParenToken)!.end;
  inner.printChildren(node, from, close);
  printer.out.write(": AsyncGenerator<any, any, any>").slice(close, node.body.getStart());
}

/** The function as an expression. */
export function printDefine(printer: SourcePrinter, plan: Plan): void {
  const { out, unit } = printer;
  const { names, functionName } = plan;
  const key = propertyKey(functionName);
  const pure = isCompleteValue(plan) ? "/*#__PURE__*/ " : "";
  out.write(
    `${pure}${unit.runtime}.define(${plan.isStatic ? names.step : "void 0"}, ${names.definition} => ({ ${key}`,
    plan.node.getStart(),
  );
  printSignature(printer, plan.node);
  printBody(printer, plan, names.definition);
  out.write(` })${key.startsWith('"') ? `[${key}]` : `.${key}`}${plan.options ? `, ${plan.options}` : ""})`);
}

/**
 * Whether a bundler may drop the function with a variable of the module, or with an object. Where something is asked of it in the same
 * expression the mark would count for all of that.
 */
function isCompleteValue({ form, node }: Plan): boolean {
  const { parent } = node;
  if (form !== "expression" || api.isPropertyAssignment(parent)) return true;
  return api.isVariableDeclaration(parent) && api.isSourceFile(parent.parent.parent.parent);
}

export const isIdentifierName = (name: string): boolean => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);

const propertyKey = (name: string): string => (isIdentifierName(name) ? name : JSON.stringify(name));

function printMethod(printer: SourcePrinter, plan: Plan): void {
  const { node } = plan;
  printMethodDecorators(printer, plan);
  printModifiers(printer, node);
  printKey(printer, node.name as ts.PropertyName, plan);
  printSignature(printer, node);
  printBody(printer, plan, definitionIn(printer.unit, plan));
}

/** A key that the function's definition may need too. */
export function printKey(printer: SourcePrinter, name: ts.PropertyName, { key, keepsKey }: Plan): void {
  if (!keepsKey) return printer.print(name);
  printer.out.write(`[${key} = ${printer.unit.runtime}.key(`);
  printer.print((name as ts.ComputedPropertyName).expression);
  printer.out.write(")]");
}

/** A private method cannot be reached from outside its instance: a getter gives it its identity at first use. */
function printPrivateMethod(printer: SourcePrinter, plan: Plan): void {
  const { out, unit } = printer;
  const { node, names, functionName } = plan;
  const shell = `${functionName}$shell`;
  const prefix = hasModifier(node, api.SyntaxKind.StaticKeyword) ? "static " : "";
  out.write(`${prefix}${shell}`, node.getStart());
  printSignature(printer, node);
  printBody(printer, plan, names.definition);
  const isAnnotated = unit.any !== "";
  const declared = privateCall(unit, plan, isAnnotated ? "shell" : `this.${shell}`);
  const [first, type] = isAnnotated ? [`const shell = this.${shell}; `, " as typeof shell"] : ["", ""];
  out
    .line()
    .write(
      `${prefix}get ${functionName}() { ${first}return (${names.definition} || (${names.definition} = ${declared})).self${type}; }`,
    );
}

function printBody(printer: SourcePrinter, plan: Plan, definition: string, guard?: () => void): void {
  const { out } = printer;
  const { names, fields, captures, isStatic } = plan;
  const { any } = printer.unit;
  const result = any === "" ? "" : ` as ${printer.isUntyped ? "any" : mentions(plan)}`;
  const printReturn = (made: string) => {
    const text = `return ${definition}.create(${made})${result};`;
    // A private name needs to be lowered, for which it has to be parsed.
    if (definition.includes("#")) out.line().write(text);
    else out.line().statements(text);
  };
  out.write("{").indent(() => {
    if (hasUseStrict(plan.node.body.statements)) out.line().write('"use strict";');
    guard?.();
    if (isStatic) {
      const constructor = any === "" ? names.constructor : `(${names.constructor} as any)`;
      const values = fields
        .filter(({ variable }) => variable.kind === "parameter")
        .map(({ variable }) => variable.name);
      const all = [...values, ...captures.map(({ value }) => value)].join(", ");
      return printReturn(fields.length + captures.length > 0 ? `new ${constructor}(${all})` : "");
    }
    if (fields.length > 0) {
      const values = fields.map(({ name, variable }) => `${name}: ${initialValue(variable, printer.unit)}`);
      out.line().write(`const ${names.variables}${any} = { ${values.join(", ")} };`);
    }
    out.line().write(`const ${names.step} = `);
    out.write(`${any === "" ? names.core : `(${names.core}: any): any`} => {`, plan.node.getStart(), plan.functionName);
    out.indent(() => new StepPrinter(untyped(printer), plan).print());
    closeStep(printer, plan);
    out.write(";");
    printReturn(`${fields.length > 0 ? names.variables : "void 0"}, ${names.step}`);
  });
  out.line().write("}");
}

// --- what stands around functions ---

/** In front of a statement list: definitions that the whole list can use. */
export function printHead(printer: SourcePrinter, list: ts.Node, plans: readonly Plan[]): void {
  const startsLine = !printer.out.isEmpty && !printer.out.chunks.at(-1)!.text.endsWith("\n");
  if (api.isSourceFile(list)) printImport(printer, list, startsLine);
  for (const plan of plans) printDefinition(printer, plan, list);
  if (api.isSourceFile(list) && !startsLine) printer.out.line();
}

function printImport(printer: SourcePrinter, file: ts.SourceFile, startsLine: boolean): void {
  const { out, unit } = printer;
  const { options, runtime } = unit;
  if (startsLine) out.line();
  if ("global" in options.runtime) out.write(globalRuntime(runtime, options.runtime.global));
  else if (moduleKind(options.module, file) === "cjs")
    out.write(`const ${runtime} = require(${JSON.stringify(options.runtime.specifier)});`);
  else if (options.becomesCommonJs || isCommonJsSource(file))
    out.write(`import ${runtime} = require(${JSON.stringify(options.runtime.specifier)});`);
  else out.write(`import * as ${runtime} from ${JSON.stringify(options.runtime.specifier)};`);
  out.statements(` ${runtime}.requireAbi(${ABI_VERSION});`);
}

function globalRuntime(name: string, global: string): string {
  return name === global ? "" : `var ${name} = ${global};`;
}

function printDefinition(printer: SourcePrinter, plan: Plan, list: ts.Node): void {
  const { out, unit } = printer;
  const { names, node } = plan;
  const keyword = isFunctionLevel(list) ? "var" : "let";
  if (api.isSourceFile(list)) out.line();
  else out.write(" ");
  if (plan.form === "declaration")
    out.statements(`var ${names.definition}${unit.any} = /*#__PURE__*/ ${declareCall(unit, plan, plan.options)};`);
  else if (plan.form === "hoisted") {
    out.write(`${keyword} ${(node.name as ts.Identifier).text} = `);
    printDefine(printer, plan);
    out.write(";");
  } else
    out.write(
      // A module's functions may be called before it is evaluated.
      `${keyword} ${cellsOf(plan)
        .map((name) => name + unit.any)
        .join(", ")};`,
    );
}

const isFunctionLevel = (list: ts.Node) => api.isSourceFile(list) || (list.parent && api.isFunctionLike(list.parent));

/** The functions that a switch declares are there from its start, whichever clause that is. */
export function printSwitch(printer: SourcePrinter, node: ts.SwitchStatement): void {
  printer.out.write("{");
  for (const plan of printer.unit.heads.get(node)!) printDefinition(printer, plan, node);
  printer.out.write(" ");
  printer.printChildren(node);
  printer.out.write(" }");
}

/** Behind a statement: the steps of the functions in it. */
export function printTail(printer: SourcePrinter, plan: Plan): void {
  const { out, unit } = printer;
  const { names, fields, captures } = plan;
  if (fields.length + captures.length > 0) {
    const parameters = [...fields.filter(({ variable }) => variable.kind === "parameter"), ...captures].map(
      ({ name }) => name + unit.any,
    );
    if (unit.any !== "") parameters.unshift(`this${unit.any}`);
    const values = [
      ...fields.map(({ name, variable }) => [
        name,
        variable.kind === "parameter" ? name : initialValue(variable, unit),
      ]),
      ...captures.map(({ name }) => [name, name]),
    ];
    out.line().whole((inner) => {
      inner.write(`function ${names.constructor}(${parameters.join(", ")}) {`, plan.node.getStart());
      inner.indent(() => {
        for (const [name, value] of values) inner.line().write(`this.${name} = ${value};`);
      });
      inner.line().write("}");
    });
  }
  const variables = fields.length + captures.length > 0 ? `, ${names.variables}${unit.any}` : "";
  out.line().write(
    `function ${names.step}(${names.core}${unit.any}${variables})${unit.any} {`,
    plan.node.getStart(),
    // What a stack shows in place of the step's own name.
    plan.functionName,
  );
  out.indent(() => {
    if (needsUseStrict(plan)) out.line().write('"use strict";');
    new StepPrinter(untyped(printer), plan).print();
  });
  closeStep(printer, plan);
}

/** With an end in the source, what counts calls can say that all of the function was not called. */
const closeStep = ({ out }: SourcePrinter, { node: { body } }: Plan) => out.line().slice(body.end - 1, body.end);

const untyped = (printer: SourcePrinter) => (printer.unit.any === "" ? printer : printer.with({ isUntyped: true }));

/**
 * A field that starts as a number is kept unboxed by engines that track representations. With `debug` a field tells
 * whether its variable is bound already.
 */
function initialValue(variable: Plan["fields"][number]["variable"], { options, runtime }: Unit): string {
  const declaration = variable.declarations[0]?.parent;
  const isLexical = variable.kind === "let" || variable.kind === "const";
  if (options.debug && (isLexical || variable.kind === "catch")) return `${runtime}.TDZ`;
  return isLexical &&
    declaration &&
    api.isVariableDeclaration(declaration) &&
    declaration.initializer &&
    api.isNumericLiteral(declaration.initializer)
    ? "0"
    : "void 0";
}

function needsUseStrict(plan: Plan): boolean {
  return isStrict(plan.node) && !isStrict(plan.list ?? plan.node.getSourceFile());
}

/** An arrow's expression body becomes a block, so that what it evaluates anew has its definitions anew. */
export function printArrowBody(printer: SourcePrinter, node: ts.ArrowFunction): void {
  const { out, unit } = printer;
  const { body } = node;
  printer.printChildren(node, node.getStart(), node.equalsGreaterThanToken.end);
  out.write(" {");
  for (const plan of unit.heads.get(node)!) printDefinition(printer, plan, node);
  out.write(" return ");
  printer.print(body);
  out.write("; }");
}
