import { basename } from "node:path";
import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";
import { expect } from "chai";
import ts from "typescript";
import { graft } from "../../transformer/graft.js";
import { type Edit, edited } from "./edited.js";

interface Compiled {
  readonly code: string;
  readonly map: string;
}

/** Type-checks and emits `files`, with the edits of each file applied by a `before` transformer. */
function emit(
  files: Record<string, string>,
  edits: Record<string, readonly Edit[]>,
  options: ts.CompilerOptions = {},
): Record<string, Compiled> {
  const full: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noLib: true,
    sourceMap: true,
    types: [],
    ...options,
  };
  const host = ts.createCompilerHost(full, true);
  const written: Record<string, string> = {};
  Object.assign(host, {
    getCurrentDirectory: () => "/p",
    directoryExists: () => true,
    fileExists: (name: string) => basename(name) in files,
    readFile: (name: string) => files[basename(name)],
    getSourceFile: (name: string, version: ts.ScriptTarget) =>
      ts.createSourceFile(name, files[basename(name)] ?? "", version, true),
    writeFile: (name: string, text: string) => {
      written[basename(name)] = text;
    },
  } satisfies Partial<ts.CompilerHost>);
  const program = ts.createProgram(
    Object.keys(files).map((name) => `/p/${name}`),
    full,
    host,
  );
  const before: ts.TransformerFactory<ts.SourceFile> = () => (file) => {
    const list = edits[basename(file.fileName)];
    return list ? graft(ts, file, edited(file.text, list), full) : file;
  };
  program.emit(undefined, undefined, undefined, false, { before: [before] });
  return Object.fromEntries(
    Object.keys(files).map((name) => {
      const js = name.replace(/\.tsx?$/, ".js");
      const code = (written[js] ?? "").replace(/\/\/# sourceMappingURL.*\n?/, "").replace(/^"use strict";\n/, "");
      return [name, { code, map: written[`${js}.map`] ?? "" }];
    }),
  );
}

const one = (source: string, edits: readonly Edit[], options?: ts.CompilerOptions, more: Record<string, string> = {}) =>
  (emit({ "a.ts": source, ...more }, { "a.ts": edits }, options)["a.ts"] as Compiled).code;

const esm: ts.CompilerOptions = { module: ts.ModuleKind.ESNext };
const startOf = (find: string): Edit => ({ find, put: `import * as $aclose from "aclose/runtime";\n«${find}»` });

