/**
 * Annotated output, for the `annotate` option. In a step there are no types but `any`: what it works on lives in fields
 * whose types are not known, and the type parameters of its function are out of sight. So everything that comes from
 * outside is `any` there, all annotations are, and the shell, which keeps its signature, mentions the types that the
 * step no longer does, so that nothing becomes unused.
 */

import type ts from "typescript";
import { memoize } from "../memoize.js";
import { append } from "../multimap.js";
import { isAssignmentTarget } from "../syntax/assignment.js";
import { hasModifier, isTypeOnly } from "../syntax/functions.js";
import type { Variable } from "../syntax/scope.js";
import { isStatementList } from "../syntax/statement-list.js";
import { walk } from "../syntax/walk.js";
import { api } from "../typescript.js";
import type { NamedVariable, Plan } from "./plan.js";
import type { SourcePrinter } from "./source-printer.js";
import type { Unit } from "./unit.js";

/** Prints a node that is made of types, or has some that go; tells whether it did. */
export function printWithoutTypes(printer: SourcePrinter, node: ts.Node): boolean {
  const { out } = printer;
  if (api.isTypeParameterDeclaration(node))
    return out.write(node.name.text.startsWith("_") ? node.name.text : `_${node.name.text}`), true;
  if (api.isHeritageClause(node) && node.token === api.SyntaxKind.ImplementsKeyword) return true;
  if (api.isExpressionWithTypeArguments(node))
    return api.isHeritageClause(node.parent) ? false : (printer.print(node.expression), true);
  if (api.isIndexSignatureDeclaration(node)) return out.write("[key: string]: any;"), true;
  if (api.isTypeNode(node)) return out.write(isResultOfAsync(node) ? "Promise<any>" : "any"), true;
  if (api.isNewExpression(node) && node.typeArguments) {
    out.write("new ");
    printer.print(node.expression);
    printer.printChildren(node, afterTypeArguments(node));
    return true;
  }
  const isPrivate = takesPrivateAssertion(node);
  if (isPrivate && isCallee(node)) return printPrivateCallee(printer, node);
  if (isPrivate || isOfImported(node, printer.unit)) {
    out.write("(", node.getStart());
    printer.printChildren(node, node.getStart());
    return out.write(" as any)"), true;
  }
  if (api.isElementAccessExpression(node) && !isKnown(node.expression)) return printElement(printer, node);
  if (isBodyOfUntypedGenerator(node)) printer.out.write(`${printer.unit.any} `);
  // The member is there, whatever its type: code of the class names it.
  if (api.isPropertyDeclaration(node) && isTypeOnly(node)) return printer.printChildren(node), true;
  if (node.kind === api.SyntaxKind.OverrideKeyword) return extendsAny(printer, node);
  return isTypeOnly(node);
}

/** Whether nothing is known of what the class around a member extends, and so of what the member overrides. */
function extendsAny(printer: SourcePrinter, member: ts.Node): boolean {
  const { unit } = printer;
  const extended = api
    .findAncestor(member, api.isClassLike)!
    .heritageClauses?.find(({ token }) => token === api.SyntaxKind.ExtendsKeyword);
  let base: ts.Expression | undefined = extended?.types[0]?.expression;
  while (base && api.isPropertyAccessExpression(base) && !unit.holes.has(base)) base = base.expression;
  if (!base || !api.isIdentifier(base)) return base !== undefined && unit.holes.has(base);
  const variable = unit.bindings.referenceOf(base)?.variable;
  return unit.holes.has(base) || (variable !== undefined && printer.placeOf(variable) !== undefined);
}

/** What is sent to such a generator was known from around it, where that no longer tells. */
function isBodyOfUntypedGenerator(node: ts.Node): boolean {
  const { parent } = node;
  const isFunction =
    api.isFunctionExpression(parent) || api.isFunctionDeclaration(parent) || api.isMethodDeclaration(parent);
  return isFunction && parent.body === node && parent.asteriskToken !== undefined && !parent.type;
}

/** TypeScript takes no other result of an async function. */
const isResultOfAsync = (node: ts.TypeNode) =>
  api.isFunctionLike(node.parent) &&
  node.parent.type === node &&
  hasModifier(node.parent, api.SyntaxKind.AsyncKeyword) &&
  !(node.parent as ts.FunctionExpression).asteriskToken;

