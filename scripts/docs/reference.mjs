/**
 * The reference, made from the docstrings of what the entries in package.json export. Every export needs one; a file whose
 * first comment is marked `@internal` shows that comment alone.
 */

import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import ts from "typescript";

/** Entries whose declarations the build writes by itself. */
const sourcesOfGenerated = { "./dist/aclose.global.d.ts": "runtime/global.ts" };

const typesOf = (target) =>
  typeof target === "string" ? undefined : (target.types ?? Object.values(target).map(typesOf).find(Boolean));

/** Entry name → source file, for every entry that has types. */
function entriesOf(root) {
  const { name, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return Object.entries(exports).flatMap(([path, target]) => {
    const types = typesOf(target);
    if (types === undefined) return [];
    const source =
      sourcesOfGenerated[types] ?? types.replace(/^\.\/dist\/(?:esm|cjs)\//, "").replace(/\.d\.([cm]?ts)$/, ".$1");
    return [{ name: join(name, path), source: resolve(root, source) }];
  });
}

/** Text of a comment, its links as code. */
const plain = (parts) =>
  ts
    .displayPartsToString(parts)
    .replace(/\{@link (\S+?) ?\}/g, "`$1`")
    .trim();

const isPublic = (node) =>
  !ts.getJSDocTags(node).some(({ tagName }) => tagName.text === "internal") &&
  !(ts.getCombinedModifierFlags(node) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) &&
  !(node.name && ts.isPrivateIdentifier(node.name));

class Reference {
  constructor(root) {
    this.entries = entriesOf(root);
    const { config } = ts.readConfigFile(join(root, "tsconfig.base.json"), ts.sys.readFile);
    const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, types: ["node"] }, root);
    this.program = ts.createProgram(
      this.entries.map(({ source }) => source),
      { ...options, noEmit: true },
    );
    this.checker = this.program.getTypeChecker();
    this.undocumented = [];
    this.lines = [];
    this.anchors = new Map();
  }

  /** Adds a heading and gives its anchor, as GitHub makes it. */
  heading(level, text) {
    this.add(`${"#".repeat(level)} ${text}`);
    const anchor = text
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replace(/\s/g, "-");
    const before = this.anchors.get(anchor) ?? 0;
    this.anchors.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  }

  add(...lines) {
    this.lines.push(...lines, "");
  }

  signature(name, signature) {
    const text = this.checker.signatureToString(signature, undefined, ts.TypeFormatFlags.NoTruncation);
    return `${name}${text}`;
  }

  type(symbol, node) {
    const type = this.checker.getBaseTypeOfLiteralType(this.checker.getTypeOfSymbolAtLocation(symbol, node));
    return this.checker.typeToString(type, node, ts.TypeFormatFlags.NoTruncation);
  }

  signaturesOf(symbol, node, kind = ts.SignatureKind.Call) {
    return this.checker.getSignaturesOfType(this.checker.getTypeOfSymbolAtLocation(symbol, node), kind);
  }

  doc(symbol, name) {
    const text = plain(symbol.getDocumentationComment(this.checker));
    if (text === "") this.undocumented.push(name);
    return text;
  }

  /** `@param`, `@returns`, `@throws`, `@see`, as a list. */
  tags(symbol) {
    const kinds = { param: "", returns: "returns ", throws: "throws ", see: "see " };
    const lines = symbol.getJsDocTags(this.checker).flatMap(({ name, text }) => {
      const parts = plain(text).replaceAll("\n", " ");
      if (!(name in kinds)) return [];
      if (name !== "param") return [`- ${kinds[name]}${parts}`];
      const [, parameter, meaning] = /^(\S+)\s*-?\s*(.*)$/.exec(parts) ?? [];
      return [`- \`${parameter}\`: ${meaning}`];
    });
    return [...new Set(lines)];
  }

  code(lines) {
    this.add("```ts", ...lines, "```");
  }

  describe(symbol, name) {
    const text = this.doc(symbol, name);
    if (text !== "") this.add(text);
    const tags = this.tags(symbol);
    if (tags.length > 0) this.add(...tags);
  }

  /** `- member: type` and its docstring, for interfaces and classes. */
  members(members) {
    const lines = members.filter(isPublic).flatMap((member) => this.member(member));
    if (lines.length > 0) this.add(...lines);
  }

  member(member) {
    if (ts.isConstructorDeclaration(member) || ts.isIndexSignatureDeclaration(member) || !member.name) return [];
    const symbol = this.checker.getSymbolAtLocation(member.name) ?? member.symbol;
    const name = member.name.getText();
    const text = this.memberText(symbol, name, member);
    const doc = plain(symbol.getDocumentationComment(this.checker)).replaceAll("\n", " ");
    return [`- \`${text}\`${doc === "" ? "" : `: ${doc}`}`, ...this.tags(symbol).map((line) => `  ${line}`)];
  }

  memberText(symbol, name, member) {
    if (ts.isMethodDeclaration(member) || ts.isMethodSignature(member)) {
      const signature = this.checker.getSignatureFromDeclaration(member);
      return this.signature(`${name}${member.questionToken ? "?" : ""}`, signature);
    }
    const isReadonly = ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Readonly || ts.isGetAccessor(member);
    const type =
      member.type === undefined
        ? this.type(symbol, member)
        : member.type
            .getText()
            .replace(/\/\*[\s\S]*?\*\/|\s+/g, " ")
            .replace(/ +/g, " ");
    return `${isReadonly ? "readonly " : ""}${name}${member.questionToken ? "?" : ""}: ${type}`;
  }

  class(symbol, name, node) {
    const heritage = (node.heritageClauses ?? []).map((clause) => ` ${clause.getText()}`).join("");
    const constructors = this.signaturesOf(symbol, node, ts.SignatureKind.Construct);
    const own = node.members.some(ts.isConstructorDeclaration);
    this.code([`class ${name}${heritage}`, ...(own ? constructors.map((each) => this.signature("new ", each)) : [])]);
    this.describe(symbol, name);
    this.members(node.members);
  }

  interface(symbol, name, node) {
    this.describe(symbol, name);
    this.members(node.members);
  }

  function(symbol, name, node) {
    this.code(this.signaturesOf(symbol, node).map((each) => this.signature(name, each)));
    this.describe(symbol, name);
  }

  export(exported) {
    const { checker } = this;
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const node = symbol.valueDeclaration ?? symbol.declarations?.[0];
    if (node === undefined) return "";
    const { name } = exported;
    const link = `[\`${name}\`](#${this.heading(3, `\`${name}\``)})`;
    this.describeExport(symbol, name, node);
    return link;
  }

  describeExport(symbol, name, node) {
    if (ts.isSourceFile(node)) return this.add(`A namespace. ${this.header(node)}`);
    const declarations = symbol.declarations ?? [];
    if (ts.isFunctionDeclaration(node)) return this.function(symbol, name, node);
    if (ts.isClassDeclaration(node)) return this.class(symbol, name, node);
    if (ts.isInterfaceDeclaration(node)) return this.interface(symbol, name, node);
    const alias = declarations.find(ts.isTypeAliasDeclaration);
    if (alias !== undefined) {
      this.code([alias.getText().replace(/^export /, "")]);
      return this.describe(symbol, name);
    }
    if (this.signaturesOf(symbol, node).length > 0) return this.function(symbol, name, node);
    this.code([`${name}: ${this.type(symbol, node)}`]);
    this.describe(symbol, name);
  }

  /** The first comment of a file. */
  header(file) {
    const [text = ""] = /^(?:\/\*\*[\s\S]*?\*\/|(?:\/\/.*\n)+)/.exec(file.text) ?? [];
    return text
      .replace(/^\/\*\*|\*\/$/g, "")
      .replace(/^(?: *\*|\/\/) ?/gm, "")
      .trim();
  }

  /** What the entry adds to global interfaces: the methods of generators. */
  globals(file) {
    const augmentations = file.statements.filter((each) => each.flags & ts.NodeFlags.GlobalAugmentation);
    for (const { body } of augmentations) {
      for (const each of body.statements.filter(ts.isInterfaceDeclaration)) {
        this.heading(3, `Methods of \`${each.name.text}\``);
        this.members(each.members);
      }
    }
  }

  entry({ name, source }) {
    const file = this.program.getSourceFile(source);
    if (file === undefined) throw new Error(`${name}: there is no ${source}`);
    const header = this.header(file);
    if (header === "") this.undocumented.push(name);
    this.heading(2, `\`${name}\``);
    this.add(header.replace(/\s*@internal\s*/, ""));
    if (header.includes("@internal")) return;
    const top = this.lines.length;
    this.globals(file);
    const module = this.checker.getSymbolAtLocation(file);
    if (module === undefined) return;
    const exports = module.exports?.get("export=") ? [] : this.checker.getExportsOfModule(module);
    const links = exports.sort((a, b) => (a.name < b.name ? -1 : 1)).map((each) => this.export(each));
    if (links.length > 3) this.lines.splice(top, 0, `${links.filter(Boolean).join(" · ")}`, "");
  }
}

/** The page, and the names of entries and exports that have no docstring. */
export function reference(root) {
  const result = new Reference(root);
  result.heading(1, "Reference");
  result.add(
    `<!-- Generated by \`npm run docs\` from the docstrings in the sources (${basename(import.meta.url)}). -->`,
  );
  result.add(
    "What each entry of the package exports. Times are in milliseconds, lines and columns count from 1. Rules with a letter and a number are CPython's: see [Traps](traps.md#the-rules).",
  );
  result.add(...result.entries.map(({ name }) => `- [\`${name}\`](#${name.replaceAll("/", "")})`));
  for (const entry of result.entries) result.entry(entry);
  return { text: `${result.lines.join("\n").trimEnd()}\n`, undocumented: result.undocumented };
}