describe("graft", () => {
  it("keeps import elision by use, and never elides a generated import", () => {
    const source = `import { Type, value, unused } from "./b";\nexport function f(x: Type) { return 1; }\n`;
    const code = one(source, [startOf("import"), { find: "return 1", put: "return $aclose.f(x)" }], esm, {
      "b.ts": "export type Type = number; export const value = 1, unused = 2;",
    });
    expect(code).to.equal(
      `import * as $aclose from "aclose/runtime";\nexport function f(x) { return $aclose.f(x); }\n`,
    );
  });

  it("rewrites references to imports and exports for CommonJS, in slices inside generated code", () => {
    const source = `import { value } from "./b";\nexport let count = 0;\nexport function f() { count = value; }\n`;
    const code = one(
      source,
      [
        startOf("import"),
        { find: "count = value;", put: "for (;;) switch ($aclose.s) { case 0: «count = value»; return «value»; }" },
      ],
      {},
      { "b.ts": "export const value = 1;" },
    );
    expect(code).to.contain(`const $aclose = __importStar(require("aclose/runtime"));`);
    expect(code).to.contain(
      `case 0:\n            exports.count = count = b_1.value;`
        .replace("count = b_1", "b_1")
        .replace("exports.b_1", "exports.count = b_1"),
    );
    expect(code).to.contain(`return b_1.value;`);
  });

  it("inlines const enums, and keeps enums and namespaces", () => {
    const source = `const enum Size { Big = 7 }\nenum Color { Red }\nnamespace N { export let x = 1; export function f() { return [x, Size.Big, Color.Red]; } }\n`;
    const code = one(source, [
      { find: "return [x, Size.Big, Color.Red]", put: "return g(«x», «Size.Big», «Color.Red»)" },
    ]);
    expect(code).to.contain("return g(N.x, 7 /* Size.Big */, Color.Red)");
    expect(code).to.contain('Color[Color["Red"] = 0] = "Red"');
    expect(code).to.contain("N.f = f;");
  });

  it("exports an enum with generated values", () => {
    const source = "export enum Size { Small = 1, Big = f(), Both = Small | Big }\nexport const both = Size.Both;\n";
    const code = one(source, [{ find: "f()", put: "g(«f»)" }]);
    expect(code)
      .to.contain("(Size || (exports.Size = Size = {}))")
      .and.to.contain('Size[Size["Both"] = Size.Small | Size.Big]');
  });

  it("makes fields of parameters with generated values", () => {
    const source = "export class A { constructor(readonly a: number, private b = f()) {} c = this.a; }\n";
    for (const useDefineForClassFields of [true, false]) {
      const options = { ...esm, target: ts.ScriptTarget.ES2018, useDefineForClassFields };
      expect(one(source, [{ find: "f()", put: "g(«f»)" }], options))
        .to.contain("constructor(a, b = g(f))")
        .and.to.match(useDefineForClassFields ? /Object.defineProperty\(this, "b"/ : /this\.b = b;/);
    }
  });

  it("keeps decorators and their metadata on a class with a rewritten method", () => {
    const source = `import { Service } from "./b";
declare const mark: any;
@mark
export class A {
  constructor(private service: Service) {}
  @mark
  async *items(first: Service): AsyncGenerator<Service> { yield first; }
  @mark
  other: Service;
}
`;
    const code = one(
      source,
      [
        { find: "async *items", put: "«items»" },
        { find: "yield first", put: "return this.go(«first»)" },
      ],
      { experimentalDecorators: true, emitDecoratorMetadata: true, target: ts.ScriptTarget.ES2015 },
      { "b.ts": "export class Service {}" },
    );
    expect(code).to.contain(`__metadata("design:paramtypes", [b_1.Service])`);
    expect(code).to.contain(`], A.prototype, "items", null);`);
    expect(code).to.contain(`__metadata("design:type", b_1.Service)`);
    expect(code).to.contain("exports.A = A = __decorate([");
    expect(code).to.contain("this.service = service;");
    expect(code).to.match(/\n {4}items\(first\) {\n? *return this\.go\(first\);/);
  });

  it("keeps JSX", () => {
    const source = `import { Item } from "./b";\ndeclare const React: any;\nexport function f() { return <Item v={1}/>; }\n`;
    const files = { "a.tsx": source, "b.ts": "export const Item: any = 1;" };
    const edits = [{ find: "return <Item v={1}/>", put: "return g(«<Item v={1}/>», <b>text &amp; {«Item»}</b>)" }];
    const { "a.tsx": result } = emit(files, { "a.tsx": edits }, { jsx: ts.JsxEmit.React });
    expect(result?.code.replace(/\s+/g, " ")).to.contain(
      `g(React.createElement(b_1.Item, { v: 1 }), React.createElement("b", null, "text & ", b_1.Item))`,
    );
  });

  it("gives JSX a line, which react-jsxdev writes down", () => {
    const source = `// header
export function f() {
  return /* before */ <i v={1}/>;
}
`;
    const edits = [{ find: "<i v={1}/>", put: "g(«<i v={»2«}/>», <b>{«1»}</b>)" }];
    const options = { ...esm, jsx: ts.JsxEmit.ReactJSXDev };
    const { "a.tsx": result } = emit({ "a.tsx": source }, { "a.tsx": edits }, options);
    const code = result?.code.replace(/\s+/g, " ");
    expect(code).to.contain(
      `_jsxDEV("i", { v: 2 }, void 0, false, { fileName: _jsxFileName, lineNumber: 3, columnNumber: 23 }, this)`,
    );
    expect(code).to.contain(
      `_jsxDEV("b", { children: 1 }, void 0, false, { fileName: _jsxFileName, lineNumber: 2, columnNumber: 1 }, this)`,
    );
    expect(code?.match(/header|before/g)).to.deep.equal(["header", "before"]);
  });

  it("loses and doubles no comment", () => {
    const source = `// header 1

/** About a. */
const a = 1; // after a
/** About f. */
export function f(/* p */ p: number) { // opens f
  // before one
  one(p); // after one
  // before two
  two(p); // after two
  // closes f
}
// before b
const b = 2; // after b
// the end
`;
    const edits = [
      { find: "export", put: "«export»" },
      { find: "function f(/* p */ p: number) { // opens f", put: "«function f(/* p */ p: number) { // opens f»" },
      { find: "two(p)", put: "again(«two»(«p»))" },
    ];
    for (const list of [
      edits,
      [{ find: "const a", put: `import * as $aclose from "aclose/runtime";\n«const a»` }, ...edits],
    ]) {
      const code = one(source, list, esm);
      const comments = [...code.matchAll(/\/\/ .*|\/\*.*?\*\//g)].map(([text]) => text);
      const wanted = [...source.matchAll(/\/\/ .*|\/\*.*?\*\//g)].map(([text]) => text);
      expect(comments).to.have.members(wanted);
      expect(code).to.contain("one(p); // after one");
      expect(code).to.match(/before two\n\s+again\(two\(p\)\); \/\/ after two/);
    }
  });

  it("doubles no comment before what a later transformer writes anew", () => {
    const source = "export function f(a, b) {\n  // before\n  a ?? b;\n  // the next\n  a?.(b);\n}\n";
    const edits = [
      { find: "// before\n  a ?? b;", put: "g();\n  «// before\n  a ?? b»;" },
      { find: "// the next\n  a?.(b);", put: "g();\n  «// the next\n  a?.(b)»;" },
    ];
    const code = one(source, edits, { ...esm, target: ts.ScriptTarget.ES2018 });
    expect(code.match(/\/\/.*/g)).to.deep.equal(["// before", "// the next"]);
  });

  it("leaves comments that an empty line sets apart to the printer, which has them at the top", () => {
    for (const head of [
      "// licence\n\n",
      "// licence\r\n\r\n",
      "#!/bin/node\n/*! licence */\n\n",
      "// one\n\n// two\n",
    ]) {
      const source = `${head}/** About f. */\nexport function f() { return 1; }\n`;
      const comments = source.match(/\/\/.*|\/\*.*/g);
      for (const put of ["import * as $aclose from 'a';\n«/** About f. */\nexport»", "«/** About f. */\nexport»"])
        for (const module of [ts.ModuleKind.ESNext, ts.ModuleKind.CommonJS]) {
          const edits = [
            { find: "/** About f. */\nexport", put },
            { find: "1;", put: "g(«1»);" },
          ];
          expect(one(source, edits, { module }).match(/\/\/.*|\/\*.*/g), source).to.deep.equal(comments);
        }
    }
  });

  it("keeps comments around a namespace and an enum before and after what they become", () => {
    const source =
      "/** About N. */\nexport namespace N { export const a = f(); } // after N\n/** About E. */\nexport enum E { A = f() } // after E\n";
    const edits = [
      { find: "f()", put: "g(«f»)" },
      { find: "f()", put: "g(«f»)" },
    ];
    for (const list of [
      edits,
      [{ find: "/** About N. */\nexport", put: "import 'a';\n«/** About N. */\nexport»" }, ...edits],
    ]) {
      const code = one(source, list, esm);
      for (const comment of ["/** About N. */", "// after N", "/** About E. */", "// after E"])
        expect(code.split(comment), code).to.have.length(2);
      expect(code)
        .to.match(/About N\. \*\/\nexport var N;/)
        .and.to.match(/About E\. \*\/\nexport var E;/);
    }
  });

  it("keeps comments before generated expressions", () => {
    const code = one("f(a);\n", [
      { find: "f(a);", put: "var b = /*#__PURE__*/ g(/* one */ 1, // two\n 2, /* a */ «a»);" },
    ]);
    expect(code).to.equal("var b = /*#__PURE__*/ g(/* one */ 1, \n// two\n2, /* a */ a);\n");
  });

  it("exports a default function that got a name under that name", () => {
    const source = "export default function () { return 1; }\n";
    const edits = [{ find: "function () {", put: "«function» named«() {»" }];
    expect(one(source, edits)).to.contain("exports.default = named;");
  });

  it("names an anonymous default class whose static block TypeScript lowers", () => {
    const source = "export default class { m() { return 1; } }\n";
    const edits = [{ find: "return 1; }", put: "«return 1; }» static { f(this); }" }];
    for (const module of [ts.ModuleKind.ESNext, ts.ModuleKind.CommonJS]) {
      const code = one(source, edits, { module, target: ts.ScriptTarget.ES2018 });
      expect(code)
        .to.contain("class default_1 {")
        .and.to.match(/(default|default =) default_1;/);
      expect(code).to.contain("_a = default_1;");
    }
    expect(one(source, edits, esm)).to.contain("export default class {");
  });

  it("leaves the name of a class to each round of a loop", () => {
    const source = "for (const i of [1, 2]) { class C { m() { return C; } n() { return 1; } } f(C); }\nexport {};\n";
    const edits = [{ find: "return 1; }", put: "«return 1; }» static { g(this); }" }];
    const code = one(source, edits, { ...esm, target: ts.ScriptTarget.ES2018 });
    expect(code)
      .to.contain("m() { return C; }")
      .and.to.match(/\b_a = C;\s+\(\(\) => \{\s+g\(_a\);/);
  });

  it("keeps literals of generated code", () => {
    const code = one("f();\n", [{ find: "f()", put: "g(`a${1}\\n`, /x\\/[/]/u, 'it\\'s', 10n, 0x10, tag`\\u{61}`)" }], {
      target: ts.ScriptTarget.ES2022,
    });
    expect(code).to.equal('g(`a${1}\\n`, /x\\/[/]/u, "it\'s", 10n, 16, tag `\\u{61}`);\n');
  });

  it("maps generated and kept code to the source", () => {
    const { "a.ts": result } = emit(
      { "a.ts": "function f() {\n  one();\n}\n" },
      { "a.ts": [{ find: "one()", put: "two(«one()»)" }] },
    );
    const { mappings, sources } = JSON.parse(result?.map ?? "{}") as { mappings: string; sources: string[] };
    expect(sources).to.deep.equal(["a.ts"]);
    expect(mappings).to.be.a("string").and.not.equal("");
  });

  it("maps the brace that closes a function with generated statements", () => {
    const source = "function f() {\n  one();\n}\n";
    const { "a.ts": result } = emit({ "a.ts": source }, { "a.ts": [{ find: "one()", put: "two(«one()»)" }] });
    const lines = result!.code.split("\n");
    const braces: unknown[] = [];
    eachMapping(new TraceMap(result!.map), ({ generatedLine, generatedColumn, originalLine, originalColumn }) => {
      // tsc's own first line was taken away.
      if (lines[generatedLine - 2]?.slice(generatedColumn) === "}") braces.push([originalLine, originalColumn]);
    });
    expect(braces).to.deep.equal([[3, 0]]);
  });

  it("refuses output that does not parse, naming the pass", () => {
    expect(() => one("f();\n", [{ find: "f()", put: "f(" }])).to.throw(
      /^aclose: a fault of the compiler in \/p\/a.ts: internal fault in pass "graft": the output does not parse/,
    );
  });
});
