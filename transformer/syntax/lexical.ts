/** What a function body takes from around it other than variables: `this`, `arguments`, `super`, private names. */

import type ts from "typescript";
import { api } from "../typescript.js";
import type { Bindings } from "./bindings.js";
import { type AsyncGenerator, bindsThis, isTypeOnly } from "./functions.js";
import { isScopedList } from "./statement-list.js";
import { isUsing } from "./suspension.js";
import { contains, Matches, walkWith } from "./walk.js";

export interface LexicalUses {
  readonly usesThis: boolean;
  readonly usesArguments: boolean;
  readonly usesSuper: boolean;
  readonly usesPrivateNames: boolean;
  /** A direct `eval`: may name any variable. */
  readonly usesEval: boolean;
  readonly usesWith: boolean;
  /** What the parser takes for a declaration where none of its kind can stand. */
  readonly misplaced?: string;
}

export function lexicalUses(node: AsyncGenerator, bindings: Bindings): LexicalUses {
  const uses = {
    usesThis: false,
    usesArguments: false,
    usesSuper: false,
    usesPrivateNames: false,
    usesEval: false,
    usesWith: false,
    misplaced: undefined as string | undefined,
  };
  const signs = new Matches(node, /\b(?:this|arguments|super|eval|with|let|const|using)\b|#|\\u/g);
  const visit = (at: ts.Node, isOuterOwn: boolean): boolean | undefined => {
    if (!signs.areIn(at) || isTypeOnly(at)) return undefined;
    const isOwn = isOuterOwn && keepsThis(at.parent, at);
    if (api.isPrivateIdentifier(at)) uses.usesPrivateNames = true;
    if (isDirectEval(at)) uses.usesEval = true;
    if (api.isWithStatement(at)) uses.usesWith = true;
    uses.misplaced ??= misplacedDeclaration(at);
    if (isOwn) {
      if (at.kind === api.SyntaxKind.ThisKeyword) uses.usesThis = true;
      if (at.kind === api.SyntaxKind.SuperKeyword) uses.usesSuper = true;
      if (isArguments(at, bindings)) uses.usesArguments = true;
    }
    return isOwn;
  };
  for (const statement of node.body.statements) walkWith(statement, true, visit);
  for (const parameter of node.parameters) if (contains(parameter, isDirectEval)) uses.usesEval = true;
  return uses;
}

/** Whether `this` in a child of `parent` is that of `parent`. */
export function keepsThis(parent: ts.Node, child: ts.Node): boolean {
  if (bindsThis(parent)) return (parent as ts.NamedDeclaration).name === child || api.isDecorator(child);
  if (api.isPropertyDeclaration(parent)) return parent.initializer !== child;
  return true;
}

/** The arguments object, and not a variable or property of that name. */
export function isArguments(node: ts.Node, bindings: Bindings): node is ts.Identifier {
  return (
    api.isIdentifier(node) && node.text === "arguments" && bindings.isReference(node) && !bindings.variableOf(node)
  );
}

function misplacedDeclaration(node: ts.Node): string | undefined {
  if (!api.isVariableStatement(node) || !(node.declarationList.flags & api.NodeFlags.BlockScoped)) return undefined;
  const { parent } = node;
  // TypeScript 5 takes it; ECMAScript does not, so it has no meaning to keep.
  if (api.isCaseOrDefaultClause(parent))
    return isUsing(node.declarationList) ? "a using declaration directly in a case" : undefined;
  return isScopedList(parent) ? undefined : "a variable called let";
}

export function isDirectEval(node: ts.Node): boolean {
  return (
    api.isCallExpression(node) &&
    api.isIdentifier(node.expression) &&
    node.expression.text === "eval" &&
    !node.questionDotToken
  );
}
