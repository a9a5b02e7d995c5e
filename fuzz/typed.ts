/** The same program in TypeScript: types wherever they may stand, and between statements what only TypeScript has. */

import ts from "typescript";
import type { Random } from "./random.js";
import { declarations, decorate, decorated, types } from "./typed-texts.js";

/** What is put in after something comes before what is put in before the next; otherwise in the order of coming. */
interface Insertion {
  readonly at: number;
  readonly text: string;
  readonly isBefore: boolean;
}

interface Typing {
  readonly file: ts.SourceFile;
  readonly random: Random;
  readonly insertions: Insertion[];
  names: number;
}

const before = ({ insertions }: Typing, at: number, text: string): void =>
  void insertions.push({ at, text, isBefore: true });
const after = ({ insertions }: Typing, at: number, text: string): void =>
  void insertions.push({ at, text, isBefore: false });

const tokenOf = ({ file }: Typing, node: ts.Node, kind: ts.SyntaxKind): ts.Node | undefined =>
  node.getChildren(file).find((each) => each.kind === kind);

/** Whether an expression stands where a value or a target is meant, and no name. */
function isOperand(node: ts.Node): node is ts.Expression {
  const { parent } = node;
  if (!ts.isExpression(node) || ts.isPrivateIdentifier(node) || ts.isOmittedExpression(node)) return false;
  if (ts.isSpreadElement(node) || ts.isExpressionWithTypeArguments(node)) return false;
  if (node.kind === ts.SyntaxKind.SuperKeyword || ts.isExpressionStatement(parent)) return false;
  if ("name" in parent && parent.name === node) return false;
  if ("label" in parent && parent.label === node) return false;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false;
  return !(ts.isTaggedTemplateExpression(parent) && parent.template === node);
}

/** Whether the expression is assigned to, or a part of a pattern that is. */
function isTarget(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return parent.left === node;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node;
  if (ts.isPropertyAssignment(parent) || ts.isSpreadAssignment(parent)) return isTarget(parent.parent);
  return (ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent)) && isTarget(parent);
}

/** Whether it is a reference for what stands around it. */
const isChanged = (node: ts.Node): boolean =>
  isTarget(node) ||
  ts.isPrefixUnaryExpression(node.parent) ||
  ts.isPostfixUnaryExpression(node.parent) ||
  (ts.isBinaryExpression(node.parent) && node.parent.left === node);

/** Patterns, and targets with a default, are no expressions: only what is in them is. */
const isPattern = (node: ts.Node): boolean =>
  (ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node) || ts.isBinaryExpression(node)) &&
  isTarget(node);

const isPostfix = (node: ts.Node): boolean =>
  ts.isIdentifier(node) ||
  ts.isPropertyAccessExpression(node) ||
  ts.isElementAccessExpression(node) ||
  ts.isCallExpression(node) ||
  ts.isParenthesizedExpression(node) ||
  node.kind === ts.SyntaxKind.ThisKeyword;

const operatorBefore = ({ parent }: ts.Node): string =>
  ts.isBinaryExpression(parent) ? parent.operatorToken.getText() : "";

function typeExpression(typing: Typing, node: ts.Expression): (() => void) | undefined {
  const { random, file } = typing;
  if (isPattern(node) || !random.chance(0.15)) return undefined;
  const wrap = (open: string, close: string) => {
    if (open) before(typing, node.getStart(file), open);
    return () => after(typing, node.getEnd(), close);
  };
  const type = random.pick(types);
  if (isPostfix(node) && random.chance(0.5)) {
    if (random.chance(0.7)) return wrap("", random.pick(["!", "!!"]));
    return isChanged(node) ? undefined : wrap("(", "<any>)");
  }
  if (isTarget(node)) return wrap("(", ` as ${type})`);
  return random.weighted([
    [3, () => wrap("((", `) as ${type})`)],
    [1, () => wrap("((", `) satisfies ${type} as any)`)],
    // TypeScript takes `a < (<T>b)` and `a << (<T>b)` for the beginning of type arguments.
    [/^<+$/.test(operatorBefore(node)) ? 0 : 1, () => wrap(`(<${type}>(`, "))")],
  ])();
}

function typeArguments(typing: Typing, node: ts.Node): void {
  if (!typing.random.chance(0.15)) return;
  if (ts.isTaggedTemplateExpression(node)) before(typing, node.template.getStart(typing.file), "<any>");
  else if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const paren = tokenOf(typing, node, ts.SyntaxKind.OpenParenToken);
    if (paren && node.expression.kind !== ts.SyntaxKind.SuperKeyword)
      before(typing, paren.getStart(typing.file), "<any>");
  }
}

function typeVariable(typing: Typing, node: ts.VariableDeclaration | ts.ParameterDeclaration): void {
  const { random } = typing;
  if (!random.chance(0.4)) return;
  const { parent, name, initializer } = node;
  const at = name.getEnd();
  const type = random.pick(types);
  const isPlain = ts.isIdentifier(name) && !initializer;
  if (ts.isParameter(node)) {
    const mayMiss = isPlain && !node.dotDotDotToken && !ts.isAccessor(parent) && random.chance(0.5);
    after(typing, at, `${mayMiss ? "?" : ""}: ${type}`);
  } else if (ts.isCatchClause(parent)) after(typing, at, random.pick([": any", ": unknown"]));
  else if (ts.isForOfStatement(parent.parent) || ts.isForInStatement(parent.parent)) return;
  else {
    const isLet = isPlain && ts.isVariableStatement(parent.parent);
    after(typing, at, `${isLet && random.chance(0.5) ? "!" : ""}: ${type}`);
  }
}