/** What `@ts-expect-error` expects does not happen where everything is `any`. */
export function sliceUntyped({ out, unit }: SourcePrinter, start: number, end: number): void {
  let at = start;
  for (const { range } of (unit.file as WithCommentDirectives).commentDirectives ?? []) {
    if (range.pos < at || range.end > end) continue;
    const text = unit.file.text.slice(range.pos, range.end);
    out.slice(at, range.pos).write(text.replace("@ts-expect-error", "@ts-ignore"), range.pos);
    at = range.end;
  }
  out.slice(at, end);
}

/** TypeScript does not declare it. */
type WithCommentDirectives = ts.SourceFile & {
  readonly commentDirectives?: readonly { readonly range: ts.TextRange }[];
};

const isKnown = (node: ts.Expression) => node.kind === api.SyntaxKind.SuperKeyword;

/** What a private member is known to hold in one state is forgotten in another. */
const takesPrivateAssertion = (node: ts.Node): node is PrivateAccess =>
  isPrivateAccess(node) && !api.isOptionalChain(node) && !isAssignmentTarget(node) && !mayContinueStatement(node);

type PrivateAccess = ts.PropertyAccessExpression & { readonly name: ts.PrivateIdentifier };

const isPrivateAccess = (node: ts.Node): node is PrivateAccess =>
  api.isPropertyAccessExpression(node) && api.isPrivateIdentifier(node.name);

/**
 * A member of what is imported, by its name or in a namespace: a constant enum, of which only members are values, looks no different from the
 * rest. It has the assertion then, and not the name.
 */
function isOfImported(node: ts.Node, { bindings, holes }: Unit): boolean {
  if (!isNamedAccess(node) || isCallee(node) || isAssignmentTarget(node) || api.isDeleteExpression(node.parent))
    return false;
  const { expression } = node;
  const name = isNamedAccess(expression) && !holes.has(expression) ? expression.expression : expression;
  if (!api.isIdentifier(name) || holes.has(name)) return false;
  const variable = bindings.referenceOf(name)?.variable;
  const isNamespace = variable?.declarations.some(({ parent }) => api.isNamespaceImport(parent));
  return variable?.kind === "import" && isNamespace === (name !== expression) && takesAssertion(name, variable);
}

const isNamedAccess = (node: ts.Node): node is ts.AccessExpression =>
  !api.isOptionalChain(node) &&
  (api.isPropertyAccessExpression(node) ||
    (api.isElementAccessExpression(node) && api.isStringLiteral(node.argumentExpression)));

const isCallee = (node: ts.Node) =>
  (api.isCallExpression(node.parent) && node.parent.expression === node) ||
  (api.isTaggedTemplateExpression(node.parent) && node.parent.tag === node);

/**
 * TypeScript forgets the receiver where it lowers a private name that is called through an assertion. What is asked of an
 * `any` does not count as use of the member, the `in` does.
 */
function printPrivateCallee(printer: SourcePrinter, { name, expression }: PrivateAccess): boolean {
  printer.out.write(`(${name.text} in {}, `, expression.getStart());
  printer.print(expression);
  printer.out.write(" as any)").slice(expression.end, name.end);
  return true;
}

/** A type that has no index signature takes no index that may be anything. */
function printElement(printer: SourcePrinter, node: ts.ElementAccessExpression): boolean {
  if (node.expression.kind !== api.SyntaxKind.ThisKeyword || printer.unit.replacements.has(node.expression))
    return false;
  printer.out.write("(this as any)", node.getStart());
  printer.printChildren(node, node.expression.end);
  return true;
}

/** Where the type arguments of a call end, or its callee where there are none. */
export function afterTypeArguments(node: ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression): number {
  const callee = api.isTaggedTemplateExpression(node) ? node.tag : node.expression;
  if (!node.typeArguments) return callee.end;
  return node.getSourceFile().text.indexOf(">", node.typeArguments.end) + 1;
}

