/**
 * Output text → the host's tree. The output is parsed with the host's TypeScript; wherever a node of it is a verbatim
 * piece of the source, the host's own original node is put back, with everything the checker knows about it: import
 * elision, constant enum values, decorator metadata, CommonJS export rewriting. All other nodes become *synthesized*
 * nodes, which the later transformers take as they are.
 *
 * Whole statements without anything of the user's are not even parsed: the printer writes them as they are. Most of the output
 * is such text, and to parse, transform and print it as a tree took a fifth of what this plugin adds to a build.
 *
 * The nodes of the parsed tree are changed in place: nobody else holds that tree, and `visitEachChild` would leave
 * nodes that claim to be parsed (`getParseTreeNode`) from a file that the checker never saw.
 */

import type ts from "typescript";
import type { Chunk } from "./chunk.js";
import { faultIn, InvariantError } from "./fault.js";
import { type FullRange, GraftComments } from "./graft-comments.js";
import { isDeclarationLike, isJsx, isRepeated, nameOf, opensJsx } from "./graft-nodes.js";
import { Provenance } from "./provenance.js";
import { firstNotBefore } from "./search.js";
import { textOf } from "./serialize.js";
import { syntaxErrors } from "./syntax/parse.js";
import type { TypeScript } from "./typescript.js";

/** A node as a record of its properties, to replace a child without knowing the kind. */
type Mutable = { -readonly [K in keyof ts.Node]: ts.Node[K] } & Record<string, unknown>;

type Module = ts.SourceFile & { externalModuleIndicator?: ts.Node | true };

const nowhere: FullRange = { pos: -1, end: -1 };

const itself = (node: ts.Node): ts.Node => node;

/**
 * `original` as it is after compilation. A module stays a module; `original` is left as it is, but for emit flags on
 * nodes that were put back.
 */
export function graft(
  ts: TypeScript,
  original: ts.SourceFile,
  chunks: readonly Chunk[],
  options: ts.CompilerOptions,
): ts.SourceFile {
  try {
    return new Graft(ts, original, chunks, options).run();
  } catch (error) {
    throw faultIn(original.fileName, error);
  }
}

/** Whether no later transformer has to see generated statements: older engines need other syntax, and these formats move declarations. */
function keepsGenerated(ts: TypeScript, options: ts.CompilerOptions): boolean {
  const { ModuleKind, ScriptTarget } = ts;
  const { module } = options;
  if (targetOf(ts, options) < ScriptTarget.ES2015) return false;
  return module !== ModuleKind.System && module !== ModuleKind.AMD && module !== ModuleKind.UMD;
}

/** What the host compiles to; its default has changed from version to version. */
function targetOf(ts: TypeScript, options: ts.CompilerOptions): ts.ScriptTarget {
  const { getEmitScriptTarget } = ts as { getEmitScriptTarget?: (options: ts.CompilerOptions) => ts.ScriptTarget };
  return getEmitScriptTarget?.(options) ?? options.target ?? ts.ScriptTarget.ES5;
}

/** The output as it is parsed: with an empty block for each statement that is not. */
interface Reduced {
  readonly chunks: readonly Chunk[];
  /** What is put in the place of the empty blocks, by where these end: statements of the source, and names. */
  readonly kept: ReadonlyMap<number, ts.Node>;
}

class Graft {
  private readonly provenance: Provenance;
  private readonly comments: GraftComments;
  private readonly used = new Set<ts.Node>();
  /** The offset of the source that is looked for. */
  private sought = -1;
  private readonly kept: Reduced["kept"];
  private readonly parsed: ts.SourceFile;
  private readonly synthesized: ts.NodeFlags;
  private readonly lowersClasses: boolean;
  private readonly lowersAsync: boolean;

  constructor(
    private readonly ts: TypeScript,
    private readonly original: ts.SourceFile,
    chunks: readonly Chunk[],
    options: ts.CompilerOptions,
  ) {
    this.synthesized = ts.NodeFlags.Synthesized;
    const target = targetOf(ts, options);
    this.lowersClasses = target < ts.ScriptTarget.ES2022;
    this.lowersAsync = target < ts.ScriptTarget.ES2017;
    const reduced = reduce(ts, original, chunks, options);
    const text = textOf(reduced.chunks);
    this.kept = reduced.kept;
    this.provenance = new Provenance(reduced.chunks);
    this.comments = new GraftComments(ts, text, original.text, this.provenance);
    this.parsed = parseLike(ts, original, text);
  }

