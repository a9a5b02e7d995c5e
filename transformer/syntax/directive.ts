/** The directives `"use aclose …"` and `"use no aclose"`: where they stand and what they say. */

import type ts from "typescript";
import {
  contradictingDirectives,
  contradictingDirectiveWords,
  type Diagnostic,
  directiveOnOtherFunction,
  misplacedDirective,
  misspeltDirective,
  unknownDirectiveWord,
} from "../diagnostics.js";
import { api } from "../typescript.js";
import { isAsyncGenerator, isFunctionBoundary } from "./functions.js";
import { isDirective } from "./prologue.js";
import { walkToMatches } from "./walk.js";

const knownWords = ["spec", "fused", "interrupt", "queue"] as const;
export type DirectiveWord = (typeof knownWords)[number];

export interface Directive {
  readonly node: ts.ExpressionStatement;
  readonly optsIn: boolean;
  readonly words: readonly DirectiveWord[];
}

export interface Directives {
  /** The directives of each prologue, by the file or function body. */
  readonly byOwner: ReadonlyMap<ts.Node, readonly Directive[]>;
  readonly diagnostics: readonly Diagnostic[];
}

const contradictions = [
  ["spec", "fused"],
  ["interrupt", "queue"],
] as const;

/** What every directive looks like, also misspelt, wherever it stands: a file without it has none and need not be parsed. */
export const directivePattern = /["']\s*[Uu]se[\s_-]*(?:[Nn]o[\s_-]*)?(?:aclose|[AaCcEeLlOoSsZz]{4,8}\b)/;

export function findDirectives(file: ts.SourceFile): Directives {
  const byOwner = new Map<ts.Node, Directive[]>();
  const diagnostics: Diagnostic[] = [];
  const placeOf = (node: ts.Node) => ({
    fileName: file.fileName,
    text: file.text,
    start: node.getStart(),
    length: node.end - node.getStart(),
  });
  const record = (directive: Directive) => {
    const { node } = directive;
    const owner = prologueOwner(node);
    if (!owner) return void diagnostics.push(misplacedDirective.at(placeOf(node)));
    checkWords(directive, placeOf(node), diagnostics);
    const others = byOwner.get(owner) ?? [];
    if (others.some((other) => other.optsIn !== directive.optsIn))
      diagnostics.push(contradictingDirectives.at(placeOf(node)));
    byOwner.set(owner, [...others, directive]);
    const { parent } = owner;
    if (directive.optsIn && api.isBlock(owner) && !isAsyncGenerator(parent))
      diagnostics.push(directiveOnOtherFunction.at(placeOf(node), kindOf(parent)));
  };
  walkToMatches(file, new RegExp(directivePattern, "g"), (node) => {
    const text = textOf(node);
    if (!text) return;
    const said = parse(text);
    const written = asWritten(text);
    const meant = said ? undefined : nearTo(written);
    if (!api.isExpressionStatement(node)) {
      if (said) diagnostics.push(misplacedDirective.at(placeOf(node)));
    } else if (said) record({ node, ...said });
    else if (meant && prologueOwner(node)) diagnostics.push(misspeltDirective.at(placeOf(node), written, meant));
  });
  return { byOwner, diagnostics };
}

/** Whether the innermost function around a node that has a directive wants nothing in it to be rewritten. */
export function isOptedOut(node: ts.Node, { byOwner }: Directives): boolean {
  for (let at = node.parent; !api.isSourceFile(at); at = at.parent) {
    const own = byOwner.get(at);
    if (own) return !own.some((directive) => directive.optsIn);
  }
  return false;
}

/** ECMAScript too knows no directive with escapes in it. */
function asWritten(text: ts.StringLiteral): string {
  return text.getText().slice(1, -1);
}

/** What may be meant as a directive: a statement, or a field with no more than a name, which it is in the body of a class. */
function textOf(node: ts.Node): ts.StringLiteral | undefined {
  const text = api.isExpressionStatement(node)
    ? node.expression
    : api.isPropertyDeclaration(node) && !node.initializer && !node.type
      ? node.name
      : undefined;
  return text && api.isStringLiteral(text) ? text : undefined;
}

function parse(text: ts.StringLiteral): Omit<Directive, "node"> | undefined {
  // A sign is a word too, and none that exists: with a comma behind it the directive would do nothing, and nobody would know.
  const words = asWritten(text).match(/[\p{ID_Continue}$-]+|[^\p{ID_Continue}$\s-]+/gu) ?? [];
  if (words[0] !== "use") return undefined;
  if (words[1] === "aclose") return { optsIn: true, words: words.slice(2) as DirectiveWord[] };
  if (words[1] === "no" && words[2] === "aclose") return { optsIn: false, words: words.slice(3) as DirectiveWord[] };
  return undefined;
}

/** The directive that a text nearly is, but is not. */
function nearTo(text: string): string | undefined {
  const [, no, word] = /^\s*use[\s_-]*(no[\s_-]*)?([a-z]+)/.exec(text.toLowerCase()) ?? [];
  if (word === undefined || !(word.startsWith("aclose") || isNear(word, "aclose", 2))) return undefined;
  return no === undefined ? "use aclose" : "use no aclose";
}

/** Whether so many letters, changed, added or left out, make one of the other. */
function isNear(one: string, other: string, letters: number): boolean {
  if (one === "" || other === "") return one.length + other.length <= letters;
  const [left, right] = [one.slice(1), other.slice(1)];
  if (one[0] === other[0]) return isNear(left, right, letters);
  return (
    letters > 0 &&
    [[left, right] as const, [left, other] as const, [one, right] as const].some((rest) => isNear(...rest, letters - 1))
  );
}

/** A directive that is neither ECMAScript's nor this compiler's: a tool takes the functions that have it out of their place. */
export function foreignDirective({ statements }: ts.Block): string | undefined {
  for (const statement of statements) {
    if (!isDirective(statement)) return undefined;
    const { text } = statement.expression;
    if (/^use (?!strict$|asm$)/.test(text) && !parse(statement.expression)) return text;
  }
  return undefined;
}

function checkWords(
  { words, optsIn }: Directive,
  place: Parameters<typeof unknownDirectiveWord.at>[0],
  diagnostics: Diagnostic[],
): void {
  const [name, known] = optsIn ? ["use aclose", knownWords.join(", ")] : ["use no aclose", "none"];
  for (const word of words)
    if (!optsIn || !knownWords.includes(word)) diagnostics.push(unknownDirectiveWord.at(place, word, name, known));
  for (const [one, other] of contradictions)
    if (words.includes(one) && words.includes(other))
      diagnostics.push(contradictingDirectiveWords.at(place, one, other));
}

/** The file or function body whose prologue a statement is in. */
function prologueOwner(node: ts.ExpressionStatement): ts.SourceFile | ts.Block | undefined {
  const { parent } = node;
  const isBody =
    api.isSourceFile(parent) ||
    (api.isBlock(parent) && isFunctionBoundary(parent.parent) && !api.isClassStaticBlockDeclaration(parent.parent));
  if (!isBody) return undefined;
  for (const statement of parent.statements) {
    if (statement === node) return parent;
    if (!isDirective(statement)) return undefined;
  }
  return undefined;
}

function kindOf(node: ts.Node): string {
  if (api.isArrowFunction(node)) return "an arrow function";
  if (api.isMethodDeclaration(node)) return "a method";
  if (api.isConstructorDeclaration(node)) return "a constructor";
  if (api.isAccessor(node)) return "an accessor";
  return "a function";
}