/** A parameter whose type came from around its function, where that no longer tells; tells whether it was one. */
export function printAnnotated(printer: SourcePrinter, node: ts.ParameterDeclaration): boolean {
  const { unit, out } = printer;
  if (unit.any === "" || node.type || node.initializer || !isOurs(printer, node)) return false;
  const isBare =
    api.isArrowFunction(node.parent) && unit.text[node.parent.parameters.end] !== ")" && !hasParentheses(node.parent);
  const nameEnd = (node.questionToken ?? node.name).end;
  if (isBare) out.write("(");
  printer.printChildren(node, node.getStart(), nameEnd);
  out.write(isBare ? `${unit.any})` : unit.any).slice(nameEnd, node.end);
  return true;
}

const hasParentheses = (node: ts.ArrowFunction) =>
  node.getChildren().some(({ kind }) => kind === api.SyntaxKind.OpenParenToken);

/** In a step, or in the signature of a function that is rewritten. */
const isOurs = ({ isUntyped, unit }: SourcePrinter, node: ts.ParameterDeclaration) =>
  isUntyped || unit.plans.has(node.parent);

/** A variable from outside the step as `any`, where an assertion can stand. */
export function printOuter({ unit, out }: SourcePrinter, node: ts.Identifier, variable: Variable): void {
  const isWithin = isOfImported(node.parent, unit) || isOfImported(node.parent.parent, unit);
  const isAsserted = !isWithin && isOutside(variable, unit.plans) && takesAssertion(node, variable);
  if (isAsserted) out.write("(");
  out.slice(node.getStart(), node.end);
  if (isAsserted) out.write(" as any)");
}

function isOutside(variable: Variable, plans: ReadonlyMap<ts.Node, Plan>): boolean {
  const { kind, scope } = variable;
  // Parameters are the shell's, with their types.
  return !api.findAncestor(kind === "parameter" ? scope.node.parent : scope.node, (at) => plans.has(at));
}

function takesAssertion(node: ts.Identifier, variable: Variable): boolean {
  const { parent } = node;
  if (/enum/i.test(variable.kind) || isAssignmentTarget(node) || api.isShorthandPropertyAssignment(parent))
    return false;
  // Of a private name `any` knows nothing, and the member would count as unused.
  if (/className|parameter/.test(variable.kind) && isPrivateAccess(parent)) return false;
  let top: ts.Node = node;
  while (api.isPropertyAccessExpression(top.parent) && top.parent.expression === top) top = top.parent;
  // A class that extends `any` has every property, which is more than its own code can take.
  if (api.isExpressionWithTypeArguments(top.parent)) return false;
  if (api.isJsxOpeningLikeElement(top.parent) || api.isJsxClosingElement(top.parent)) return false;
  return !mayContinueStatement(node);
}

/** Whether a parenthesis here could make a call of the statement before, which ends without a semicolon. */
function mayContinueStatement(node: ts.Node): boolean {
  const start = node.getStart();
  let at: ts.Node = node;
  while (at.parent.getStart() === start && !api.isStatement(at)) at = at.parent;
  if (!api.isExpressionStatement(at)) return false;
  const { parent } = at;
  const before = isStatementList(parent) ? parent.statements[parent.statements.indexOf(at) - 1] : undefined;
  return before !== undefined && before.getSourceFile().text[before.end - 1] !== ";";
}

/** Declares variables ahead of their values. */
export const declarationOf = (variables: readonly NamedVariable[], unit: Unit): string =>
  `let ${variables.map(({ name }) => name + unit.any).join(", ")};${mentionsOfUnread(variables, unit)}`;

/**
 * A variable of the user's that is never read, in a `catch`, a pattern, a head of a loop or a `using`, has a declaration that
 * TypeScript lets stand; the one that it has now, it does not.
 */
export const mentionsOfUnread = (variables: readonly NamedVariable[], unit: Unit): string =>
  unit.any === ""
    ? ""
    : variables
        .filter(({ variable }) => variable.declarations.length > 0 && variable.references.length === 0)
        .map(({ name }) => ` void ${name};`)
        .join("");

/** Such a name in the head of a loop whose function is not analyzed. */
export const mentionOfItem = (name: ts.BindingName, { any }: Unit): string =>
  any !== "" && api.isIdentifier(name) && name.text.startsWith("_") ? `void ${name.text}; ` : "";

