/**
 * Output text → the host's tree. The output is parsed with the host's TypeScript; wherever a node of it is a verbatim
 * piece of the source, the host's own original node is put back, with everything the checker knows about it: import
 * elision, constant enum values, decorator metadata, CommonJS export rewriting. All other nodes become *synthesized*
 * nodes, which the later transformers take as they are.
 *
 * The nodes of the parsed tree are changed in place: nobody else holds that tree, and `visitEachChild` would leave
 * nodes that claim to be parsed (`getParseTreeNode`) from a file that the checker never saw.
 */

import type ts from "typescript";
import type { Chunk } from "./chunk.js";
import { GraftComments, type Taken } from "./graft-comments.js";
import { Provenance } from "./provenance.js";
import { textOf } from "./serialize.js";

type TypeScript = typeof ts;
/** A node as a record of its properties, to replace children without knowing the kind. */
type Mutable = { -readonly [K in keyof ts.Node]: ts.Node[K] } & Record<string, unknown>;

/** Properties that lead out of the tree or that only a parsed file has. */
const notChildren = new Set(["parent", "original", "jsDoc", "emitNode", "symbol", "locals", "flowNode", "localSymbol"]);
const nothingTaken: Taken = { leading: -1, trailing: -1 };

/**
 * `original` as it is after compilation. A module stays a module; `original` is left as it is, but for emit flags on
 * nodes that were put back.
 */
export function graft(ts: TypeScript, original: ts.SourceFile, chunks: readonly Chunk[]): ts.SourceFile {
  return new Graft(ts, original, chunks).run();
}

class Graft {
  private readonly output: string;
  private readonly provenance: Provenance;
  private readonly comments: GraftComments;
  private readonly originals = new Map<number, ts.Node[]>();
  private readonly used = new Set<ts.Node>();
  private readonly parsed: ts.SourceFile;

  constructor(
    private readonly ts: TypeScript,
    private readonly original: ts.SourceFile,
    chunks: readonly Chunk[],
  ) {
    this.output = textOf(chunks);
    this.provenance = new Provenance(chunks);
    this.comments = new GraftComments(ts, this.output, original.text);
    this.parsed = parseLike(ts, original, this.output);
    // A file that an earlier transformer changed has nodes without positions; none of it is verbatim then.
    if (chunks.some(({ start }) => start >= 0)) this.index(original);
  }

  run(): ts.SourceFile {
    const { ts, original, parsed } = this;
    const { end } = parsed.statements;
    const statements = parsed.statements.map((statement) => this.node(statement, nothingTaken) as ts.Statement);
    const sameEnd = this.comments.settleEndOfFile(statements.at(-1), end, original.statements.end);
    const list = ts.factory.createNodeArray(statements);
    ts.setTextRange(list, { pos: original.statements.pos, end: sameEnd ? original.statements.end : -1 });
    return ts.factory.updateSourceFile(original, list);
  }

  private index(node: ts.Node): void {
    this.ts.forEachChild(node, (child) => {
      const start = child.getStart(this.original);
      const here = this.originals.get(start);
      if (here) here.push(child);
      else this.originals.set(start, [child]);
      this.index(child);
    });
  }

  /** The node to put where the parsed `node` is. */
  private node(node: ts.Node, taken: Taken): ts.Node {
    const start = node.getStart(this.parsed);
    const from = this.provenance.verbatim(start, node.end);
    const same = from < 0 ? undefined : this.find(from, node.kind, from + (node.end - start));
    if (same && !this.used.has(same)) {
      this.used.add(same);
      this.comments.settle(same, node, same, taken);
      return same;
    }
    return this.synthesize(node, start, same, taken);
  }

  private find(start: number, kind: ts.SyntaxKind, end: number): ts.Node | undefined {
    return this.originals.get(start)?.find((node) => node.kind === kind && node.end === end);
  }

