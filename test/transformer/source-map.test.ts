/** Positions: each piece of a state's code maps to the statement it came from, and so do names. */

import { generatedPositionFor, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { expect } from "chai";
import ts from "typescript";
import { createTransformer, type Options, type TransformResult, transform } from "../../transformer/index.js";

class Mapped {
  private readonly map: TraceMap;
  private readonly lines: readonly string[];

  constructor(
    source: string,
    private readonly result: TransformResult = transform(source, { fileName: "dir/a.ts", include: "all" }),
  ) {
    this.map = new TraceMap(result.map as never);
    this.lines = result.code.split("\n");
  }

  /** Where the n-th occurrence of a text in the output comes from: `line:column`, both 1-based, or `-`. */
  origin(text: string, nth = 0): string {
    let offset = -1;
    for (let count = 0; count <= nth; count++) offset = this.result.code.indexOf(text, offset + 1);
    expect(offset, `${text} in\n${this.result.code}`).to.be.at.least(0);
    const before = this.result.code.slice(0, offset).split("\n");
    const { line, column } = originalPositionFor(this.map, { line: before.length, column: before.at(-1)!.length });
    return line === null ? "-" : `${line}:${column + 1}`;
  }

  /** The source's name for the n-th occurrence of a text in the output. */
  name(text: string): string | null {
    const before = this.result.code.slice(0, this.result.code.indexOf(text)).split("\n");
    return originalPositionFor(this.map, { line: before.length, column: before.at(-1)!.length }).name;
  }

  /** The output's line for a line of the source, by its first mapped column. */
  generated(line: number, column: number): string {
    const found = generatedPositionFor(this.map, { source: "dir/a.ts", line, column: column - 1 });
    return found.line === null ? "" : this.lines[found.line - 1]!.trim();
  }
}

/** What the tsc plugin makes of it. */
function printedByTsc(text: string, options: Options & { fileName: string }): TransformResult {
  const { outputText, sourceMapText } = ts.transpileModule(text, {
    fileName: options.fileName,
    compilerOptions: { target: ts.ScriptTarget.ES2022, sourceMap: true, sourceRoot: "dir" },
    transformers: { before: [createTransformer(ts, options, () => {})] },
  });
  return { code: outputText, map: JSON.parse(sourceMapText!) } as TransformResult;
}

const source = `export async function* work(limit: number, other: () => Promise<number>) {
  const first = await other();
  for (let i = first; i < limit; i++) {
    try {
      if (i === 3) continue;
      yield i + (await other());
    } finally {
      console.log("done", i);
    }
  }
  for await (const item of source()) yield item;
  const sum = limit + first,
    rest = { sum };
  return rest;
}
`;

describe("the source map", () => {
  const mapped = new Mapped(source);

  it("maps the shell to the function", () => {
    expect(mapped.origin("work(limit: number")).to.equal("1:24");
    expect(mapped.origin("limit: number")).to.equal("1:29");
    expect(mapped.origin("Promise<number>")).to.equal("1:57");
    expect(mapped.origin("function work$step")).to.equal("1:1");
    expect(mapped.origin("function work$vars")).to.equal("1:1");
  });

  it("ends a step where its function ends, so that coverage can tell that it was not called", () => {
    const text =
      "export async function* f() {\n  yield 1;\n}\nexport class A {\n  #p = 1;\n  async *m() {\n    yield this.#p;\n  }\n}\n";
    const options = { fileName: "dir/a.ts", include: "all", positions: false } as const;
    const [own, tsc] = [new Mapped(text, transform(text, options)), new Mapped(text, printedByTsc(text, options))];
    // tsc maps the place behind what ends.
    expect([own.origin("}\nexport class A"), tsc.origin("\nexport class A")], "outside").to.deep.equal(["3:1", "3:2"]);
    expect([own.origin("};\n"), tsc.origin(";\n        return (m$")], "inside").to.deep.equal(["8:3", "8:4"]);
  });

  it("leaves no step without a name, also where nothing reads the map: profiles, and stacks in production", () => {
    const nested = "class A {\n  #p = 1;\n  async *m() {\n    yield this.#p;\n  }\n}\n";
    const { code } = transform(nested, { fileName: "a.mts", include: "all" });
    expect(code).to.contain("const m$step = $ => {").and.not.to.contain("create(void 0, $ =>");
  });

  it("maps the code of each state to its statement", () => {
    expect(mapped.origin("console")).to.equal("8:7");
    expect(mapped.origin('"done"')).to.equal("8:19");
    expect(mapped.origin("source()")).to.equal("11:28");
    expect(mapped.origin("=== 3")).to.match(/^5:/);
    expect(mapped.origin("const sum")).to.equal("12:9");
    expect(mapped.origin("const rest")).to.equal("13:5");
  });

  it("maps the first statement of a block of the compiler's own, which tsc prints on a line of its own", () => {
    const text =
      "export async function f(o) {\n  for await (const x of o) o();\n  for await (const y of o) await y;\n}\nexport async function* g(a) {\n  for (;;) {\n    if (a.x) break;\n    yield a;\n  }\n}\n";
    const options = { fileName: "dir/a.ts", include: "all" } as const;
    for (const map of [new Mapped(text, transform(text, options)), new Mapped(text, printedByTsc(text, options))]) {
      expect(map.origin("const loop =")).to.equal("2:3");
      expect(map.origin("const reader =")).to.equal("3:3");
      expect(map.origin("s = 4")).to.equal("7:14");
    }
  });

  it("maps what a loop of an ordinary async function does to where it waits: stack traces and coverage have it there", () => {
    const map = new Mapped(
      "export async function f(o) {\n  for await (const x of o) {\n    o();\n  }\n  for await (const y of o) {\n    await y;\n  }\n}\n",
    );
    for (const code of ["loop.run()", "await loop.pending", "loop.rethrow()"])
      expect(map.origin(code), code).to.equal("2:20");
    // Coverage would call the user's what has a place of its own.
    for (const code of [
      "if (!reader.pull()",
      "if (reader.done",
      "await reader.pending",
      "reader.fail(",
      "if (reader.isOpen",
    ])
      expect(map.origin(code), code).to.equal("5:20");
    for (const code of ["if (reader.close()", "reader.closeFailed(", "reader.rethrow()"])
      expect(map.origin(code), code).to.equal("5:20");
    expect(map.origin("await reader.pending", 1)).to.equal("5:20");
  });

  it("maps calls, and what a pattern takes apart, to where engines say that their errors are", () => {
    const map = new Mapped(
      "export async function* f(o, own) {\n  o.m(\n    await 1,\n  );\n  own(2);\n  own(await 3);\n  o?.m(\n    await 4);\n  const [\n    a, b = await 5,\n  ] = o;\n  own;\n}\n",
    );
    expect(map.origin("call(v.$callee, v.$operand")).to.equal("2:5");
    expect(map.origin("(2)")).to.equal("5:3");
    expect(map.origin("($.value)")).to.equal("6:3");
    expect(map.origin("call(v.$callee$1, v.$object")).to.equal("7:6");
    expect(map.origin("iterator($value)")).to.equal("11:7");
  });

  it("maps moved variables to where they were named", () => {
    expect(mapped.origin("v.first =")).to.equal("2:9");
    expect(mapped.origin("v.limit", 0)).to.equal("3:27");
    expect(mapped.origin("v.i++")).to.equal("3:34");
  });

  it("names what was moved", () => {
    expect(mapped.name("v.first =")).to.equal("first");
    expect(mapped.name("v.limit)")).to.equal("limit");
    expect(mapped.name("v.i++")).to.equal("i");
    expect(mapped.name("console")).to.equal(null);
  });

  it("maps each suspension to its await or yield", () => {
    const suspensions = [
      ...transform(source, { fileName: "dir/a.ts", include: "all" }).code.matchAll(
        /(?<=\$\.state = \d+; \$\.op = \d+; )return.*\/\/ (\S+)/g,
      ),
    ];
    const words = suspensions.map(([text, word], index) => {
      const nth = suspensions.slice(0, index).filter(([other]) => other === text).length;
      return `${word} ${mapped.origin(text, nth).split(":")[0]}`;
    });
    expect(words.filter((word) => !word.startsWith("close"))).to.deep.equal([
      "await 2",
      "await 6",
      "yield 6",
      "next 11",
      "yield 11",
      "await 14",
    ]);
  });

  it("says nothing about what stands for nothing", () => {
    expect(mapped.origin("import * as")).to.equal("-");
    expect(mapped.origin("let s = ")).to.equal("-");
  });

  it("finds the line of the output for each line of the source that does something", () => {
    expect(mapped.generated(8, 7)).to.contain("console.log");
    expect(mapped.generated(6, 13)).to.contain("v.i");
    expect(mapped.generated(2, 23)).to.contain("other");
  });

  it("keeps positions behind the function, in CRLF files and behind characters of two units", () => {
    const text = `${source.replaceAll("\n", "\r\n")}/* 𝒳é */ const after = 1;\r\nthrow after;\r\n`;
    const other = new Mapped(text);
    expect(other.origin("const after")).to.equal("16:11");
    expect(other.origin("throw after")).to.equal("17:1");
    expect(other.origin('"done"')).to.equal("8:19");
  });

  it("maps what is thrown in a state to the line that throws it, as a stack shows it", () => {
    const thrower = new Mapped(
      `async function* f(x) {\n  yield 1;\n\n  x.y.z();\n  yield 2;\n  throw new\n    Error("e");\n}`,
    );
    expect(thrower.origin("z()")).to.equal("4:7");
    expect(thrower.origin("Error")).to.equal("7:5");
    expect(thrower.origin("throw")).to.match(/^6:/);
  });
});
