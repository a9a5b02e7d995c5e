/** What is true of the output of every fixture. */

import { parse as parseStrictly } from "acorn";
import { expect } from "chai";
import ts from "typescript";
import { type TransformResult, transform } from "../../transformer/index.js";
import { fixtures } from "./goldens.js";

function parse(code: string, fileName: string): ts.SourceFile {
  const file = ts.createSourceFile(fileName, code, ts.ScriptTarget.Latest, true);
  const { parseDiagnostics } = file as ts.SourceFile & { parseDiagnostics: readonly ts.DiagnosticWithLocation[] };
  const messages = parseDiagnostics.map(
    ({ messageText, start }) => `${messageText} at ${code.slice(start, start + 40)}`,
  );
  expect(messages).to.deep.equal([]);
  return file;
}

function find(file: ts.SourceFile, test: (node: ts.Node) => boolean): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (test(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const isGenerator = (node: ts.Node) =>
  (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node)) &&
  node.asteriskToken !== undefined;

function withoutTypes(code: string, fileName: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.React };
  return ts.transpileModule(code, { fileName, compilerOptions }).outputText;
}

const isEvaluator = (node: ts.Node) => ts.isIdentifier(node) && (node.text === "eval" || node.text === "Function");

/** Source functions that were rewritten, by their offset. */
function rewrittenOf(result: TransformResult): Set<number> {
  return new Set(result.functions.filter(({ rewritten }) => rewritten).map(({ start }) => start));
}

describe("the output of each fixture", () => {
  for (const { name, source, options } of fixtures) {
    describe(name, () => {
      const fileName = options.fileName!;
      const result = transform(source, options);

      it("parses, without errors from the compiler", () => {
        expect(result.diagnostics.filter(({ severity }) => severity === "error")).to.deep.equal([]);
        parse(result.code, fileName);
      });

      it("is what engines accept, once TypeScript is gone", () => {
        const code = /\.[cm]?js$/.test(fileName) ? result.code : withoutTypes(result.code, fileName);
        parseStrictly(code, {
          ecmaVersion: "latest",
          sourceType: /\b(?:im|ex)port\b/.test(code) ? "module" : "script",
        });
      });

      it("has no generator and no eval but those that stay as they are", () => {
        const before = parse(source, fileName);
        const after = parse(result.code, fileName);
        const rewritten = rewrittenOf(result);
        expect(rewritten.size + result.functions.filter((each) => !each.rewritten).length).to.equal(
          result.functions.length,
        );
        const left = find(before, isGenerator).filter((node) => !rewritten.has(node.getStart()));
        expect(find(after, isGenerator).length).to.equal(left.length);
        expect(find(after, isEvaluator).length).to.equal(find(before, isEvaluator).length);
      });

      it("does not change when it is compiled again", () => {
        const again = transform(result.code, options);
        expect(again.diagnostics.filter(({ severity }) => severity === "error")).to.deep.equal([]);
        expect(again.code).to.equal(result.code);
        expect(transform(result.code, { ...options, include: "directive" }).code).to.equal(result.code);
      });
    });
  }

  it("has every comment that is alone in a block, or between the parts of a statement, once", () => {
    const { source, options } = fixtures.find(({ name }) => name.startsWith("comments/alone"))!;
    const { code } = transform(source, options);
    for (const [comment] of source.matchAll(/\/\/ .*/g)) expect(code.split(comment), comment).to.have.length(2);
  });

  it("is the same whatever was compiled before", () => {
    const compileAll = (order: typeof fixtures) =>
      new Map(
        order.map(({ name, source, options }) => [name, transform(source, { ...options, sourceMap: "inline" }).code]),
      );
    const forwards = compileAll(fixtures);
    const backwards = compileAll([...fixtures].reverse());
    for (const [name, code] of forwards) expect(backwards.get(name), name).to.equal(code);
  });
});