  run(): ts.SourceFile {
    const { ts, original, parsed } = this;
    const { end } = parsed.statements;
    const statements = parsed.statements.map((statement) => this.node(statement, nowhere) as ts.Statement);
    for (const node of this.kept.values())
      if (!this.used.has(node)) throw new InvariantError("graft", "a statement is lost");
    const sameEnd = this.comments.settleEndOfFile(statements.at(-1), end, original.statements.end);
    const list = ts.factory.createNodeArray(statements);
    ts.setTextRange(list, { pos: original.statements.pos, end: sameEnd ? original.statements.end : -1 });
    return ts.factory.updateSourceFile(original, list);
  }

  /** The outermost node of the source that starts at an offset and passes the test; none starts at a negative one. */
  private originalAt(start: number, test: (node: ts.Node) => boolean): ts.Node | undefined {
    if (start < 0) return undefined;
    this.sought = start;
    for (
      let at = this.spanningIn(this.original.statements);
      at;
      at = this.ts.forEachChild(at, this.spanning, this.spanningIn)
    )
      if (at.getStart(this.original) === start && test(at)) return at;
    return undefined;
  }

  private readonly endsBefore = ({ end }: ts.Node) => end <= this.sought;
  private readonly spanning = (node: ts.Node) => (node.pos <= this.sought && this.sought < node.end ? node : undefined);
  private readonly spanningIn = (list: readonly ts.Node[]) => {
    const node = list[firstNotBefore(list, this.endsBefore)];
    return node && this.spanning(node);
  };

  /** The node to put where the parsed `node` is. */
  private node(node: ts.Node, outer: FullRange): ts.Node {
    const kept = this.keptAt(node);
    if (kept) return this.putBack(kept, node, outer, false);
    const start = node.getStart(this.parsed);
    if (this.provenance.isGenerated(start, node.end) && this.comments.isWithout(start, node.end))
      return this.detachWhole(node, start, outer);
    const from = this.provenance.verbatim(start, node.end);
    const same = from < 0 ? undefined : this.find(from, node.kind, from + (node.end - start));
    return same && !this.used.has(same) ? this.putBack(same, node, outer) : this.synthesize(node, start, same, outer);
  }

  private putBack(same: ts.Node, node: ts.Node, outer: FullRange, isOperand?: boolean): ts.Node {
    this.used.add(same);
    this.comments.settle(same, node, same, outer, isOperand);
    return same;
  }

  /** What stands in the output where an empty block was parsed. */
  private keptAt(node: ts.Node): ts.Node | undefined {
    return node.kind === this.ts.SyntaxKind.Block ? this.kept.get(node.end) : undefined;
  }

  private find(start: number, kind: ts.SyntaxKind, end: number): ts.Node | undefined {
    return this.originalAt(start, (node) => node.kind === kind && node.end === end);
  }

  private synthesize(node: ts.Node, start: number, same: ts.Node | undefined, outer: FullRange): ts.Node {
    const { ts, provenance } = this;
    const at = { pos: node.pos, end: node.end };
    const range = { pos: provenance.origin(start), end: provenance.end(node.end) };
    let pos = provenance.verbatim(at.pos, start);
    const beginsInside = pos < 0 && this.leftmost(node)?.pos === at.pos;
    this.children(node as Mutable, at);
    const mutable = node as Mutable;
    this.takeOut(mutable);
    // The JSX transformer of `react-jsxdev` writes down the line of this place. No comment belongs to where a token starts.
    if (isJsx(ts, node)) mutable.pos = range.pos >= 0 ? range.pos : this.original.getStart();
    if (mutable.jsDoc) mutable.jsDoc = undefined;
    const original = same ?? this.originalOf(node, range.pos);
    if (original) ts.setOriginalNode(node, original);
    if (this.needsName(node)) mutable.name = ts.factory.getGeneratedNameForNode(node);
    if (range.pos >= 0 || range.end >= 0) ts.setSourceMapRange(node, range);
    // The printer would look for it behind the last statement, in the source.
    if (ts.isBlock(node) && range.end >= 0)
      ts.setTokenSourceMapRange(node, ts.SyntaxKind.CloseBraceToken, { pos: range.end - 1, end: range.end });
    // What a later transformer puts in the place of the node inside has its comments again, but for those that the node around it begins with.
    if (beginsInside) pos = ts.getCommentRange(this.leftmost(node)!).pos;
    // TypeScript copies where these stand to each part of what it makes of them, and comments only to the first.
    const isScattered = ts.isModuleDeclaration(node) || ts.isEnumDeclaration(node);
    this.comments.settle(node, at, isScattered ? nowhere : { pos, end: range.end }, outer);
    return node;
  }

