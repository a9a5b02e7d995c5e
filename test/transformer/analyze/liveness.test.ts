import { expect } from "chai";
import { transform } from "../../../transformer/index.js";
import { inspect } from "../../../transformer/pipeline.js";

/** The fields of a function's frame, in order. */
function frame(body: string, parameters = "p, q"): string[] {
  const { code } = transform(`async function* f(${parameters}) { ${body} }`, {
    fileName: "a.js",
    include: "all",
    runtime: { global: "r" },
  });
  const [, fields = ""] = /function f\$vars[\w$]*\([^)]*\) \{([^}]*)\}/.exec(code) ?? [];
  return [...fields.matchAll(/this\.(\S+) =/g)].map(([, name]) => name!);
}

describe("the frame holds only what is live across a suspension:", () => {
  const cases: readonly [title: string, body: string, fields: string[]][] = [
    ["nothing without a suspension", "let a = 1; for (const b of [a]) a += b; p = 1;", ["p"]],
    ["not what is used before only", "let a = p; a++; g(a); yield 1;", ["p"]],
    ["not what is used after only", "yield 1; let a = 2; g(a);", []],
    ["what is read after", "const a = g(); yield 1; g(a);", ["a"]],
    ["not what is written again before it is read", "let a = g(); yield a; a = 2; g(a);", []],
    ["what may be read after", "let a = g(); yield 1; if (q) a = 2; g(a);", ["a", "q"]],
    ["what a loop carries", "let a = 0; while (a < 3) { yield 1; a++; }", ["a"]],
    ["not what each iteration sets anew", "for (;;) { const a = g(); if (a) break; yield a; }", []],
    ["what a closure captures", "let a = 1; g(() => a); yield 1; a++;", ["a"]],
    ["what a handler reads", "let a = g(); try { yield 1; a = 2; } catch { g(a); }", ["a"]],
    ["what a finally reads", "let a = g(); try { yield 1; } finally { g(a); }", ["a"]],
    [
      "operands on the left of a suspension",
      "q[p] = h(p + (yield 1));",
      ["p", "q", "$operand", "$operand$1", "$operand$2", "$operand$3"],
    ],
    [
      "the value of a return that waits for a finally",
      "try { return p; } finally { await q; }",
      ["p", "q", "$completion", "$result"],
    ],
    ["not the completion when the finally does not suspend", "try { yield 1; } finally { g(); }", []],
    ["parameters that are still needed", "yield p; yield q;", ["p", "q"]],
  ];
  for (const [title, body, fields] of cases) {
    it(title, () => {
      expect(frame(body)).to.have.members(fields);
    });
  }

  it("knows the place of every variable", () => {
    const source =
      "async function* f(a, b) { const c = a(); yield c; let d = await c; g(() => d); let e = d; if (c) yield e; e++; }";
    const [f] = inspect(source, { fileName: "a.js", include: "all" });
    const kinds = Object.fromEntries([...f!.placements].map(([{ name }, { kind }]) => [name, kind]));
    expect(kinds).to.deep.equal({ a: "frame", b: "unused", c: "frame", d: "block", e: "frame", sent: "resumption" });
  });
});
