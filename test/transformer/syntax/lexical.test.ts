import { expect } from "chai";
import type ts from "typescript";
import { bind } from "../../../transformer/syntax/bindings.js";
import { isAsyncGenerator } from "../../../transformer/syntax/functions.js";
import { lexicalUses } from "../../../transformer/syntax/lexical.js";
import { parse } from "./source.js";

/** What the body of a method uses. */
function uses(body: string): string[] {
  const file = parse(`class A { async *m() { ${body} } }`);
  const [method] = (file.statements[0] as ts.ClassDeclaration).members;
  if (!method || !isAsyncGenerator(method)) throw new Error(body);
  return Object.entries(lexicalUses(method, bind(file)))
    .filter(([, isUsed]) => isUsed)
    .map(([name]) => name);
}

describe("lexicalUses", () => {
  const expected: Readonly<Record<string, string[]>> = {
    "yield x.this;": [],
    "yield this;": ["usesThis"],
    "yield () => [this, arguments];": ["usesThis", "usesArguments"],
    "yield function () { return [this, arguments]; };": [],
    "yield class { [this.x] = this; };": ["usesThis"],
    "yield \\u0061rguments;": ["usesArguments"],
    "var arguments; yield arguments;": [],
    "yield super.x;": ["usesSuper"],
    "yield x.#y;": ["usesPrivateNames"],
    "yield 'this # super';": [],
    "yield () => eval('1');": ["usesEval"],
    "yield \\u0065val('1');": ["usesEval"],
    "yield eval;": [],
    "with (x) y;": ["usesWith"],
    "if (x) let\ny;": ["misplaced"],
    "if (x) const y = 1;": ["misplaced"],
    "if (x) { let y; const z = 1; }": [],
    "switch (x) { case 1: using y = z; }": ["misplaced"],
    "switch (x) { default: let y; { using z = y; } }": [],
  };
  for (const [body, found] of Object.entries(expected))
    it(body.replace("\n", " "), () => expect(uses(body)).to.deep.equal(found));

  it("looks into parameters for a direct eval", () => {
    const file = parse("async function* f(x = eval('1')) {}");
    const [node] = file.statements;
    if (!node || !isAsyncGenerator(node)) throw new Error("no generator");
    expect(lexicalUses(node, bind(file)).usesEval).to.equal(true);
  });
});