  private leftmost(node: ts.Node): ts.Node | undefined {
    return this.ts.forEachChild(node, itself);
  }

  /** TypeScript lowers the `static {}` block of an anonymous class into statements that name the class, and forgets to name it. */
  private needsName(node: ts.Node): boolean {
    const { ts } = this;
    return (
      this.lowersClasses &&
      ts.isClassDeclaration(node) &&
      !node.name &&
      node.members.some(ts.isClassStaticBlockDeclaration)
    );
  }

  /** Generated text without comments in it: it has no place in the source, and must not claim one. */
  private detachWhole(node: ts.Node, start: number, outer: FullRange): ts.Node {
    const { pos, end } = node;
    this.detach(node);
    // Nothing else of JSX comes here: what is around it has the slash of an end, as a comment would.
    if (opensJsx(this.ts, node)) this.ts.setOriginalNode(node, this.original);
    this.comments.settle(node, { pos, end }, { pos: this.provenance.verbatim(pos, start), end: -1 }, outer);
    return node;
  }

  private readonly detach = (node: ts.Node): void => {
    this.takeOut(node as Mutable);
    this.ts.forEachChild(node, this.detach, this.detachList);
  };

  private readonly detachList = (list: ts.NodeArray<ts.Node>): void => {
    const items = list as unknown as ts.Node[];
    for (let index = 0; index < items.length; index++) {
      const kept = this.keptAt(items[index]!);
      if (kept) this.used.add(kept);
      if (kept) items[index] = kept;
      else this.detach(items[index]!);
    }
    this.ts.setTextRange(list, nowhere);
  };

  /** Makes a node of the parsed tree one that stands nowhere. */
  private takeOut(node: Mutable): void {
    node.flags |= this.synthesized;
    node.pos = -1;
    node.end = -1;
  }

  private children(node: Mutable, outer: FullRange): void {
    this.ts.forEachChild(
      node,
      (child) => {
        const same = this.node(child, outer);
        // Rare: most children are changed in place, and a look at all properties of every node is slow.
        if (same !== child) for (const key in node) if (node[key] === child) node[key] = same;
      },
      (list) => this.list(list, outer),
    );
  }

  private list(list: ts.NodeArray<ts.Node>, outer: FullRange): void {
    const { ts } = this;
    const { pos, end } = list;
    const items = list as unknown as ts.Node[];
    const [head] = items;
    const ownsComments = head !== undefined && (ts.isStatement(head) || ts.isClassElement(head));
    const span = { pos: head?.pos ?? -1, end: items.at(-1)?.end ?? -1 };
    for (let index = 0; index < items.length; index++) items[index] = this.node(items[index]!, outer);
    ts.setTextRange(list, nowhere);
    // The statements of a `case` have no bracket behind them.
    const closing = end === outer.end ? undefined : end;
    if (ownsComments) this.comments.settleList(pos, [items[0]!, span.pos], closing, [items.at(-1)!, span.end]);
  }

  /** The declaration that a synthesized one stands for: a class with one rewritten method still is that class. */
  private originalOf(node: ts.Node, start: number): ts.Node | undefined {
    const { ts } = this;
    if (ts.isIdentifier(node)) {
      const same = this.originalAt(start, ts.isIdentifier) as ts.Identifier | undefined;
      return same?.text === node.text ? same : undefined;
    }
    if (opensJsx(ts, node)) {
      // The JSX transformer looks for the factory's name in the scope of this node's original; any will do.
      return this.originalAt(start, ({ kind }) => kind === node.kind) ?? this.original;
    }
    if (!isDeclarationLike(ts, node)) return undefined;
    const { name } = node as ts.NamedDeclaration;
    if (name && this.used.has(name) && name.parent?.kind === node.kind) return this.asCompiled(name.parent);
    // Not with another name: TypeScript would go on to use the name of the original.
    const original = this.originalAt(start, (each) => each.kind === node.kind && nameOf(each) === nameOf(node));
    return original && this.asCompiled(original);
  }

  /**
   * What a declaration stands for once it is compiled. A class in a loop with lowered static members would have one alias for all rounds,
   * which TypeScript puts in the place of its name wherever the original has that inside. And a method is no generator any more:
   * TypeScript keeps `super` of async methods in a variable where it lowers them, and asks the original whether it has: of a generator it
   * would use the variable, and not declare it.
   */
  private asCompiled(original: ts.Node): ts.Node | undefined {
    const { ts } = this;
    if (ts.isClassDeclaration(original))
      return this.lowersClasses && !ts.getDecorators(original) && isRepeated(ts, original) ? undefined : original;
    if (!ts.isMethodDeclaration(original) || !original.asteriskToken) return original;
    if (!this.lowersAsync) return undefined;
    return Object.create(original, {
      asteriskToken: { value: undefined },
      // What the checker knows about the original, it knows by its number.
      id: { get: () => Reflect.get(original, "id"), set: (id) => void Reflect.set(original, "id", id) },
    }) as ts.Node;
  }
}

