import { expect } from "chai";
import { transform } from "../../transformer/index.js";

/** The findings of one rule, as `line:column code`. */
function findings(rule: string, source: string, severity: "warn" | "error" = "warn"): string[] {
  const options = { fileName: "a.ts", include: "all", module: "esm", rules: { [rule]: severity } } as const;
  return transform(source, options).diagnostics.map(
    ({ line, column, code, severity: found }) => `${line}:${column} ${code} ${found}`,
  );
}

describe("optional rules", () => {
  it("no-yield-in-finally", () => {
    const source = "export async function* f() {\n  try { yield 1; } finally {\n    yield 2;\n    await 3;\n  }\n}\n";
    expect(findings("no-yield-in-finally", source)).to.deep.equal(["3:5 ACLOSE1501 warning"]);
    expect(findings("no-yield-in-finally", source, "error")).to.deep.equal(["3:5 ACLOSE1501 error"]);
    expect(
      findings(
        "no-yield-in-finally",
        "export async function* f() { try {} finally { await (async function* () { yield 1; })().next(); } }",
      ),
    ).to.deep.equal([]);
  });

  it("no-yield-while-holding a lock that a finally releases", () => {
    const source =
      "export async function* f(m) {\n  await m.acquire();\n  try {\n    yield 1;\n  } finally { m.release(); }\n  yield 2;\n}\n";
    expect(findings("no-yield-while-holding", source)).to.deep.equal(["4:5 ACLOSE1502 warning"]);
  });

  it("no-yield-while-holding says nothing of a stream's reader", () => {
    const source = (release: string) =>
      `export async function* f(s) { const r = s.getReader(); try { yield r.read(); } finally { ${release}; } }`;
    expect(findings("no-yield-while-holding", source("r.releaseLock()"))).to.deep.equal([]);
    expect(findings("no-yield-while-holding", source("s.releaseLock(r)"))).to.deep.equal(["1:62 ACLOSE1502 warning"]);
  });

  it("no-yield-while-holding what using acquired", () => {
    const source = "export async function* f(m) {\n  yield 0;\n  { using l = m.lock(); yield 1; }\n  yield 2;\n}\n";
    expect(findings("no-yield-while-holding", source)).to.deep.equal(["3:25 ACLOSE1502 warning"]);
  });

  it("no-yield-while-holding an AsyncLocalStorage store", () => {
    expect(
      findings("no-yield-while-holding", "export async function* f(s) { yield* s.run(1, () => g()); }"),
    ).to.deep.equal(["1:31 ACLOSE1502 warning"]);
    expect(
      findings("no-yield-while-holding", "export async function* f(s) { yield 0; s.enterWith(1); yield 1; }"),
    ).to.deep.equal(["1:56 ACLOSE1502 warning"]);
  });

  it("no-delegation", () => {
    expect(findings("no-delegation", "export async function* f() { yield 1; yield* g(); }")).to.deep.equal([
      "1:39 ACLOSE1503 warning",
    ]);
  });

  it("no-unclosed-next", () => {
    const driven = (rest: string) =>
      `async function* g() { yield 1; }\nexport async function f() { const it = g(); ${rest} }`;
    expect(findings("no-unclosed-next", driven("await it.next();"))).to.deep.equal(["2:51 ACLOSE1504 warning"]);
    expect(findings("no-unclosed-next", driven("await it.next(); if (x) await it.return();"))).to.deep.equal([
      "2:51 ACLOSE1504 warning",
    ]);
    expect(
      findings("no-unclosed-next", driven("try { await it.next(); } finally { await it.return(); }")),
    ).to.deep.equal([]);
    expect(findings("no-unclosed-next", driven("await it.next(); return it;"))).to.deep.equal([]);
    expect(
      findings("no-unclosed-next", driven("return { pull: () => it.next(), cancel: () => it.return() };")),
    ).to.deep.equal([]);
    expect(
      findings(
        "no-unclosed-next",
        "async function* g() { yield 1; }\nexport async function f() { await using it = g(); await it.next(); }",
      ),
    ).to.deep.equal([]);
  });

  it("are off by default, and unknown ones are errors", () => {
    expect(
      transform("export async function* f() { yield* g(); }", { fileName: "a.ts", include: "all" }).diagnostics,
    ).to.deep.equal([]);
    const { diagnostics } = transform("", { fileName: "a.ts", rules: { "no-such-rule": "warn" } as object });
    expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).to.deep.equal(["ACLOSE1007 error"]);
  });
});
