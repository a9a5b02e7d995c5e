import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { expect } from "chai";
import { transform } from "../../transformer/index.js";

const generator = `async function* count(n: number): AsyncGenerator<number> {\n  "use aclose";\n  for (let i = 0; i < n; i++) yield i;\n}`;

describe("transform", () => {
  it("keeps everything outside the functions byte for byte, type annotations too", () => {
    const before = "#!/usr/bin/env node\r\n/* odd  spacing */  const  a:number=0x10 ;;\t// é 𝒳\r\n";
    const after = "\r\n\r\n  class  B<T>{ declare x:T ;  m( ) { return <any>1 } }\n\n// end without newline";
    const { code, diagnostics } = transform(`${before}export ${generator}${after}`, { fileName: "a.ts" });
    expect(diagnostics).to.deep.equal([]);
    expect(code).to.contain("\r\n/* odd  spacing */  const  a:number=0x10 ;;\t// é 𝒳\r\n");
    expect(code).to.match(/^#!\/usr\/bin\/env node\r\n/);
    expect(code.endsWith(after)).to.equal(true);
    expect(code).to.contain("export function count(n: number)");
    expect(code).not.to.match(/function\s*\*|use aclose/);
  });

  it("gives the same text back when nothing is opted in", () => {
    for (const source of ["", "export {};\n", `export ${generator}`.replace(`"use aclose";`, "")]) {
      const { code, diagnostics, map } = transform(source, { fileName: "a.ts" });
      expect(code).to.equal(source);
      expect(diagnostics).to.deep.equal([]);
      expect(map?.sources).to.deep.equal(["a.ts"]);
    }
  });

  it("changes nothing when it compiles its own output", () => {
    const { code } = transform(
      `export ${generator}\nexport const f = async function* () { "use aclose"; yield 1; };\n`,
      { fileName: "a.ts" },
    );
    for (const include of ["directive", "all"] as const) {
      const again = transform(code, { fileName: "a.ts", include });
      expect(again.diagnostics).to.deep.equal([]);
      expect(again.code).to.equal(code);
    }
  });

  it("says of each async generator what became of it", () => {
    const source = `export ${generator}\nexport async function* plain() { yield 1; }\nexport async function* dynamic(c: string) { "use aclose"; yield eval(c); }\n`;
    const { functions, diagnostics } = transform(source, { fileName: "a.ts" });
    expect(functions.map(({ name, line, rewritten }) => [name, line, rewritten])).to.deep.equal([
      ["count", 1, true],
      ["plain", 5, false],
      ["dynamic", 6, false],
    ]);
    expect(functions[0]?.states).to.be.greaterThan(1);
    expect(functions[0]?.suspensions).to.equal(1);
    for (const { rewritten, reason } of functions) expect(reason === undefined).to.equal(rewritten);
    expect(diagnostics.map(({ code, severity, line }) => [code, severity, line])).to.deep.equal([
      ["ACLOSE1101", "warning", 6],
    ]);
  });

  it("names a function in an attribute after it, as the property that JSX makes of it does", () => {
    const source = `const element = <a b={async function* () {}} c-d={(async function* () {})} e:f={async function* () {}}>{async function* () {}}</a>;`;
    const { functions } = transform(source, { fileName: "a.tsx", include: "all", module: "esm" });
    expect(functions.map(({ name }) => name)).to.deep.equal(["b", "c-d", "e:f", ""]);
  });

  it("gives a file that does not parse back as it is, with the compiler's own messages", () => {
    const source = `export ${generator}\nlet a = ;\n`;
    const { code, diagnostics } = transform(source, { fileName: "dir/a.ts" });
    expect(code).to.equal(source);
    expect(diagnostics[0]).to.deep.equal({
      code: "TS1109",
      severity: "error",
      message: "Expression expected.",
      fileName: "dir/a.ts",
      start: source.indexOf(" ;") + 1,
      length: 1,
      line: 5,
      column: 9,
    });
  });

  it("leaves what only modules, or only CommonJS, may have to whoever knows which of them a file of JavaScript is", () => {
    const codes = (end: string, module: "auto" | "script") =>
      transform(`"use aclose"; async function* f() { yield 1; } ${end}`, { fileName: "f.js", module }).diagnostics.map(
        ({ code }) => code,
      );
    for (const end of ["await f().next();", "for await (const x of f()) f(x);", "if (f) return;"]) {
      expect(codes(end, "auto"), end).to.deep.equal(["ACLOSE1201"]);
      expect(codes(end, "script"), end).to.deep.equal(["ACLOSE1010"]);
    }
    expect(codes("await f(); return;", "auto")).to.deep.equal(["ACLOSE1010"]);
    const text = `"use aclose"; export async function* f() {}`;
    const [ofModules] = transform(text, { fileName: "f.js", module: "cjs" }).diagnostics;
    expect(ofModules?.message).to.equal("'import' and 'export' may appear only in a module.");
  });

  it("refuses in TypeScript what only its checker would, and leaves alone what is only declared", () => {
    const found = (body: string, fileName = "f.ts") => {
      const text = `export async function* f() { yield 1; ${body} }`;
      const { code, diagnostics } = transform(text, { fileName, include: "all" });
      expect(code === text).to.equal(diagnostics.length > 0);
      return diagnostics.map(({ code, start }) => `${code} ${text.slice(start)}`);
    };
    for (const [before, rest] of [
      ["for (;;) {} ", "break; }"],
      ["a: { yield 2; ", "continue a; } }"],
      ["if (1) { yield 2; ", "export = await 3; } }"],
      ["class A { static a: number = ", "await 2; } }"],
      ["label: { ", "label: {} } }"],
      ["using a", "; yield a; }"],
    ] as const)
      expect(found(before + rest.slice(0, -2))).to.deep.equal([`ACLOSE1010 ${rest}`]);
    const typed = `declare const a: 1; let a = <T,>(b: T) => b!; function c(): 1; function c(d?: any): any {} namespace c { export const d = 1; } interface c {}
      enum E { A } enum E { B = 1 } class C { constructor(@C(yield) private readonly a: 1) {} declare b: 1; abstract?: 1 } yield a satisfies unknown;`;
    expect(found(typed)).to.deep.equal([]);
    expect(found("yield <a.b<1>>{...[]}</a.b>;", "f.tsx")).to.deep.equal([]);
    const script = "namespace N { export async function* f() { yield 1; } export import M = N; }";
    const global = { fileName: "f.ts", include: "all", runtime: { global: "__aclose" } } as const;
    expect(transform(script, global).diagnostics).to.deep.equal([]);
    const declared = `declare class A { async *m() { let a = 0; yield a; } }
declare module "m" { async function* f() { let a = 0; yield a; } }
export declare async function* g() { let a = 0; yield a; }\n`;
    const { code, diagnostics, functions } = transform(declared, { fileName: "f.ts", include: "all" });
    expect([code, diagnostics, functions]).to.deep.equal([declared, [], []]);
  });

  it("takes in JavaScript what compilers behind it lower: accessors with and without decorators", () => {
    const text =
      'export class A { accessor f = async function* () { "use aclose"; yield 1; }; @see static accessor #g; }';
    const { code, diagnostics } = transform(text, { fileName: "f.js" });
    expect(diagnostics).to.deep.equal([]);
    expect(code)
      .to.match(/accessor f = .*@see static accessor #g/s)
      .and.contain("f$step");
  });

  it("leaves what is wrong in functions of JavaScript of which nothing is rewritten to whoever reads the output", () => {
    const plain = "export { plain as name }; function plain() { { let a; let a; } } class Plain { #a; #a; }";
    const compiled = transform(`"use aclose"; async function* f() { yield 1; } ${plain}`, { fileName: "f.mjs" });
    expect(compiled.diagnostics).to.deep.equal([]);
    expect(compiled.code).to.contain(plain);
    const text = `"use aclose"; ${plain} async function* f() { let b; let b; }`;
    const [wrong] = transform(text, { fileName: "f.mjs" }).diagnostics;
    expect(wrong).to.include({ code: "ACLOSE1010", start: text.lastIndexOf("b;") });
  });

  it("compiles JavaScript in which the declarations that are left alone end a statement without a semicolon", () => {
    for (const kept of ["export const a = 1", "const a = 1", "/** a */\nexport function a() {}", "export class A {}"]) {
      const source = `"use aclose"\nf()\n${kept}\nexport async function* f() { yield 1 }\nf()\n\n${kept.replaceAll(/\ba\b/gi, "b")}\n`;
      expect(transform(source, { fileName: "f.mjs" }).diagnostics, kept).to.deep.equal([]);
    }
  });

  it("finds early errors of JavaScript where they stand", () => {
    const found = (text: string, options: object = {}) => {
      const { diagnostics } = transform(`"use aclose"; ${text}`, { fileName: "f.mjs", ...options });
      return diagnostics.map(({ code, start }) => `${code} ${text.slice(start - 14)}`);
    };
    for (const [begin, end] of [
      ["export default async function* () {", "}"],
      ["export const f = async function* () {", "}"],
      ["export class A { async *m() {", "} }"],
      ["/* of */ export /* a */ default class extends (class {}) { async *m() {", "} }"],
      ["export default (async function* () {", "});"],
      ["export @(async function* () {", "}) class A {}"],
    ] as const) {
      expect(found(`${begin} let a; yield a; ${end}`), begin).to.deep.equal([]);
      expect(found(`${begin} let a; let a; ${end}`), begin).to.deep.equal([`ACLOSE1010 a; ${end}`]);
      const [ofModules] = found(`${begin} let a; ${end}`, { fileName: "f.js", module: "cjs" });
      expect(ofModules, begin).to.match(/^ACLOSE1010 export/);
    }
  });

  it("compiles once what TypeScript's parser lists twice behind a top-level `await {`", () => {
    const source = `"use aclose"; await {}; const a = 1; export { a }; export async function* f() { yield a; }`;
    const { code, diagnostics } = transform(source, { fileName: "f.mjs" });
    expect(diagnostics).to.deep.equal([]);
    expect(code.match(/function f\$step/g)).to.have.length(1);
    expect(code).not.to.contain("f$step$1");
  });

  it("keeps `import.defer` and `import.source`, which are no values, with what they import", () => {
    const source = `"use aclose"; export async function* f() { yield import.defer(yield "a"); yield (await import.source(await "b", { c: yield })).d(yield); }`;
    const { code, diagnostics } = transform(source, { fileName: "a.mjs" });
    expect(diagnostics).to.deep.equal([]);
    expect(code.match(/import\.\w+.?/g)).to.deep.equal(["import.defer(", "import.source("]);
  });

  it("leaves a generator native that has a using declaration directly in a case", () => {
    const source = `export async function* f() { "use aclose"; switch (await 1) { case 1: using x = null; yield x; } }`;
    const { code, diagnostics } = transform(source, { fileName: "a.ts" });
    expect(code).to.equal(source);
    expect(diagnostics.map((each) => each.message)).to.deep.equal([
      '"f" stays a native async generator: a using declaration directly in a case cannot be rewritten.',
    ]);
  });

  it("calls a function that stays native by its computed key, and one without any name by what it is", () => {
    const native = `async *[Symbol.asyncIterator]() { yield eval("1"); }`;
    const source = `"use aclose"; export class C { ${native} } use(async function* () { yield eval("1"); });`;
    const { diagnostics, functions } = transform(source, { fileName: "a.ts" });
    const subjects = diagnostics.map(({ message }) => message.split(" stays")[0]);
    expect(subjects).to.deep.equal(['"[Symbol.asyncIterator]"', '"async function*"']);
    expect(functions.map(({ name }) => name)).to.deep.equal(["[Symbol.asyncIterator]", ""]);
  });

  it("leaves a generator native that has another tool's directive, and keeps those in such a function within it", () => {
    const source = `export async function* f() { "use aclose"; "use server"; yield 1; }`;
    const { code, diagnostics } = transform(source, { fileName: "a.ts" });
    expect(code).to.equal(source);
    expect(diagnostics.map((each) => each.message)).to.deep.equal([
      '"f" stays a native async generator: another tool takes functions with the directive "use server" elsewhere. Return the generator from a function that has it.',
    ]);
    const body = "async function* rows() { yield id; } return save(rows()); }";
    for (const act of [
      `async function act() { "use server"; ${body} return act;`,
      `return $(() => { ${body});`,
      `return <a onClick$={() => { ${body}} />;`,
    ]) {
      const page = transform(`"use aclose"; export function Page({ id }) { ${act} }`, { fileName: "a.tsx" });
      // Before the end of the function, which a step outside would follow.
      expect(page.code).to.match(/function rows\$step\(.*return save\(/s);
    }
  });

  it("keeps a decorated class that nothing takes an expression", () => {
    const source = `export async function* f(c) { "use aclose"; delete (c ? @decorate class { #x = 1; } : yield); }`;
    const { code, diagnostics } = transform(source, { fileName: "a.ts" });
    expect(diagnostics).to.deep.equal([]);
    expect(code).to.include("(@decorate class { #x = 1; });");
  });

  it("leaves native what Vitest runs before the imports, unless the runtime is there by then", () => {
    const inside = `vi.hoisted(() => { async function* f() { yield 1; } return async () => { for await (const x of f()) use(x); }; });`;
    const source = `"use aclose"; import { vi } from "vitest"; const f = ${inside}`;
    const { code, diagnostics } = transform(source, { fileName: "a.ts" });
    expect(code).to.equal(source);
    expect(diagnostics.map(({ code: number, message }) => [number, message])).to.deep.equal([
      [
        "ACLOSE1105",
        '"f" stays a native async generator: Vitest runs what is in vi.hoisted before the imports, the runtime\'s too.',
      ],
    ]);
    const outside = transform(source.replace("vi.hoisted", "vi.fn"), { fileName: "a.ts" });
    expect(outside.diagnostics).to.deep.equal([]);
    expect(outside.code).to.include("$aclose.");
    const global = transform(source, { fileName: "a.ts", runtime: { global: "__aclose" } });
    expect(global.diagnostics).to.deep.equal([]);
    expect(global.code).to.match(/function f\$step\(/);
  });

  it("gives the file back with a wrong option, and says which", () => {
    const { code, diagnostics } = transform(`export ${generator}`, { ticks: "fast" } as never);
    expect(code).to.equal(`export ${generator}`);
    expect(diagnostics.map((each) => each.code)).to.deep.equal(["ACLOSE1002"]);
  });

  it("makes a map, none, or one inside the code", () => {
    const source = `export ${generator}\n`;
    const separate = transform(source, { fileName: "a.ts" });
    expect(transform(source, { fileName: "a.ts", sourceMap: false })).to.include({ map: null, code: separate.code });
    const inline = transform(source, { fileName: "a.ts", sourceMap: "inline" });
    const [, data = ""] =
      /\n\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,(\S+)\n$/.exec(inline.code) ?? [];
    expect(inline.map).to.equal(null);
    expect(JSON.parse(Buffer.from(data, "base64").toString("utf8"))).to.deep.equal(separate.map);
    const lines = separate.code.split("\n");
    const at = (find: string) => {
      const line = lines.findIndex((text) => text.includes(find));
      const { line: from, column } = originalPositionFor(new TraceMap(separate.map as never), {
        line: line + 1,
        column: lines[line]?.indexOf(find) ?? 0,
      });
      return `${from}:${column}`;
    };
    expect(at("count(n: number)")).to.equal("1:23");
  });

  it("never throws for odd input", () => {
    const inputs = [
      "\ufeff",
      "\0",
      "}",
      "`${",
      "/*",
      "<a",
      "@",
      "async function*",
      `"use aclose`,
      `"use aclose"`,
      `"use aclose";`,
      "#!x",
      "\u2028",
    ];
    for (const input of inputs) {
      for (const fileName of ["a.ts", "a.tsx", "a.js", "a.jsx", "a.mts", "a.cjs", "a.css", "", "a"]) {
        const { code, diagnostics } = transform(input, { fileName, include: "all" });
        if (diagnostics.length > 0) expect(code).to.equal(input);
      }
    }
  });
});
