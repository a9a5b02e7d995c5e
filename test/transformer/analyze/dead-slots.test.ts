import { expect } from "chai";
import { collectUntil } from "../../../runtime/testing/collect.js";
import { transform } from "../../../transformer/index.js";
import { compileText } from "../../runtime/support/compile.js";

/** What a function's step drops, and before what. */
function drops(body: string, options = {}): string[] {
  const { code } = transform(`async function* f(p, q) { ${body} }`, {
    fileName: "a.js",
    include: "all",
    runtime: { global: "r" },
    ...options,
  });
  return [...code.matchAll(/^ *((?:v\.\S+ = )+)void 0;\n *(.*)/gm)].map(
    ([, slots, next]) => `${slots!.replaceAll(" = ", " ")}| ${next!.replace(/^.*return ?/, "").replace(/ \/\/.*/, "")}`,
  );
}

describe("a slot of the frame is dropped", () => {
  const cases: readonly [title: string, body: string, dropped: string[]][] = [
    ["before the suspension that finds it dead", "let a = g(); yield 1; h(a); yield 2;", ["v.a | 2;"]],
    ["not while it is needed", "let a = g(); yield 1; h(a); yield 2; h(a);", []],
    ["after the suspension whose operand reads it", "let a = g(); yield 1; yield h(a); yield 2;", ["v.a | 2;"]],
    [
      "where only one branch reads it",
      "let a = g(); yield 1; if (q) { h(a); yield 2; } yield 3;",
      ["v.q | h(v.a);", "v.a | 2;", "v.a v.q | 3;"],
    ],
    [
      "before a loop and when it is over, not in each of its rounds",
      "for (const a of p) yield a; yield 2;",
      ["v.p | case 1:", "v.$iterator | 2;"],
    ],
    [
      "in a handler that waits, also when the body was left in the middle",
      "try { let a = g(); yield 1; h(a); } finally { await 2; }",
      ["v.a | 2;"],
    ],
    ["not when a handler reads it", "let a = g(); try { yield 1; h(a); yield 2; } finally { h(a); }", []],
    ["not when a closure may read it", "let a = g(); q(() => a); yield 1; h(a); yield 2;", ["v.q | 1;"]],
    ["not when it only ever holds numbers", "let a = 1; yield 1; a = a * 2; h(a); yield 2;", []],
    ["not when these are read in a list", "let a = 1; yield 1; h([a], { a }); yield 2;", []],
    ["that an assignment in brackets fills", "let a = 1; (a) = g(); yield 1; h(a); yield 2;", ["v.a | 2;"]],
    ["that has a number only by default", "let a = 1; [a = 1] = g(); yield 1; h(a); yield 2;", ["v.a | 2;"]],
    ["that takes what a pattern leaves", "let a = 1; ({ ...a } = g()); yield 1; h(a); yield 2;", ["v.a | 2;"]],
    ["not when nothing is waited for any more", "let a = g(); yield 1; h(a);", []],
  ];
  for (const [title, body, dropped] of cases) {
    it(title, () => {
      expect(drops(body)).to.deep.equal(dropped);
    });
  }

  it("not with `debug`, which keeps what a debugger shows", () => {
    expect(drops("let a = g(); yield 1; h(a); yield 2;", { debug: true })).to.deep.equal([]);
  });

  it("so that it can be collected while the generator waits", async () => {
    const { f } = compileText(
      "exports.f = async function* f(make) { let big = make(); yield 1; big.use(); yield 2; };",
    );
    let kept: WeakRef<object> | undefined;
    const generator = f(() => {
      const big = { use: () => {} };
      kept = new WeakRef(big);
      return big;
    });
    await generator.next();
    expect(await collectUntil(() => kept!.deref() === undefined, 3)).to.equal(false);
    await generator.next();
    expect(await collectUntil(() => kept!.deref() === undefined)).to.equal(true);
    await generator.return();
  });
});
