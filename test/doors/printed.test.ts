/** What tsc prints of the tree that the plugin makes, beside what it prints of the compiler's text. */

import { expect } from "chai";
import ts from "typescript";
import { createTransformer, type Options, transform } from "../../transformer/index.js";
import { fixtures } from "../transformer/goldens.js";

/** Words, signs and comments. */
function tokensOf(code: string): string[] {
  const file = ts.createSourceFile("a.js", code, ts.ScriptTarget.Latest, true);
  const tokens: string[] = [];
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(file);
    if (children.length > 0 && !ts.isTemplateLiteral(node)) return children.forEach(visit);
    tokens.push(...commentsIn(code, node.getFullStart(), node.getStart(file)), node.getText(file));
  };
  visit(file);
  return tokens.filter((token) => token !== "");
}

const isComment = (token: string) => /^\/[/*]/.test(token);

function commentsIn(code: string, start: number, end: number): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, code);
  scanner.setText(code, start, end - start);
  const comments: string[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan())
    if (kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia)
      comments.push(scanner.getTokenText().replace(/\s+/g, " "));
  return comments;
}

/** tsc's printer for a kind of modules. */
const printer = (module: "ESNext" | "CommonJS", fileName: string) => {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind[module],
    jsx: ts.JsxEmit.React,
    allowJs: true,
  };
  return (text: string, before: ts.TransformerFactory<ts.SourceFile>[]): string[] => {
    const { outputText } = ts.transpileModule(text, { fileName, compilerOptions, transformers: { before } });
    // tsc leaves the parentheses out around a single parameter that nobody wrote.
    const tokens = tokensOf(outputText.replace(/\((\w+(?:\$\d+)?)\) =>/g, "$1 =>"));
    if (module === "ESNext") return tokens;
    // With helpers a comment that begins a file comes before them, or behind.
    const [first, second] = [tokens.filter((token) => !isComment(token)), tokens.filter(isComment)];
    return [...first, ...second.sort()];
  };
};

/** The import of the runtime as the plugin writes it where TypeScript makes CommonJS of a file: without a need for helpers. */
const required = (code: string) =>
  code.replace(/import \* as (\S+) from ("[^"]*"); (?=\1\.requireAbi)/, "import $1 = require($2); ");

/** Statements that only a line end ends, with a generator in them whose step comes behind. */
const open = [
  "f(G)",
  "export const x = G",
  "export default f(G)",
  "export default (G)",
  "export let y: unknown = f(G)\ny",
  "throw f(G)",
];
const generator = 'function () { async function* inner(n) { "use aclose"; yield n } return inner }';
const withoutSemicolons = open.map((form) => ({
  name: `without semicolons: ${form}`,
  source: `import { f } from "f"\n${form.replace("G", generator)}\nexport { f }`,
  options: { fileName: "a.ts" } as Options,
}));

for (const module of ["ESNext", "CommonJS"] as const)
  describe(`tsc prints of the tree what it prints of the text, comments included: ${module}`, () => {
    for (const { name, source, options } of [...fixtures, ...withoutSemicolons]) {
      it(name, () => {
        const print = printer(module, options.fileName!);
        const { code } = transform(source, options);
        const expected = print(module === "CommonJS" && !/\.mts$/.test(options.fileName!) ? required(code) : code, []);
        expect(print(source, [createTransformer(ts, options, () => {})])).to.deep.equal(expected);
      });
    }
  });