/** Leaves out the statements of the file that are in the output whole, and generated ones if the printer alone needs them. */
function reduce(ts: TypeScript, file: ts.SourceFile, chunks: readonly Chunk[], options: ts.CompilerOptions): Reduced {
  const { statements, text } = file;
  const keeps = keepsGenerated(ts, options);
  const newLine = options.newLine === ts.NewLineKind.CarriageReturnLineFeed ? "\r\n" : "\n";
  const reduced: Chunk[] = [];
  const kept = new Map<number, ts.Node>();
  let length = 0;
  const add = (chunk: Chunk) => {
    reduced.push(chunk);
    length += chunk.text.length;
  };
  // A semicolon would be the end of a statement before it that has none.
  const keep = (node: ts.Node) => {
    add({ text: "{}", start: -1 });
    kept.set(length, node);
  };
  const slice = (start: number, end: number) => {
    if (start < end) add({ text: text.slice(start, end), start });
  };
  let code = "";
  let origin = -1;
  const keepCode = () => {
    const text = code.trimEnd();
    if (text === "") return;
    keep(printedAsIs(ts, text, origin, newLine));
    // A comment on the next line does not belong to this one.
    add({ text: code.slice(text.length), start: -1 });
    code = "";
  };
  for (const chunk of chunks) {
    // What stands for nothing goes on with the statement before it.
    if (code !== "" && (chunk.isBetween || (chunk.isWhole && chunk.origin === undefined))) {
      code += chunk.isBetween && options.removeComments ? chunk.text.replace(/ *\/\/.*/g, "") : chunk.text;
      continue;
    }
    keepCode();
    if (chunk.isWhole && keeps) {
      code = chunk.text.trimStart();
      origin = chunk.origin ?? -1;
      add({ text: chunk.text.slice(0, chunk.text.length - code.length), start: -1 });
    } else if (chunk.start >= 0) {
      const end = chunk.start + chunk.text.length;
      let next = chunk.start;
      const first = firstNotBefore(statements, (statement) => statement.end <= next);
      for (let i = first; i < statements.length && statements[i]!.end <= end; i++) {
        const start = statements[i]!.getStart(file);
        // The slice begins inside of it.
        if (start < next) continue;
        slice(next, start);
        keep(statements[i]!);
        next = statements[i]!.end;
      }
      slice(next, end);
    } else add(chunk);
  }
  keepCode();
  return { chunks: reduced, kept };
}

/** Generated statements, as one name: the printer writes a name that stands among statements as it is. */
function printedAsIs(ts: TypeScript, code: string, origin: number, newLine: string): ts.Node {
  // The printer indents by twice as much.
  const node = ts.factory.createIdentifier(code.replace(/\r?\n( *)/g, `${newLine}$1$1`));
  if (origin >= 0) ts.setSourceMapRange(node, { pos: origin, end: -1 });
  return node;
}

function parseLike(ts: TypeScript, original: ts.SourceFile, text: string): ts.SourceFile {
  const { fileName, languageVersion, impliedNodeFormat } = original;
  const { scriptKind } = original as { scriptKind?: ts.ScriptKind };
  const options: ts.CreateSourceFileOptions = { languageVersion, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  // What makes the file a module may be in a statement that is not parsed.
  options.setExternalModuleIndicator = (file) => {
    const { externalModuleIndicator } = original as Module;
    (file as Module).externalModuleIndicator = externalModuleIndicator ?? file.statements.find(ts.isImportDeclaration);
  };
  if (impliedNodeFormat !== undefined) options.impliedNodeFormat = impliedNodeFormat;
  const parsed = ts.createSourceFile(fileName, text, options, false, scriptKind);
  const [problem] = syntaxErrors(parsed);
  if (problem) {
    const near = text.slice(Math.max(0, (problem.start ?? 0) - 60), (problem.start ?? 0) + 60);
    const message = ts.flattenDiagnosticMessageText(problem.messageText, "\n");
    throw new InvariantError("graft", `the output does not parse: ${message} Near: ${near}`);
  }
  return parsed;
}
