import { expect } from "chai";
import ts from "typescript";
import plugin, { createTransformer, type Options, transform } from "../../transformer/index.js";

const source = `export async function* count(n: number) {\n  "use aclose";\n  for (let i = 0; i < n; i++) yield i;\n}\n`;

interface Compiled {
  readonly code: string;
  readonly diagnostics: readonly ts.Diagnostic[];
}

function transpile(
  text: string,
  before: ts.TransformerFactory<ts.SourceFile>[],
  options: ts.CompilerOptions = {},
): Compiled {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, ...options };
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    fileName: "a.ts",
    compilerOptions,
    reportDiagnostics: true,
    transformers: { before },
  });
  return { code: outputText, diagnostics };
}
const compiled = (text: string, given: Options = {}, options: ts.CompilerOptions = {}): Compiled =>
  transpile(text, [createTransformer(ts, given)], options);

/** What `run` writes to the console's warnings. */
function warningsOf(run: () => void): string[] {
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (text: string) => warnings.push(text);
  try {
    run();
  } finally {
    console.warn = warn;
  }
  return warnings;
}

describe("createTransformer", () => {
  it("compiles in any host of custom transformers", () => {
    const { code, diagnostics } = compiled(source);
    expect(diagnostics).to.deep.equal([]);
    expect(code)
      .to.contain(`import * as $aclose from "aclose/runtime";`)
      .and.not.to.match(/function\s*\*|use aclose/);
  });

  it("gives a file without anything to compile back as it is", () => {
    for (const text of ["export const a = 1;", `export const a = "use aclose";`]) {
      const file = ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest, true);
      const { transformed } = ts.transform(file, [createTransformer(ts)]);
      expect(transformed[0]).to.equal(file);
    }
  });

  it("follows what TypeScript takes the file for", () => {
    const script = source.replace("export ", "");
    expect(compiled(script).code)
      .to.contain("__aclose.")
      .and.not.to.match(/\bimport\b|require\(/);
    expect(compiled(script, {}, { moduleDetection: ts.ModuleDetectionKind.Force }).code).to.contain(
      'from "aclose/runtime"',
    );
    expect(compiled(script, { runtime: { global: "other" } }).code).to.contain("other.");
    // Without a helper: what is compiled otherwise needs no tslib, and may not have it.
    const { CommonJS, Node16 } = ts.ModuleKind;
    for (const module of [CommonJS, Node16]) {
      const { code } = compiled(source, {}, { module, esModuleInterop: true, importHelpers: true });
      expect(code).to.contain('const $aclose = require("aclose/runtime");').and.not.to.contain("tslib");
    }
    const equals = `${source.replace("export ", "")}export = { count };\n`;
    expect(compiled(equals, {}, { module: ts.ModuleKind.Preserve }).code)
      .to.contain('const $aclose = require("aclose/runtime");')
      .and.not.to.match(/^import/m);
    expect(compiled(source, { runtime: { specifier: "./rt.js" } }).code).to.contain('from "./rt.js"');
  });

  it("lets the printer write generated statements as they are, unless a later transformer has to see them", () => {
    const looping = source.replace("yield i;", "try { yield i; } finally { await n; }");
    const words = (code: string) => code.replace(/\/\/.*|\/\*.*?\*\/|\s+/g, "");
    const javascript = looping.replace(": number", "");
    const { code: whole } = transform(javascript, { fileName: "a.ts", positions: false });
    expect(words(compiled(javascript, { positions: false }).code)).to.equal(words(whole));
    expect(compiled(looping).code).to.match(/let s = \$\.state, c = \$\.mode, r = \$\.value;/);
    expect(compiled(looping).code).to.match(/\n {12}if \(c === 1\) throw r;\n {12}\$\.op = 3; return r;/);
    const { CarriageReturnLineFeed, LineFeed } = ts.NewLineKind;
    const windows = looping.replaceAll("\n", "\r\n");
    expect(compiled(windows, {}, { newLine: LineFeed }).code).not.to.match(/\r/);
    expect(compiled(looping, {}, { newLine: CarriageReturnLineFeed }).code).not.to.match(/(?<!\r)\n/);
    expect(compiled(looping).code).to.match(/case 2: \/\/ try\n/);
    expect(compiled(looping, {}, { removeComments: true }).code).not.to.match(/\/\//);
    const older = compiled(looping, {}, { target: ts.ScriptTarget.ES5, ignoreDeprecations: "6.0" }).code;
    expect(older)
      .to.match(/var s = \$\.state,/)
      .and.not.to.match(/\b(?:let|const)\b/);
    // What System takes out of the module's own function is declared where the compiled functions can see it.
    const { code: system } = compiled(looping, {}, { module: ts.ModuleKind.System, ignoreDeprecations: "6.0" });
    expect(system).to.match(/function count\$vars\([\s\S]*\bexecute\b/);
  });

  it("gives errors to the host, with their place", () => {
    const diagnostics: ts.Diagnostic[] = [];
    const { code } = transpile(source.replace("use aclose", "use aclose fuzed"), [
      createTransformer(ts, {}, (diagnostic) => diagnostics.push(diagnostic)),
    ]);
    const [error] = diagnostics;
    expect(diagnostics).to.have.length(1);
    expect(error).to.include({ category: ts.DiagnosticCategory.Error, code: 1003, source: "aclose" });
    expect(error?.file?.getLineAndCharacterOfPosition(error.start ?? -1)).to.deep.equal({ line: 1, character: 2 });
    expect(code).to.contain("function*");
  });

  it("throws errors that the host has no place for", () => {
    expect(() => compiled(source.replace("use aclose", "use aclose fuzed"))).to.throw(
      /^a\.ts:2:3 - ACLOSE1003: Unknown word/,
    );
    expect(() => compiled(source, { ticks: "fast" } as never)).to.throw('ACLOSE1002: Option "ticks" cannot be "fast".');
  });

  it("leaves syntax errors to the host", () => {
    const { diagnostics } = compiled(`"use aclose";\nexport const a = ;\n`);
    expect(diagnostics.map(({ code }) => code)).to.deep.equal([1109]);
  });

  it("compiles what TypeScript reports, although it is legal", () => {
    const legal = `"use aclose";\nclass C { #x = 1; async *m() { const x = this?.#x; yield x; } }\nasync function* g() { yield 017; }\n`;
    const { code, diagnostics } = compiled(legal);
    expect(diagnostics.map(({ code }) => code)).to.deep.equal([18030, 1121]);
    expect(code)
      .to.match(/const x = this\?\.#x;[\s\S]*return (?:15|017);/)
      .and.not.to.match(/async/);
  });

  it("compiles what an earlier transformer made, and says so", () => {
    const rename: ts.TransformerFactory<ts.SourceFile> = (context) => (file) => {
      const visit = (node: ts.Node): ts.Node =>
        ts.isNumericLiteral(node) ? ts.factory.createNumericLiteral("7") : ts.visitEachChild(node, visit, context);
      return ts.visitEachChild(file, visit, context);
    };
    let code = "";
    const warnings = warningsOf(() => {
      ({ code } = transpile(source, [rename, createTransformer(ts)]));
    });
    expect(warnings.join()).to.contain("ACLOSE1301");
    expect(code)
      .to.match(/i = 7/)
      .and.not.to.match(/function\s*\*/);
    expect(warningsOf(() => transpile("export const a = 1;", [rename, createTransformer(ts)]))).to.deep.equal([]);
  });

  it("has no state: the same file twice, and files after each other, come out the same", () => {
    const once = createTransformer(ts);
    const run = (text: string) => transpile(text, [once]).code;
    const first = run(source);
    run("export const a = 1;");
    expect(run(source)).to.equal(first);
  });
});

describe("the ts-patch factory", () => {
  it("takes its options from the plugin's entry, without ts-patch's own keys", () => {
    const diagnostics: ts.Diagnostic[] = [];
    const program = ts.createProgram([], {});
    const config = { transform: "aclose/transformer", after: false, include: "all" as const };
    const factory = plugin(program, config, { ts, addDiagnostic: (diagnostic) => diagnostics.push(diagnostic) });
    expect(transpile(source.replace(`"use aclose";`, ""), [factory]).code).not.to.match(/function\s*\*/);
    expect(diagnostics).to.deep.equal([]);
  });

  it("says what no engine takes, where its compilation or its graft fails with that", () => {
    for (const [wrong, place] of [
      ["using a; yield a;", "; yield a"],
      ["export class A {} yield 1;", "export class"],
    ] as const) {
      const text = `"use aclose"; export async function* f() { ${wrong} }`;
      const diagnostics: ts.Diagnostic[] = [];
      const transformer = createTransformer(ts, {}, (diagnostic) => diagnostics.push(diagnostic));
      expect(transpile(text, [transformer]).code).to.contain("function*");
      expect(diagnostics.map(({ code, start }) => [code, start])).to.deep.equal([[1010, text.indexOf(place)]]);
    }
  });

  // The second is what tsc decides by options of its own.
  for (const config of [{ includes: "all" }, { sourceMap: false }]) {
    it(`reports a wrong option once, and compiles nothing: ${JSON.stringify(config)}`, () => {
      const diagnostics: ts.Diagnostic[] = [];
      const factory = plugin(ts.createProgram([], {}), config, {
        ts,
        addDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
      });
      expect(transpile(source, [factory]).code).to.contain("function*");
      expect(transpile(source, [factory]).code).to.contain("function*");
      expect(diagnostics.map(({ code }) => code)).to.deep.equal([1001]);
    });
  }
});