function typeFunction(typing: Typing, node: ts.SignatureDeclaration): void {
  const { random, file } = typing;
  const open = tokenOf(typing, node, ts.SyntaxKind.OpenParenToken);
  const close = tokenOf(typing, node, ts.SyntaxKind.CloseParenToken);
  if (!open || !close) return;
  const isPlain = !ts.isAccessor(node) && !ts.isConstructorDeclaration(node);
  if (isPlain && random.chance(0.2))
    before(typing, open.getStart(file), random.pick(["<T,>", "<const T, U extends T = T>"]));
  if (isPlain && !ts.isArrowFunction(node) && random.chance(0.2))
    after(typing, open.getEnd(), node.parameters.length ? "this: any, " : "this: any");
  for (const parameter of node.parameters) typeVariable(typing, parameter);
  if (!ts.isConstructorDeclaration(node) && !ts.isSetAccessor(node) && random.chance(0.4))
    after(typing, close.getEnd(), `: ${random.pick(types)}`);
  // TypeScript leaves overloads out, with what their keys do.
  const isMember =
    ts.isMethodDeclaration(node) &&
    ts.isClassLike(node.parent) &&
    (ts.isIdentifier(node.name) || (ts.isComputedPropertyName(node.name) && !suspends(node.name)));
  const isStatement = ts.isFunctionDeclaration(node) && "statements" in node.parent;
  if ((!isMember && !isStatement) || !random.chance(0.2)) return;
  const isStatic = ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static;
  const head = isMember ? (isStatic ? "static " : "") : "function ";
  before(typing, node.getStart(file), `${head}${node.name!.getText(file)}(...a: any[]): any;\n`);
}

const suspends = (node: ts.Node): boolean => /\b(await|yield)\b/.test(node.getText());

/** TypeScript puts a decorated class in an arrow function, where it leaves an `await` or `yield` of its heritage or keys as it is. */
function isDecorable({ heritageClauses, members }: ts.ClassLikeDeclaration): boolean {
  const keys = members.flatMap(({ name }) => (name && ts.isComputedPropertyName(name) ? [name] : []));
  return [...(heritageClauses ?? []), ...keys].every((each) => !suspends(each));
}

function typeClass(typing: Typing, node: ts.ClassLikeDeclaration): void {
  const { random, file } = typing;
  const open = tokenOf(typing, node, ts.SyntaxKind.OpenBraceToken)!;
  const isAbstract = ts.isClassDeclaration(node) && random.chance(0.3);
  if (isDecorable(node) && random.chance(0.1)) before(typing, node.getStart(file), `${decorate(random)} `);
  if (isAbstract) before(typing, node.getStart(file), "abstract ");
  if (random.chance(0.3)) after(typing, node.name?.getEnd() ?? node.getStart(file) + "class".length, "<T = any>");
  if (random.chance(0.2)) before(typing, open.getStart(file), " implements Iterable<any>, PromiseLike<1> ");
  if (random.chance(0.3))
    after(typing, open.getEnd(), ` declare none: any; readonly [key: string]: any; declare [log("declared")]: any; `);
  if (isAbstract)
    after(
      typing,
      open.getEnd(),
      ` abstract missing(): void; protected abstract readonly gone: any; abstract [log("abstract")](): void; `,
    );
}

function typeMember(typing: Typing, node: ts.ClassElement): void {
  const { random, file } = typing;
  if (!node.name || ts.isPrivateIdentifier(node.name)) return;
  if (isDecorable(node.parent as ts.ClassLikeDeclaration) && random.chance(0.05))
    before(typing, node.getStart(file), `${decorate(random)} `);
  if (random.chance(0.2)) before(typing, node.getStart(file), random.pick(["public ", "protected ", "private "]));
  if (!ts.isPropertyDeclaration(node)) return;
  if (random.chance(0.2)) before(typing, node.name.getStart(file), "readonly ");
  if (random.chance(0.4)) after(typing, node.name.getEnd(), `${random.pick(["", "?"])}: ${random.pick(types)}`);
}

function typeStatements(typing: Typing, statements: readonly ts.Statement[], isTop: boolean): void {
  const { random, file } = typing;
  for (const statement of statements) {
    const isDirective = ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
    if (isDirective || !random.chance(0.08)) continue;
    const name = `T${typing.names++}`;
    before(typing, statement.getStart(file), `${declarations(random, isTop).replace(/\bN\b/g, name)}\n`);
  }
}

function visit(typing: Typing, node: ts.Node): void {
  const end = isOperand(node) ? typeExpression(typing, node) : undefined;
  if (ts.isBlock(node) || ts.isSourceFile(node) || ts.isCaseOrDefaultClause(node))
    typeStatements(typing, node.statements, ts.isSourceFile(node));
  if (ts.isClassElement(node) && ts.isClassLike(node.parent)) typeMember(typing, node);
  if (ts.isClassLike(node)) typeClass(typing, node);
  if (ts.isFunctionLike(node)) typeFunction(typing, node);
  if (ts.isVariableDeclaration(node)) typeVariable(typing, node);
  typeArguments(typing, node);
  ts.forEachChild(node, (child) => visit(typing, child));
  if (ts.isExpressionWithTypeArguments(node) && ts.isIdentifier(node.expression) && typing.random.chance(0.3))
    after(typing, node.getEnd(), "<any>");
  end?.();
}

export function typed(source: string, random: Random): string {
  const file = ts.createSourceFile("program.js", source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const typing: Typing = { file, random, insertions: [], names: 0 };
  visit(typing, file);
  const sorted = typing.insertions.sort((a, b) => a.at - b.at || Number(a.isBefore) - Number(b.isBefore));
  let text = "";
  let from = 0;
  for (const { at, text: inserted } of sorted) {
    text += source.slice(from, at) + inserted;
    from = at;
  }
  return text + source.slice(from) + decorated;
}
