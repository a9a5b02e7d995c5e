/** The positions that emitted code carries: each state leads back to the line of its suspension. */

import { expect } from "chai";
import { decodePosition } from "../../../runtime/positions.js";
import { transform } from "../../../transformer/index.js";
import { fixtures } from "../goldens.js";

const emitted = (code: string): string[] =>
  [...code.matchAll(/positions: ("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text as string) as string);

const escaped = (text: string): string => text.replaceAll("$", "\\$");

const compiled = (source: string, fileName = "rows.ts", options = {}): string =>
  transform(source, { fileName, include: "all", sourceMap: false, ...options }).code;

/** Resumption states and their operations, in the order of the output: `$.state = 3; $.op = 17`. */
const suspensions = (code: string, core = "$"): { state: number; operation: number }[] =>
  [
    ...code.matchAll(
      new RegExp(String.raw`(?<![\w$])${escaped(core)}\.state = (\d+); ${escaped(core)}\.op = (\d+)`, "g"),
    ),
  ].map(([, state, op]) => ({
    state: Number(state),
    operation: Number(op) & ~16,
  }));

/** What a line must have on it for each operation. */
const words: Record<number, RegExp> = {
  1: /\bawait\b|\breturn\b/,
  2: /\byield\b/,
  4: /\byield\s*\*/,
  5: /\bfor\s+await\b/,
  6: /\bfor\s+await\b/,
  7: /\bfor\s+await\b/,
  8: /\busing\b/,
};

describe("positions", () => {
  it("are the lines of the function and of its suspensions", () => {
    const source = `
export async function* rows(pages) {
  for (const page of pages) {
    const
      body = await page;
    yield body; yield
      body;
  }
}`;
    const [positions = ""] = emitted(compiled(source));
    const [first, ...others] = suspensions(compiled(source)).map(({ state }) => decodePosition(positions, state));
    expect(first).to.deep.equal({ file: "rows.ts", functionLine: 2, line: 5 });
    expect(others.map(({ line }) => line)).to.deep.equal([6, 6]);
    expect(decodePosition(positions, 0).line).to.equal(2);
  });

  it("differ for suspensions that go on in the same place", () => {
    const source = `async function* answers(n) {
  if (n) return 7;
  return 8;
}`;
    const code = compiled(source, "answers.mjs");
    const [positions = ""] = emitted(code);
    expect(suspensions(code).map(({ state }) => decodePosition(positions, state).line)).to.deep.equal([2, 3]);
  });

  it("have the file's base name, whatever is in it", () => {
    const source = "async function* rows() { yield 1; }";
    for (const [fileName, base] of [
      ["/home/user/src/rows.ts", "rows.ts"],
      ["C:\\src\\rows.ts", "rows.ts"],
      ['a:b,1 "x".mjs', 'a:b,1 "x".mjs'],
    ]) {
      const [positions = ""] = emitted(compiled(source, fileName, { module: "esm" }));
      expect(decodePosition(positions, 1)).to.deep.equal({ file: base, functionLine: 1, line: 1 });
    }
  });

  it("are the same wherever the file lies", () => {
    const source = "export async function* rows() { yield 1; }";
    expect(compiled(source, "/one/rows.ts")).to.equal(compiled(source, "/other/rows.ts"));
  });

  it("can be left out", () => {
    expect(emitted(compiled("export async function* rows() { yield 1; }", "a.ts", { positions: false }))).to.be.empty;
  });

  it("say of every suspension in the fixtures a line that suspends", () => {
    let checked = 0;
    for (const { name, source, options } of fixtures) {
      const lines = source.split(/\r\n|\n/);
      for (const text of stepsIn(transform(source, options).code)) {
        for (const { state, operation } of suspensions(text.step, text.core)) {
          const { line } = decodePosition(text.positions, state);
          expect(lines[line - 1], `${name}, state ${state}`).to.match(words[operation] as RegExp);
          checked++;
        }
      }
    }
    expect(checked).to.be.greaterThan(150);
  });
});

/** Static steps with the positions of their definitions; not those with another function's step inside. */
function stepsIn(code: string): { step: string; core: string; positions: string }[] {
  return [...code.matchAll(/^( *)function (\S+\$step(?:\$\d+)?)\(([\w$]+).*\{$([\s\S]*?)^\1\}$/gm)].flatMap(
    ([, , name, core, step]) => {
      const found = new RegExp(`${escaped(name as string)}, [^\\n]*?positions: ("(?:[^"\\\\]|\\\\.)*")`).exec(code);
      return found && !step?.includes(".create(void 0, ")
        ? [{ step: step as string, core: core as string, positions: JSON.parse(found[1] as string) }]
        : [];
    },
  );
}
