import { expect } from "chai";
import { loadCompiler } from "./compilers.js";
import { script } from "./drivers.js";
import { compare, record, report } from "./oracle.js";

const program = `async function* main() { try { log(yield 1); } finally { log("closed", await resolved(2)); } }`;

describe("oracle", () => {
  it("finds no difference between native and native", async () => {
    expect(await compare(program, { compile: await loadCompiler("identity") })).to.equal(undefined);
  });

  it("catches a single microtask turn", async () => {
    const difference = await compare(program, { compile: await loadCompiler("broken") });
    expect(difference && report(difference)).to.include("≠");
  });

  it("catches what was left native", async () => {
    const compile = () => ({ code: program, problems: ["main stays native: a reason"] });
    expect((await compare(program, { compile }))?.problems).to.deep.equal(["main stays native: a reason"]);
  });

  it("records the order of the program, the driver and the turns", async () => {
    const events = await record(program, script("next! return:number"));
    expect(events.map(({ turn, text }) => `${turn} ${text}`)).to.deep.equal([
      "2 0 next → #1{value: 1, done: false}",
      "3 closed 2",
      "4 1 return → #2{value: 1, done: true}",
    ]);
  });

  it("records a rejection that nobody handles and a request that is never answered", async () => {
    const events = await record(`function main() { rejected("lost"); return new Promise(() => {}); }`, script("next"));
    expect(events.map(({ text }) => text)).to.deep.equal(["unhandled Error: lost", "still pending"]);
  });
});