/** The shell's result as `any`, with a mention of what only the step used. */
export function mentions({ node }: Plan): string {
  const declarations = typeDeclarations(node.getSourceFile());
  const { pos, end } = node.body;
  const isInside = (name: string) => declarations.get(name)?.some((at) => at >= pos && at < end) ?? false;
  const isOutside = (name: string) => declarations.get(name)?.some((at) => at < pos || at >= end) ?? false;
  const found = new Set<string>();
  walk(node.body, (at) => {
    const member = privateMember(at, node);
    if (member !== undefined) found.add(`typeof ${member}`);
    if (!api.isTypeNode(at) || isValueWithTypes(at)) return true;
    const names = namesIn(at);
    const isMentioned = names.some(isOutside) && !names.some(isInside);
    if (isMentioned && !api.isTypePredicateNode(at)) found.add(`(${at.getText()})`);
    return !isMentioned || api.isTypePredicateNode(at);
  });
  return ["any", ...found].join(" | ");
}

/** `f<T>`, and what a class extends: only the arguments are types. */
const isValueWithTypes = (node: ts.Node): boolean =>
  api.isExpressionWithTypeArguments(node) &&
  !(
    api.isHeritageClause(node.parent) &&
    (node.parent.token === api.SyntaxKind.ImplementsKeyword || api.isInterfaceDeclaration(node.parent.parent))
  );

/** Where a file declares what can be a type, by name. */
const typeDeclarations = memoize((file: ts.SourceFile): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>();
  walk(file, (at) => {
    const name = isTypeDeclaration(at) ? at.name?.text : undefined;
    if (name !== undefined) append(found, name, at.pos);
    return true;
  });
  return found;
});

type TypeDeclaration = ts.Node & { readonly name?: ts.Identifier };

function isTypeDeclaration(node: ts.Node): node is TypeDeclaration {
  return (
    api.isImportSpecifier(node) ||
    api.isImportClause(node) ||
    api.isNamespaceImport(node) ||
    api.isImportEqualsDeclaration(node) ||
    api.isInterfaceDeclaration(node) ||
    api.isTypeAliasDeclaration(node) ||
    api.isTypeParameterDeclaration(node) ||
    api.isClassLike(node) ||
    api.isEnumDeclaration(node) ||
    (api.isModuleDeclaration(node) && api.isIdentifier(node.name)) ||
    ((api.isVariableDeclaration(node) || api.isParameter(node) || api.isBindingElement(node)) &&
      api.isIdentifier(node.name)) ||
    (api.isFunctionDeclaration(node) && node.name !== undefined)
  );
}

function namesIn(node: ts.Node): string[] {
  const names: string[] = [];
  walk(node, (at) => {
    if (api.isIdentifier(at)) names.push(at.text);
    return true;
  });
  return names;
}

/** A member that the class around a function declares as private: only code in the class that knows its type counts as use of it. */
function privateMember(node: ts.Node, within: ts.Node): string | undefined {
  if (!api.isPropertyAccessExpression(node) || !api.isIdentifier(node.name)) return undefined;
  const around = api.findAncestor(within, api.isClassLike);
  const { text } = node.name;
  const member = around && privateMembers(around).get(text);
  if (!member) return undefined;
  const { name } = around;
  if (node.expression.kind === api.SyntaxKind.ThisKeyword) return `this.${text}`;
  return name && `${name.text}${hasModifier(member, api.SyntaxKind.StaticKeyword) ? "" : ".prototype"}.${text}`;
}

/** The members that a class declares as private, by name: the first of each. */
const privateMembers = memoize(({ members }: ts.ClassLikeDeclaration): ReadonlyMap<string, ts.ClassElement> => {
  const found = new Map<string, ts.ClassElement>();
  const isPrivate = (member: ts.Node) => hasModifier(member, api.SyntaxKind.PrivateKeyword);
  const add = (name: ts.Node | undefined, member: ts.ClassElement) => {
    if (name && api.isIdentifier(name) && !found.has(name.text)) found.set(name.text, member);
  };
  for (const member of members) {
    if (isPrivate(member)) add(member.name, member);
    if (api.isConstructorDeclaration(member))
      for (const parameter of member.parameters) if (isPrivate(parameter)) add(parameter.name, member);
  }
  return found;
});
