import { expect } from "chai";
import { loadCompiler } from "./compilers.js";
import { script } from "./drivers.js";
import { compare, type Event, logText, record, report } from "./oracle.js";

const program = `async function* main() { try { log(yield 1); } finally { log("closed", await resolved(2)); } }`;

describe("oracle", () => {
  it("finds no difference between native and native", async () => {
    expect(await compare(program, { compile: await loadCompiler("identity") })).to.equal(undefined);
  });

  it("catches a single microtask turn", async () => {
    const difference = await compare(program, { compile: await loadCompiler("broken") });
    expect(difference && report(difference)).to.include("≠");
  });

  describe("where ticks are not compared", () => {
    const two = `async function* main() { try { log("a"); yield 1; log("b"); yield 2; } finally { log("closed", await resolved(3)); } }`;
    const judged = async (code: string, request = "next next return:number") =>
      compare(two, { compile: () => ({ code, problems: [] }), ticks: "fused", drivers: [script(request)] });

    it("takes another number of ticks for the same", async () => {
      const slow = two
        .replace('log("a")', 'await null; await null; log("a")')
        .replace("yield 2", "await null; yield 2");
      expect(await judged(slow)).to.equal(undefined);
      expect(await judged(slow, "next! next! return:number! next")).to.equal(undefined);
    });

    for (const [what, from, to] of [
      ["another value", "yield 2", "yield 3"],
      ["another order of values", /yield 1(.*)yield 2/, "yield 2$1yield 1"],
      ["another order of what happens", `log("a"); yield 1; log("b");`, `log("b"); yield 1; log("a");`],
      ["a cleanup that is left out", /log\("closed".*?\);/, ""],
      ["an error that is left out", "yield 2", `yield 2; } catch { error("lost");`],
      ["an error too many", "yield 2;", `yield 2; fail("new");`],
      ["a request that is never answered", "await resolved(3)", "await new Promise(() => {})"],
      ["a rejection that nobody handles", "yield 2", `rejected("lost"); yield 2`],
    ] as const)
      it(`catches ${what}`, async () => {
        const driver = {
          "an error that is left out": "next next throw:error next",
          "an error too many": "next next next",
        };
        expect(
          await judged(two.replace(from, to), driver[what as keyof typeof driver]),
          "it was not caught",
        ).not.to.equal(undefined);
      });

    it("catches a cleanup that runs behind the answer", async () => {
      const late = two.replace(
        /log\("closed".*?\);/,
        `resolved(3).then(async (x) => { await null; await null; await null; log("closed", x); });`,
      );
      expect(await judged(late)).not.to.equal(undefined);
    });

    it("catches what only happens when others run at the same time", async () => {
      const code = `globalThis.running ??= 0; ${two.replace("yield 1", "yield globalThis.running++ ? 9 : 1").replace('log("closed"', 'globalThis.running--; log("closed"')}`;
      const request = { compile: () => ({ code, problems: [] }), ticks: "fused" } as const;
      const drivers = [script("next next next"), script("next return:number")];
      expect(await compare(two, { ...request, drivers: drivers.slice(1) })).to.equal(undefined);
      expect((await compare(two, { ...request, drivers }))?.driver.name).to.match(/beside the others$/);
      delete (globalThis as { running?: number }).running;
    });
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

  it("compares with fused ticks which rejections turn out to be unhandled, and not when", () => {
    const said = (text: string) => ({ turn: 1, lane: "program", text }) as const;
    const unhandled = { turn: 1, lane: "unhandled", text: "unhandled Error: lost" } as const;
    const log = (...events: Event[]) => logText(events, script("next"), false);
    expect(log(said("1"), unhandled, said("2"))).to.deep.equal(log(said("1"), said("2"), unhandled));
    expect(log(said("1"), unhandled)).not.to.deep.equal(log(said("1")));
  });

  it("has room for the program's events however many others there are", async () => {
    const code = `function main() {
      for (let i = 0; i < 2000; i++) rejected(i);
      return (async function* () { await new Promise((go) => setImmediate(go)); log("late"); })();
    }`;
    const events = await record(code, script("next"));
    expect(events.filter(({ lane }) => lane === "program").map(({ text }) => text)).to.deep.equal(["late"]);
  });
});
