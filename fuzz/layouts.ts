/** The same program as it comes out of a minifier, as it is without semicolons, and with the names that compiled code has. */

import { transform } from "esbuild";
import ts from "typescript";
import { withJsx } from "./jsx.js";
import { type Random, randomFrom } from "./random.js";
import { typed } from "./typed.js";

type LayOut = (source: string, random: Random) => string | Promise<string>;

const minified: LayOut = async (source) =>
  (await transform(source, { minify: true, target: "esnext", logLevel: "silent" })).code;

const parse = (source: string): ts.SourceFile =>
  ts.createSourceFile("program.js", source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);

/** What would go on with the line before it. */
const CONTINUES = /^[([`+\-/*]/;

/** Ends statements and fields with their lines. A semicolon begins those that would continue the line before them. */
function bare(source: string): string {
  const ends = new Set<number>();
  const visit = (node: ts.Node): void => {
    const ended = (ts.isStatement(node) && !ts.isEmptyStatement(node)) || ts.isPropertyDeclaration(node);
    if (ended && node.getLastToken()?.kind === ts.SyntaxKind.SemicolonToken) ends.add(node.getEnd());
    ts.forEachChild(node, visit);
  };
  visit(parse(source));
  let text = "";
  let from = 0;
  for (const end of [...ends].sort((a, b) => a - b)) {
    text += `${source.slice(from, end - 1)}\n`;
    from = end + source.slice(end).search(/\S|$/);
    if (CONTINUES.test(source.slice(from))) text += ";";
  }
  return text + source.slice(from);
}

/**
 * Names that emitted code uses, and names that are hard to read. Of some there are several spellings. None that a program
 * calls its generator by: it would call itself.
 */
const names = String.raw`
  v s $ r c t i $$ $1 v$1 v$2 s$1 $state $mode $op $value $operand $operand$1 $operand$2 $scope $scope$1 $key $loop $reader
  $completion $result $caught $iterator $item $callee $object $aclose $aclose$1 $return callee args self$ core home
  target step vars create loop reader error item of async get set state op then next done value shell fused$
  body$ body$step body$vars body$1 main$ host$ ab|\u0061b é|\u00e9|\u{e9} $a|\u0024a 𠮷|\u{20bb7} a\u200c`;
const spellings = names
  .trim()
  .split(/\s+/)
  .map((name) => name.split("|"));

/** A name that the generator has made up, where it is no member and does not begin or end a string. */
const MADE_UP = /(?<![\w$"'#]|(?<!\.\.)\.)[vpgbsuCfol]\d+(?![\w$"'])/g;

function renamed(source: string, random: Random): string {
  const free = [...spellings];
  const chosen = new Map<string, readonly string[]>();
  const spellingsOf = (name: string): readonly string[] => {
    if (!chosen.has(name)) chosen.set(name, free.splice(random.below(free.length), 1)[0] ?? [name]);
    return chosen.get(name)!;
  };
  return source.replace(MADE_UP, (name) => random.pick(spellingsOf(name)));
}

/** Where a line end would end the statement, or make other tokens of these. */
const stays = ({ kind, parent }: ts.Node): boolean =>
  kind === ts.SyntaxKind.EqualsGreaterThanToken ||
  ((kind === ts.SyntaxKind.PlusPlusToken || kind === ts.SyntaxKind.MinusMinusToken) &&
    ts.isPostfixUnaryExpression(parent));
const keeps = ({ kind, parent }: ts.Node): boolean =>
  [
    ts.SyntaxKind.YieldKeyword,
    ts.SyntaxKind.ReturnKeyword,
    ts.SyntaxKind.ThrowKeyword,
    ts.SyntaxKind.BreakKeyword,
    ts.SyntaxKind.ContinueKeyword,
    ts.SyntaxKind.AsyncKeyword,
    ts.SyntaxKind.UsingKeyword,
  ].includes(kind) ||
  (kind === ts.SyntaxKind.AwaitKeyword && ts.isVariableDeclarationList(parent));

const betweenTokens = ["\n", "\n", " /* c */ ", " // c\n", "/* c\n */", "\n// (\n"];

function tokensOf(file: ts.SourceFile): ts.Node[] {
  const tokens: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(file);
    if (children.length) for (const child of children) visit(child);
    else if (node.getWidth(file)) tokens.push(node);
  };
  visit(file);
  return tokens;
}

/** Comments and line ends between any two tokens that may have them. */
function scattered(source: string, random: Random): string {
  const file = parse(source);
  const tokens = tokensOf(file);
  let text = source.slice(0, tokens[0]?.getStart(file));
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    text += source.slice(token.getStart(file), next?.getStart(file));
    if (next && random.chance(0.12)) text += keeps(token) || stays(next) ? " /* c */ " : random.pick(betweenTokens);
  }
  return text;
}

const spaces = [" ", "\t", "\v", "\f", "\u00a0", "\ufeff", "\u2003", "\u3000"];
const lineEnds = ["\r\n", "\r", "\u2028", "\u2029", "\n"];
const inStrings = [...lineEnds.map((end) => `\\${end}`), "\u2028", "\u2029", "\t", "𝒳"];
const inTemplates = [...inStrings, ...lineEnds];

/** Modules, and what the generator has made a name for: by that is known what an engine gets wrong. */
const NAMED = /^(?:[a-z]\d+|\.\/\w+|library)$/;

const isText = (node: ts.Node): boolean =>
  ts.isStringLiteral(node) &&
  !NAMED.test(node.text) &&
  !ts.isExpressionStatement(node.parent) &&
  !ts.isImportOrExportSpecifier(node.parent);

/** Scattered too, with every line end and space that there is, also in strings. */
function spaced(source: string, random: Random): string {
  const text = scattered(source, random);
  const file = parse(text);
  const ends = random.pick([lineEnds, ...lineEnds.map((end) => [end])]);
  let from = 0;
  let result = "";
  for (const token of [...tokensOf(file), file.endOfFileToken]) {
    const [start, end] = [token.getStart(file), token.getEnd()];
    result += text
      .slice(from, start)
      .replace(/ /g, () => random.pick(spaces))
      .replace(/\n/g, () => random.pick(ends));
    const additions = isText(token) ? inStrings : ts.isTemplateLiteralToken(token) ? inTemplates : [];
    const added = additions.length && random.chance(0.15) ? random.pick(additions) : "";
    result += text[start] ?? "";
    result += added + text.slice(start + 1, end);
    from = end;
  }
  return result;
}

const layouts = {
  source: (source: string) => source,
  minified,
  bare,
  renamed,
  scattered,
  spaced,
  typed,
  jsx: withJsx,
} satisfies Record<string, LayOut>;
export type Layout = keyof typeof layouts;
export const layoutNames = Object.keys(layouts) as Layout[];

/** The same every time for a program. One that esbuild cannot read, as a `continue` to the first of two labels, stays as it is. */
export async function layOut(source: string, layout: Layout): Promise<string> {
  try {
    return await layouts[layout](source, randomFrom(source.length, 0));
  } catch {
    return source;
  }
}
