import { expect } from "chai";
import { type Bindings, bind, namesIn } from "../../../transformer/syntax/bindings.js";
import { isCaptured } from "../../../transformer/syntax/scope.js";
import { isStrict } from "../../../transformer/syntax/strict.js";
import { identifierAt, nodeAt, parse } from "./source.js";

/** What each marked identifier means: the kind of its variable, the kind of its scope, and the line it is declared in. */
function meanings(text: string, fileName?: string): Record<string, string> {
  const file = parse(text, fileName);
  const bindings = bind(file);
  const marks = [...text.matchAll(/\/\*(\w+)\*\//g)].map(([mark, name]) => [mark, name] as const);
  return Object.fromEntries(marks.map(([mark, name]) => [name, meaning(bindings, identifierAt(file, mark))]));
}

function meaning(bindings: Bindings, node: ReturnType<typeof identifierAt>): string {
  const variable = bindings.variableOf(node);
  const dead = bindings.referenceOf(node)?.dead ? " dead" : "";
  if (variable) return `${variable.kind} of ${variable.scope.kind}${dead}`;
  return bindings.isReference(node) ? "free" : "no reference";
}

describe("bindings", () => {
  it("finds parameters, variables of the body, of blocks and of the file", () => {
    const text = `const top = 1; function f(a, { b, c: [d = a] }) { var e; { let g; /*1*/top; /*2*/a; /*3*/d; /*4*/e; /*5*/g; /*6*/c; } }`;
    expect(meanings(text)).to.deep.equal({
      1: "const of file",
      2: "parameter of parameters",
      3: "parameter of parameters",
      4: "var of body",
      5: "let of block",
      6: "free",
    });
  });

  it("knows what is not a reference", () => {
    const text = `label: for (;;) { a./*1*/b; ({ /*2*/c: 1, /*3*/d }); break /*4*/label; } type T = /*5*/U; new.target; class A { /*6*/m() {} }`;
    expect(meanings(text)).to.deep.equal({
      1: "no reference",
      2: "no reference",
      3: "free",
      4: "no reference",
      5: "no reference",
      6: "no reference",
    });
  });

  it("tells a declaration from the name inside a class and a function expression", () => {
    const text = `class A { m() { /*1*/A; } } const x = function y() { /*2*/y; }; const z = class w { static v = /*3*/w; }; /*4*/A; /*5*/y;`;
    expect(meanings(text)).to.deep.equal({
      1: "className of class",
      2: "self of name",
      3: "className of class",
      4: "class of file",
      5: "free",
    });
  });

  it("gives loops, switches and catch clauses scopes of their own", () => {
    const text = `function f(x) { for (let i of /*1*/i) { /*2*/i; } switch (x) { case 0: let s; default: /*3*/s; } try {} catch (e) { var e = 1; /*4*/e; } /*5*/e; }`;
    expect(meanings(text)).to.deep.equal({
      1: "let of for dead",
      2: "let of for",
      3: "let of switch",
      4: "catch of catch",
      5: "var of body",
    });
  });

  it("hoists var to the function, and to the parameter of its name", () => {
    expect(meanings(`function f(a) { if (a) { var b; var a; } /*1*/a; /*2*/b; }`)).to.deep.equal({
      1: "parameter of parameters",
      2: "var of body",
    });
    expect(meanings(`function f(a, b = () => /*1*/a) { var a; /*2*/a; }`)).to.deep.equal({
      1: "parameter of parameters",
      2: "var of body",
    });
  });

  it("assigns functions in blocks outwards in sloppy code only", () => {
    const text = `function f() { /*1*/g; { function g() {} } }`;
    expect(meanings(text, "a.js")).to.deep.equal({ 1: "var of body" });
    expect(meanings(`"use strict"; ${text}`, "a.js")).to.deep.equal({ 1: "free" });
    expect(meanings(`function f() { let g; { function g() {} /*1*/g; } /*2*/g; }`, "a.js")).to.deep.equal({
      1: "function of block",
      2: "let of body",
    });
  });

  it("reads TypeScript: types bind nothing, enums know their members, namespaces are bodies", () => {
    const text = `enum E { A = 1, B = /*1*/A, C = /*2*/E.B } namespace N { var v; /*3*/v; } declare const d: number; /*4*/d; import i = N.x; /*5*/i; const enum F {} /*6*/F;`;
    expect(meanings(text)).to.deep.equal({
      1: "className of class",
      2: "className of class",
      3: "var of body",
      4: "free",
      5: "import of file",
      6: "constEnum of file",
    });
  });

  it("keeps arguments free, unless something is called so", () => {
    expect(meanings(`function f() { /*1*/arguments; } function g() { var arguments; /*2*/arguments; }`)).to.deep.equal({
      1: "free",
      2: "var of body",
    });
  });

  it("knows what closures capture", () => {
    const file = parse(`function f(a, b) { let c = () => /*1*/a; /*2*/b; return class { [/*3*/c] = b; }; }`);
    const bindings = bind(file);
    const captured = (mark: string) => isCaptured(bindings.variableOf(identifierAt(file, mark))!);
    expect([captured("/*1*/"), captured("/*2*/"), captured("/*3*/")]).to.deep.equal([true, true, false]);
  });

  it("lists the identifiers in a node in source order", () => {
    const file = parse(`a; /*1*/f(b, () => c.d, { e, g: h }, i = j); k;`);
    expect(
      bind(file)
        .identifiersIn(nodeAt(file, "/*1*/"))
        .map(({ text }) => text),
    ).to.deep.equal([..."fbcehij"]);
  });

  it("collects every name, so that new ones can avoid them", () => {
    const names = [
      ...namesIn(parse(`import { a as b } from "x"; label: for (const c of d) e.f; class G { h = <I>j; }`)),
    ];
    for (const name of ["b", "c", "d", "e", "f", "G", "h", "j", "label"]) expect(names, name).to.include(name);
  });

  it("leaves out functions that have nothing to do with those that are rewritten", () => {
    const file = parse(`let a; function f() { a; } function g() { function h() { /*1*/a; } function i() { /*2*/a; } }`);
    const { parent } = nodeAt(file, "/*1*/");
    const bindings = bind(file, [parent.parent]);
    expect(bindings.referenceOf(identifierAt(file, "/*1*/"))?.variable.name).to.equal("a");
    expect(bindings.referenceOf(identifierAt(file, "/*2*/"))).to.equal(undefined);
    expect(bindings.identifiersIn(file)).to.have.length(1);
  });

  it("tells strict code from sloppy code", () => {
    const strict = (text: string) => isStrict(nodeAt(parse(text, "a.js"), "/*1*/"));
    expect(strict(`/*1*/a;`)).to.equal(false);
    expect(strict(`export {}; /*1*/a;`)).to.equal(true);
    expect(strict(`function f() { "use strict"; /*1*/a; }`)).to.equal(true);
    expect(strict(`function f() { "use\\x20strict"; /*1*/a; }`)).to.equal(false);
    expect(strict(`class A { m() { /*1*/a; } }`)).to.equal(true);
  });
});