  private synthesize(node: ts.Node, start: number, same: ts.Node | undefined, taken: Taken): ts.Node {
    const { ts, provenance } = this;
    const at = { pos: node.pos, end: node.end };
    const range = { pos: provenance.origin(start), end: provenance.end(node.end) };
    this.children(node as Mutable, { leading: at.pos, trailing: at.end });
    const mutable = node as Mutable;
    mutable.flags |= ts.NodeFlags.Synthesized;
    mutable.parent = undefined as unknown as ts.Node;
    ts.setTextRange(node, { pos: -1, end: -1 });
    delete mutable.jsDoc;
    const original = same ?? this.originalOf(node, range.pos);
    if (original) ts.setOriginalNode(node, original);
    if (range.pos >= 0 || range.end >= 0) ts.setSourceMapRange(node, range);
    const trivia = { pos: provenance.verbatim(at.pos, start), end: range.end };
    this.comments.settle(node, at, trivia, taken);
    return node;
  }

  private children(node: Mutable, taken: Taken): void {
    for (const [key, value] of Object.entries(node)) {
      if (notChildren.has(key)) continue;
      if (isNode(value)) node[key] = this.node(value, taken);
      else if (this.isNodeArray(value)) this.list(value, taken);
    }
  }

  private list(list: ts.NodeArray<ts.Node>, taken: Taken): void {
    const { ts } = this;
    const { pos, end } = list;
    const outer = { pos: list[0]?.pos ?? -1, end: list.at(-1)?.end ?? -1 };
    const items = list as unknown as ts.Node[];
    for (const [index, item] of list.entries()) items[index] = this.node(item, taken);
    ts.setTextRange(list, { pos: -1, end: -1 });
    const first = items[0];
    const last = items.at(-1);
    if (!first || !last || !(ts.isStatement(first) || ts.isClassElement(first))) return;
    this.comments.settleList({ pos, end }, [first, outer.pos], [last, outer.end]);
  }

  private isNodeArray(value: unknown): value is ts.NodeArray<ts.Node> {
    return Array.isArray(value) && "pos" in value && isNode(value[0] ?? { kind: 0, pos: 0 });
  }

  /** The declaration that a synthesized one stands for: a class with one rewritten method still is that class. */
  private originalOf(node: ts.Node, start: number): ts.Node | undefined {
    const { ts } = this;
    if (ts.isIdentifier(node)) {
      const same = this.originals.get(start)?.find(ts.isIdentifier);
      return same?.text === node.text ? same : undefined;
    }
    if (ts.isJsxOpeningLikeElement(node) || ts.isJsxOpeningFragment(node)) {
      // The JSX transformer looks for the factory's name in the scope of this node's original; any will do.
      return this.originals.get(start)?.find(({ kind }) => kind === node.kind) ?? this.original;
    }
    if (!isDeclarationLike(ts, node)) return undefined;
    const { name } = node as ts.NamedDeclaration;
    if (name && this.used.has(name) && name.parent?.kind === node.kind) return name.parent;
    // Not with another name: TypeScript would go on to use the name of the original.
    return this.originals.get(start)?.find((each) => each.kind === node.kind && nameOf(each) === nameOf(node));
  }
}

function nameOf(node: ts.Node): string | undefined {
  const { name } = node as { name?: { text?: string } };
  return name?.text;
}

function isNode(value: unknown): value is ts.Node {
  return typeof value === "object" && value !== null && "kind" in value && "pos" in value;
}

function isDeclarationLike(ts: TypeScript, node: ts.Node): boolean {
  return (
    ts.isClassLike(node) ||
    ts.isFunctionLike(node) ||
    ts.isVariableStatement(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isModuleBlock(node) ||
    ts.isExportAssignment(node)
  );
}

function parseLike(ts: TypeScript, original: ts.SourceFile, text: string): ts.SourceFile {
  const { fileName, languageVersion, impliedNodeFormat } = original;
  const { scriptKind } = original as { scriptKind?: ts.ScriptKind };
  const options: ts.CreateSourceFileOptions = { languageVersion, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  if (impliedNodeFormat !== undefined) options.impliedNodeFormat = impliedNodeFormat;
  const parsed = ts.createSourceFile(fileName, text, options, false, scriptKind);
  const { parseDiagnostics = [] } = parsed as { parseDiagnostics?: readonly ts.Diagnostic[] };
  const [problem] = parseDiagnostics;
  if (problem) {
    const near = text.slice(Math.max(0, (problem.start ?? 0) - 60), (problem.start ?? 0) + 60);
    const message = ts.flattenDiagnosticMessageText(problem.messageText, "\n");
    throw new Error(`aclose, pass "graft": the output for ${fileName} does not parse: ${message} Near: ${near}`);
  }
  return parsed;
}
