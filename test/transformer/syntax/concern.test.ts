import { expect } from "chai";
import { concernPattern, transform } from "../../../transformer/index.js";
import { fixtures } from "../goldens.js";

const all = concernPattern("all");

describe("the look before a parse", () => {
  it("finds generators and loops however they are written", () => {
    for (const source of [
      "async function* f() {}",
      "export default async function*() {}",
      "x = { async*m() {} }",
      "class A { static async * #m() {} }",
      "class A { async *[Symbol.asyncIterator]() {} }",
      "async/* * / */function/**/ // a /* b\n // c\n\t*/***//* d */f() {}",
      "async () => { for\n// each\r\nawait (const x of y); }",
    ])
      expect(source).to.match(all);
  });

  it("passes on what has neither, and what needs a directive has to have one", () => {
    for (const source of [
      "/** 2 * async; */ async function f() { return 2 * await g(); }",
      "function* f() {} for (const x of y) await x;",
      "const asyncs = 2, forawait = asyncs * 3",
      "async (a) => a /* * */, async",
    ])
      expect(source).not.to.match(all);
    expect("async function* f() {}").not.to.match(concernPattern("directive"));
    for (const include of ["directive", "all"] as const) expect(`'use no aclose'`).to.match(concernPattern(include));
  });

  it("leaves nothing out that the compiler rewrites", () => {
    for (const { name, source, options } of fixtures) {
      const { code } = transform(source, options);
      if (code !== source) expect(source, name).to.match(concernPattern(options.include));
    }
  });

  it("takes no second way through comments", () => {
    expect(`async ${"// // /* */\n/* // **/".repeat(10_000)}`).not.to.match(all);
  });
});
