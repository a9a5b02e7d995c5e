import { expect } from "chai";
import ts from "typescript";
import { exitsOf, SuspensionFacts } from "../../../transformer/syntax/suspension.js";
import { nodeAt, parse } from "./source.js";

const statement = (text: string) => nodeAt(parse(`async function* f() { a: for (;;) { /*1*/${text} } }`), "/*1*/");
const factsOf = (node: ts.Node) => new SuspensionFacts(node).of(node);
const facts = (text: string) => factsOf(statement(text));

describe("suspension", () => {
  const suspending = [
    "yield 1;",
    "x = (await y) + 1;",
    "for await (const x of y) {}",
    "{ await using x = y; }",
    "for (await using x of y) {}",
    "class A { [yield 1]() {} }",
    "class A { static [await x] = 1; }",
    "@(await x) class A {}",
    "class A { @(yield 1) m() {} }",
    "class A extends (yield 1) {}",
    "if (a) { while (b) { c(`${yield 1}`); } }",
    "try { return 1; } finally {}",
    "for (const x of y) return x;",
    "{ using x = y; return x; }",
    "switch (x) { case 0: using y = z; return 1; }",
  ];
  const plain = [
    "x = async () => await y;",
    "x = async function* () { yield 1; };",
    "class A { async m() { await x; } y = 1; static { z; } }",
    "x = { async *m() { yield 1; }, get n() { return 1; } };",
    "for (const x of y) { z(x); }",
    "try { a(); } catch { return; }",
    "if (x) return y;",
    "{ using x = y; z(x); }",
    "let x: Awaited<typeof y>;",
    "type A = { yield: 1 };",
  ];
  for (const text of suspending) it(`${text} suspends`, () => expect(facts(text).suspends).to.equal(true));
  for (const text of plain) it(`${text} does not suspend`, () => expect(facts(text).suspends).to.equal(false));

  it("knows how control leaves", () => {
    const known = (text: string) => {
      const { returns, returnsValue, jumpsTo } = facts(text);
      return [returns, returnsValue, jumpsTo < 0];
    };
    expect(known("x();")).to.deep.equal([false, false, false]);
    expect(known("if (x) return;")).to.deep.equal([true, false, false]);
    expect(known("if (x) return y;")).to.deep.equal([true, true, false]);
    expect(known("{ x(); break; }")).to.deep.equal([false, false, true]);
    expect(known("while (x) break;")).to.deep.equal([false, false, false]);
    expect(known("while (x) continue a;")).to.deep.equal([false, false, true]);
    expect(known("switch (x) { case 0: break; default: continue; }")).to.deep.equal([false, false, true]);
    expect(known("b: { break b; }")).to.deep.equal([false, false, false]);
    expect(known("x = () => { return 1; };")).to.deep.equal([false, false, false]);
  });

  it("lists the ways out in source order", () => {
    const text =
      "b: while (x) { if (y) break; if (z) return 1; switch (w) { case 0: break; case 1: continue b; case 2: break a; } function f() { return 2; } return; }";
    expect(exitsOf(statement(text)).map((node) => node.getText())).to.deep.equal(["return 1;", "break a;", "return;"]);
  });

  it("does not need a stack as deep as the program", () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => `x${index}`).join(" + ");
    expect(facts(`y = ${chain} + (await z);`).suspends).to.equal(true);
    expect(ts.isExpressionStatement(statement(`y = ${chain};`))).to.equal(true);
  });
});
