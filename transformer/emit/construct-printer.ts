/** Prints constructs whose text depends on where their variables live. */

import type ts from "typescript";
import { isNamingAssignment } from "../syntax/assignment.js";
import { declaredFunction } from "../syntax/declared-names.js";
import {
  isAnonymousFunction,
  isErasedWrapper,
  isHoistedOutOfBlocks,
  namingTarget,
  unwrap,
} from "../syntax/functions.js";
import { positionOfCall } from "../syntax/position.js";
import { isConstant } from "../syntax/scope.js";
import { isStatementList } from "../syntax/statement-list.js";
import { isStrict } from "../syntax/strict.js";
import { contains } from "../syntax/walk.js";
import { api } from "../typescript.js";
import { isIdentifierName, printKey } from "./function-printer.js";
import { isChecked } from "./reference-printer.js";
import type { SourcePrinter } from "./source-printer.js";
import { afterTypeArguments } from "./untyped.js";

/** A rewritten function under a computed key is named after what the key turns out to be. */
export function printKeyed(printer: SourcePrinter, node: ts.PropertyDeclaration | ts.PropertyAssignment): boolean {
  const plan = node.initializer && printer.unit.plans.get(unwrap(node.initializer));
  if (plan?.form !== "keyed") return false;
  const { name } = node;
  printer.printChildren(node, node.getStart(printer.unit.file), name.getStart(printer.unit.file));
  printKey(printer, name, plan);
  printer.printChildren(node, name.end);
  return true;
}

export function printShorthand(printer: SourcePrinter, node: ts.ShorthandPropertyAssignment): void {
  const { name, objectAssignmentInitializer } = node;
  const { unit, out } = printer;
  const variable = unit.bindings.referenceOf(name)?.variable;
  const isMoved =
    unit.holes.has(name) ||
    (variable &&
      (printer.isMoved(variable) || variable.kind === "self" || isConstant(variable)) &&
      printer.placeOf(variable));
  // A shorthand `__proto__` is a property; with a colon it would set the prototype.
  if (isMoved && name.text === "__proto__") out.write('["__proto__"]: ');
  else if (isMoved) out.slice(name.getStart(printer.unit.file), name.end).write(": ");
  printer.print(name);
  if (!objectAssignmentInitializer) return;
  out.slice(name.end, objectAssignmentInitializer.getStart(unit.file));
  printNamed(printer, objectAssignmentInitializer, isMoved ? name.text : undefined);
}

export function printBindingElement(printer: SourcePrinter, node: ts.BindingElement): void {
  const { out } = printer;
  const { name, propertyName, initializer, dotDotDotToken } = node;
  const { file } = printer.unit;
  const variable = api.isIdentifier(name) ? printer.unit.bindings.variableOf(name) : undefined;
  const isMoved = variable !== undefined && printer.isMoved(variable);
  if (propertyName) printer.print(propertyName);
  out.slice(propertyName?.end ?? node.getStart(file), name.getStart(file));
  if (!propertyName && isMoved && !dotDotDotToken && api.isObjectBindingPattern(node.parent))
    out.write(`${(name as ts.Identifier).text}: `);
  printer.print(name);
  if (!initializer) return;
  out.slice(name.end, initializer.getStart(file));
  printNamed(printer, initializer, isMoved ? variable.name : undefined);
}

/** A variable cannot be deleted, also where it has become a field. */
export function isMovedReference(printer: SourcePrinter, node: ts.Expression): boolean {
  const target = unwrap(node);
  const variable = api.isIdentifier(target) ? printer.unit.bindings.referenceOf(target)?.variable : undefined;
  return variable !== undefined && printer.placeOf(variable) !== undefined;
}

/** Of parameters with one name only the last counts; a method may not have them. */
export function isRepeated(printer: SourcePrinter, node: ts.ParameterDeclaration): boolean {
  if (node.parent !== printer.signature || !api.isIdentifier(node.name)) return false;
  const declarations = printer.unit.bindings.variableOf(node.name)?.declarations ?? [];
  return declarations.some(
    ({ parent, pos }) => api.isParameter(parent) && parent.parent === node.parent && pos > node.end,
  );
}

/** A function in a native block also assigns the function-level variable of its name, if that is the compiler's. */
export function printBlockFunction(printer: SourcePrinter, node: ts.FunctionDeclaration): boolean {
  const variable = node.name && printer.unit.bindings.variableOf(node.name);
  if (!variable || printer.placeOf(variable)) return false;
  const outer = variable.outer && printer.placeOf(variable.outer) ? variable.outer : undefined;
  const isAlone = api.isIfStatement(node.parent);
  if (!outer && !(isAlone && isForStep(printer, node))) return false;
  if (isAlone) printer.out.write("{ ");
  printer.printChildren(node);
  if (outer) printer.out.write(` ${printer.textOf(outer, false)} = ${variable.name};`);
  if (isAlone) printer.out.write(" }");
  return true;
}

