import { expect } from "chai";
import { transform } from "../../../transformer/index.js";

/** Diagnostics as `code line:column length`, and the names of what is rewritten. */
function read(source: string, include: "directive" | "all" = "directive"): { found: string[]; rewritten: string[] } {
  const { diagnostics, functions } = transform(source, { fileName: "a.ts", include });
  return {
    found: diagnostics.map(({ code, line, column, length }) => `${code} ${line}:${column} ${length}`),
    rewritten: functions.filter(({ rewritten }) => rewritten).map(({ name }) => name),
  };
}

const f = (body: string, name = "f") => `export async function* ${name}() { ${body} yield 1; }\n`;

describe("directives", () => {
  it("opt in a function, a file, and out of it again", () => {
    expect(read(f(`"use aclose";`) + f("", "g"))).to.deep.equal({ found: [], rewritten: ["f"] });
    expect(read(`"use aclose";\n${f("")}${f(`"use no aclose";`, "g")}`)).to.deep.equal({ found: [], rewritten: ["f"] });
    expect(read(f(`"use no aclose";`) + f("", "g"), "all")).to.deep.equal({ found: [], rewritten: ["g"] });
    expect(read(`"use no aclose";\n${f("")}${f(`'use aclose';`, "g")}`, "all")).to.deep.equal({
      found: [],
      rewritten: ["g"],
    });
  });

  it("opt any function out, with what is in it, but for what opts in again", () => {
    const loop = "for await (const x of y) x();";
    const source = `export const a = async (y) => { "use no aclose"; ${loop} const b = async () => { ${loop} };
  async function* c() { yield 1; }
  async function* d() { "use aclose"; yield 1; async function* e() { yield 1; } }
};
export async function g(y) { ${loop} }
`;
    expect(read(source, "all")).to.deep.equal({ found: [], rewritten: ["d", "e"] });
    const { code } = transform(source, { fileName: "a.ts", include: "all" });
    expect(code).to.contain(`${loop} const b = async () => { ${loop} };`);
    expect(code.match(/for await/g)).to.have.length(2);
  });

  it("stand anywhere in a prologue, behind comments and other directives", () => {
    const source = `#!/usr/bin/env node\n// comment\n"use strict";\n/* more */ "use client"; 'use aclose fused'\n${f("")}`;
    expect(read(source)).to.deep.equal({ found: [], rewritten: ["f"] });
  });

  it("leave the output, and nothing else does", () => {
    const { code } = transform(`"use strict"; "use aclose";\n${f(`"use strict"; "use aclose spec";`)}`, {
      fileName: "a.ts",
    });
    expect(code).not.to.contain("use aclose");
    expect(code.match(/"use strict"/g)).to.have.length(2);
  });

  it("are not found in strings, templates or parentheses", () => {
    const source = `export const a = "use aclose", b = \`use aclose\`;\n("use aclose");\n${f(`("use aclose");`)}`;
    expect(read(source)).to.deep.equal({ found: [], rewritten: [] });
  });

  it("are found where they are misspelt, and other tools' are not", () => {
    const messages = (text: string) =>
      transform(`"${text}";\n${f("")}`, { fileName: "a.ts" }).diagnostics.map(
        ({ code, message }) => `${code} ${message}`,
      );
    for (const text of [
      "use-aclose",
      "use_aclose",
      "useaclose",
      "Use Aclose",
      "use aClose",
      "use alcose",
      "use acloes",
      "use aclos",
      "use acllose",
      "use acloze",
      "use acloses",
      "use close",
      "use aclose-fused",
      "use acloseFused",
      "use no acloes",
      "use noaclose",
    ])
      expect(messages(text)).to.deep.equal([
        `ACLOSE1013 "${text}" is no directive, and does nothing. Is it meant to be "use ${text.includes("no") ? "no " : ""}aclose"?`,
      ]);
    for (const text of [
      "use strict",
      "use asm",
      "use client",
      "use cache",
      "use case",
      "use locale",
      "use else",
      "use",
    ])
      expect(messages(text)).to.deep.equal([]);
    // Where it would not be one either it is any text.
    expect(read(`f("use alcose", a ? "use-aclose" : 1);\nlet a;\n"use alcose";\n`).found).to.deep.equal([]);
  });

  it("are called by what they say", () => {
    const [word] = transform(`"use no aclose spec";\n${f("")}`, { fileName: "a.ts" }).diagnostics;
    expect(word?.message).to.equal('Unknown word "spec" in the "use no aclose" directive. The words are: none.');
  });

  const wrong: readonly [title: string, source: string, ...found: string[]][] = [
    ["an unknown word", `"use aclose";\n  "use aclose fast";\n${f("")}`, "ACLOSE1003 2:3 18"],
    ["a sign", `"use aclose, fused";\n${f("")}`, "ACLOSE1003 1:1 20"],
    ["a misspelt one in a function", f(`"use acloes";`), "ACLOSE1013 1:30 13"],
    ["several unknown words", `${f(`"use aclose a spec b";`)}`, "ACLOSE1003 1:30 22", "ACLOSE1003 1:30 22"],
    ["a word behind no", `"use no aclose spec";\n${f("")}`, "ACLOSE1003 1:1 21"],
    ["behind a statement", `let a = 1;\r\n"use aclose";\n${f("")}`, "ACLOSE1004 2:1 13"],
    ["in a block", `if (true) {\n\t"use aclose";\n}\n`, "ACLOSE1004 2:2 13"],
    ["in a static block", `class A { static { "use aclose"; } }\n`, "ACLOSE1004 1:20 13"],
    ["as a field of a class", `class A {\n  "use aclose fused"\n  async *m() {}\n}\n`, "ACLOSE1004 2:3 18"],
    ["both at once", f(`"use aclose"; "use no aclose";`), "ACLOSE1005 1:44 16"],
    ["two words that exclude each other", f(`"use aclose spec fused";`), "ACLOSE1006 1:30 24"],
    ["both ways to close", f(`"use aclose queue interrupt";`), "ACLOSE1006 1:30 29"],
    ["in an ordinary function", `function g() {\n  "use aclose";\n}\n`, "ACLOSE1009 2:3 13"],
    ["in an arrow function", `export const g = async () => { "use aclose"; };\n`, "ACLOSE1009 1:32 13"],
    [
      "in a constructor, behind é and 𝒳",
      `class A { /* é𝒳 */ constructor() { "use aclose"; } }\n`,
      "ACLOSE1009 1:37 13",
    ],
  ];
  for (const [title, source, ...found] of wrong) {
    it(`are reported where they stand: ${title}`, () => {
      expect(read(source).found).to.deep.equal(found);
      const { code, diagnostics } = transform(source, { fileName: "a.ts" });
      expect(code).to.equal(source);
      for (const each of diagnostics) expect(each.severity).to.equal("error");
    });
  }
});
