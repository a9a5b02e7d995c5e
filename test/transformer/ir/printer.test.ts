import { expect } from "chai";
import { printBody } from "../../../transformer/ir/printer.js";
import { inspect } from "../../../transformer/pipeline.js";
import { block, bodyOf, suspend, temporary } from "./bodies.js";

const source = `async function* f(a) {
  try {
    if (a.x) return b;
    let c = a.m(1,   /* two */
      2) + (await a);
    { let c = yield () => c; a(c); }
    yield c;
  } finally { a(); }
}`;

const expected = `region 0: finally, handler b7, kind %completion, value %result

b0
  goto b1
b1 in region 0
  enter block {c}
  native \`if (a.x) return b;\` goto b3
    at \`return b;\`: await \`b\` resume b2
b2 in region 0
  %result = resumption
  %completion = 2
  goto b7
b3 in region 0
  %operand = \`a.m(1, /* two */ 2)\`
  await \`a\` resume b4
b4 in region 0
  %sent = resumption
  declare {c}: \`c = %operand + (%sent)\`
  enter block {c.2}
  yield \`() => c\` resume b5
b5 in region 0
  %sent.2 = resumption
  declare {c.2}: \`c = %sent.2\`
  do \`a(c)\`
  yield \`c\` resume b6
b6 in region 0
  %sent.3 = resumption
  %completion = 0
  goto b7
b7
  run \`{ a(); }\`
  dispatch %completion: 1 goto b8, 2 goto b9, else b10
b8
  throw %result
b9
  return %result
b10
  return

frame: a, c, c.2, %operand
local: %completion, %result
resumption: %sent, %sent.2, %sent.3
`;

describe("the printer of bodies", () => {
  it("shows blocks, regions, exits, what was computed before, and where variables live", () => {
    const [f] = inspect(source, { fileName: "a.js", include: "all" });
    expect(printBody(f!.body, f!.placements)).to.equal(expected);
  });

  it("shortens the user's text to one line", () => {
    const [f] = inspect(`async function* f() { g(${"x, ".repeat(100)}\n y); }`, { fileName: "a.js", include: "all" });
    const lines = printBody(f!.body).split("\n");
    expect(lines[1]).to.match(/^ {2}do `g\(x, .*…`$/);
    expect(lines[1]).to.have.length.below(110);
  });

  it("numbers blocks by their order, and temporaries of one name too", () => {
    const [one, other] = [temporary("t"), temporary("t")];
    const assign = (target: typeof one) => ({ kind: "assign", target, value: { kind: "resumption" } }) as const;
    const blocks = [
      block(70, suspend(3)),
      block(3, { kind: "return", value: { kind: "variable", variable: other } }, undefined, [
        assign(one),
        assign(other),
      ]),
    ];
    expect(printBody(bodyOf(blocks, [], [one, other]))).to.equal(
      "b0\n  await resumption resume b1\nb1\n  %t = resumption\n  %t.2 = resumption\n  return %t.2\n",
    );
  });
});