/**
 * Of a function in a native block the engine would make a variable of the step too, in front of what goes by that name
 * outside of the step. A `let` that nothing sees is in the way of that (§B.3.2.1).
 */
export function printScope(printer: SourcePrinter, node: ts.Node, print: () => boolean): boolean {
  const { out, unit } = printer;
  const functions = functionsForStep(printer, node);
  if (functions.length === 0) return print();
  const guard = `let ${[...new Set(functions.map(({ text }) => text))].join(", ")}; `;
  out.write("{ ");
  if (isSwitchOn(node, functions)) {
    // What is switched on is outside of the functions' scope. Nothing native uses this name of the step.
    const held = unit.plans.get(unit.bindings.variableOf(functions[0]!)!.scope.owner!)!.names.error;
    out.write(`const ${held} = (`);
    printer.print(node.expression);
    out.write(`); { ${guard}switch (${held}`);
    printer.printChildren(node, node.expression.end);
    out.write(" }");
  } else {
    out.write(guard);
    if (!print()) printer.printChildren(node);
  }
  out.write(" }");
  return true;
}

function functionsForStep(printer: SourcePrinter, node: ts.Node): ts.Identifier[] {
  const lists = api.isBlock(node) ? [node] : api.isSwitchStatement(node) ? node.caseBlock.clauses : [];
  const statements = lists.flatMap((list) => [...list.statements]);
  if (api.isFunctionDeclaration(node) && api.isIfStatement(node.parent)) statements.push(node);
  const functions = statements.flatMap((statement) => declaredFunction(statement) ?? []);
  return functions.filter((each) => isForStep(printer, each)).map(({ name }) => name!);
}

function isSwitchOn(node: ts.Node, names: readonly ts.Identifier[]): node is ts.SwitchStatement {
  const isOne = (at: ts.Node): boolean => api.isIdentifier(at) && names.some(({ text }) => text === at.text);
  return api.isSwitchStatement(node) && contains(node.expression, isOne);
}

/** Whether the engine makes it a variable of a step. Not what is directly in the body of a function. */
function isForStep({ unit }: SourcePrinter, node: ts.FunctionDeclaration): boolean {
  if (isStrict(node) || !isHoistedOutOfBlocks(node)) return false;
  const scope = unit.bindings.variableOf(node.name!)?.scope;
  if (!scope || scope.kind === "body" || scope.kind === "parameters") return false;
  return scope.owner !== undefined && unit.plans.has(scope.owner);
}

/** `var` declarations in native statements, whose variables may live elsewhere. */
export function printVariableList(printer: SourcePrinter, node: ts.VariableDeclarationList): boolean {
  const moved = (name: ts.BindingName): boolean =>
    api.isIdentifier(name)
      ? isMovedVar(printer, name)
      : name.elements.some((element) => !api.isOmittedExpression(element) && moved(element.name));
  if (node.flags & api.NodeFlags.BlockScoped || !node.declarations.some((declaration) => moved(declaration.name)))
    return false;
  const inHead = api.isForInStatement(node.parent) || api.isForOfStatement(node.parent);
  const printed = inHead ? node.declarations : node.declarations.filter((declaration) => declaration.initializer);
  if (!inHead && printed.length === 0) printer.out.write(api.isForStatement(node.parent) ? "" : "void 0");
  // `for (async of` and `for (let of` are no heads of loops.
  const needsParentheses = inHead
    ? /^(?:async|let)$/.test(printed[0]!.name.getText(printer.unit.file))
    : printed.some((declaration) => api.isObjectBindingPattern(declaration.name));
  if (needsParentheses) printer.out.write("(");
  printed.forEach((declaration, index) => {
    if (index > 0) printer.out.write(", ");
    printer.print(declaration.name);
    if (!declaration.initializer) return;
    printer.out.write(" = ");
    printNamed(
      printer,
      declaration.initializer,
      api.isIdentifier(declaration.name) ? declaration.name.text : undefined,
    );
  });
  if (needsParentheses) printer.out.write(")");
  if (api.isVariableStatement(node.parent)) endStatement(printer, node.parent);
  return true;
}

/** What could not go on with the statement in the source may do so with what is printed for it. */
export function endStatement({ unit, out }: SourcePrinter, node: ts.Statement): void {
  const last = innermostAtEnd(node);
  const isDeclaration = api.isFunctionDeclaration(last) || api.isClassDeclaration(last);
  const isClosed = isDeclaration || api.isBlock(last) || api.isSwitchStatement(last) || api.isTryStatement(last);
  if (!isClosed && unit.file.text[last.end - 1] !== ";") out.write(";");
}

/** What goes with nothing in its place may have been what ended the statement before it. */
export function endStatementBefore(printer: SourcePrinter, { pos, parent }: ts.Node): void {
  const previous = isStatementList(parent) ? parent.statements.findLast(({ end }) => end <= pos) : undefined;
  if (previous) endStatement(printer, previous);
}

/** The statement that a statement ends with: the body of a loop, say. */
function innermostAtEnd(node: ts.Statement): ts.Statement {
  if (api.isIfStatement(node)) return innermostAtEnd(node.elseStatement ?? node.thenStatement);
  const isOuter = api.isLabeledStatement(node) || api.isWithStatement(node) || api.isForStatement(node);
  if (isOuter || api.isForInStatement(node) || api.isForOfStatement(node) || api.isWhileStatement(node))
    return innermostAtEnd(node.statement);
  return node;
}

/** `for (var x = 1 in o)`: where the variable lives elsewhere, the head has a target, which cannot have an initializer (§B.3.5). */
export function printForIn(printer: SourcePrinter, node: ts.ForInStatement): boolean {
  const declaration = api.isVariableDeclarationList(node.initializer) ? node.initializer.declarations[0]! : undefined;
  if (!declaration?.initializer || !api.isIdentifier(declaration.name) || !isMovedVar(printer, declaration.name))
    return false;
  const { name, initializer } = declaration;
  const { file } = printer.unit;
  printer.out.slice(node.getStart(file), node.initializer.getStart(file));
  printer.print(name);
  printer.out.write(" in (");
  printer.print(name);
  printer.out.write(" = ");
  printNamed(printer, initializer, name.text);
  printer.out.write(", ");
  printer.print(node.expression);
  printer.out.write(")");
  printer.printChildren(node, node.expression.end);
  return true;
}

function isMovedVar(printer: SourcePrinter, name: ts.Identifier): boolean {
  const variable = printer.unit.bindings.variableOf(name);
  return variable !== undefined && (variable.kind === "catch" || printer.placeOf(variable) !== undefined);
}

/** A function that lives in a field would get that object as `this`. */
export function printCall(printer: SourcePrinter, node: ts.CallExpression | ts.TaggedTemplateExpression): boolean {
  const callee = api.isCallExpression(node) ? node.expression : node.tag;
  let after = printer.isUntyped ? afterTypeArguments(node) : callee.end;
  const isMember = becomesMember(printer, callee);
  if (!isMember && after === callee.end) return false;
  const start = callee.getStart(printer.unit.file);
  printer.out.slice(node.getStart(printer.unit.file), start).write(isMember ? "(0, " : "", start);
  printer.print(callee);
  printer.out.write(isMember ? ")" : "", start);
  // It stands in front of the type arguments.
  const link = api.isCallExpression(node) && node.questionDotToken;
  if (link && after !== callee.end) printer.out.slice(callee.end, link.end);
  if (isMember && api.isCallExpression(node)) {
    const parenthesis = node.arguments.pos - 1;
    printer.slice(after, parenthesis);
    printer.out.write("(", positionOfCall(node));
    after = parenthesis + 1;
  }
  printer.printChildren(node, after);
  return true;
}

function becomesMember(printer: SourcePrinter, node: ts.Expression): boolean {
  const { unit } = printer;
  const hole = unit.holes.get(node);
  if (!hole && (api.isParenthesizedExpression(node) || isErasedWrapper(node)))
    return becomesMember(printer, node.expression);
  const of =
    hole?.kind === "variable"
      ? hole.variable
      : !hole && api.isIdentifier(node)
        ? unit.bindings.referenceOf(node)?.variable
        : undefined;
  if (of === undefined || printer.placeOf(of) === undefined || !printer.textOf(of, false).includes(".")) return false;
  return hole !== undefined || !isChecked(printer, node as ts.Identifier, of);
}

/** `x = function () {}` names the function after the variable, wherever that lives. */
export function printNamedAssignment(printer: SourcePrinter, node: ts.BinaryExpression): boolean {
  const target = isNamingAssignment(node.operatorToken.kind) ? namingTarget(node.left) : undefined;
  if (!target || !isAnonymousFunction(node.right)) return false;
  const variable = printer.unit.bindings.referenceOf(target)?.variable;
  if (!variable || !printer.isMoved(variable)) return false;
  printer.print(node.left);
  printer.out.slice(node.left.end, node.right.getStart(printer.unit.file));
  printNamed(printer, node.right, target.text);
  return true;
}

/** Prints an initializer; an anonymous function keeps the name it would get from `name`. */
export function printNamed(
  printer: SourcePrinter,
  node: ts.Expression,
  name: string | undefined,
  print = () => printer.print(node),
): void {
  if (name === undefined || !isAnonymousFunction(node) || printer.unit.plans.has(unwrap(node))) return print();
  const key = isIdentifierName(name) && name !== "__proto__" ? name : `[${JSON.stringify(name)}]`;
  printer.out.write(`{ ${key}: `);
  print();
  printer.out.write(key === name ? ` }.${name}` : ` }${key}`);
}
