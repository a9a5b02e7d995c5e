/** Hosts that imitate Node, and not all of it, and those that have next to nothing. */

import { AsyncResource } from "node:async_hooks";
import { createContext, Script } from "node:vm";
import { expect } from "chai";
import { createNodeHost } from "../../runtime/node/create-host.js";
import { transform } from "../../transformer/index.js";
import { runtimeScript } from "../support/compilers.js";

describe("a host that imitates Node", () => {
  it("needs no options of AsyncResource: Cloudflare's Workers throw for them", () => {
    class Limited extends AsyncResource {
      constructor(type: string, options?: number) {
        if (options !== undefined) throw new Error("The 'triggerAsyncId' field on 'Options' is not implemented.");
        super(type);
      }
    }
    const { getBuiltinModule } = process;
    process.getBuiltinModule = ((name: string) => ({
      ...getBuiltinModule(name),
      AsyncResource: Limited,
    })) as typeof getBuiltinModule;
    try {
      expect(
        createNodeHost()
          ?.captureContext()
          ?.runInAsyncScope(() => 1),
      ).to.equal(1);
    } finally {
      process.getBuiltinModule = getBuiltinModule;
    }
  });
});

describe("the contexts that generators keep", () => {
  it("hold no process open, for who asks: jest --detectOpenHandles reported each", () => {
    const context = createNodeHost()?.captureContext() as { hasRef?(): boolean } | null | undefined;
    expect(context?.hasRef?.()).to.equal(false);
  });
});

describe("a program that has put another class in place of Promise", () => {
  const text = `
    async function* items() { try { yield* [1, Promise.resolve(2)]; yield await new Promise((resolve) => resolve(3)); } finally { await null; } }
    async function* read() { for await (const item of items()) yield item; }
    globalThis.read = read;`;
  // To await one of these takes two turns more.
  const replacement = "globalThis.Promise = class Other extends Promise {};";
  const program = `(async () => {
    const log = [];
    const source = read();
    const answers = [source.next(), source.next(), source.return(4)];
    for (const answer of answers) log.push(answer.constructor.name), answer.then(({ value }) => log.push(value));
    for (let tick = 0; tick < 30; tick++) { await null; log.push("tick"); }
    for await (const item of read()) log.push(item);
    return log.join(" ");
  })()`;

  it("has generators that give the engine's own, in their time", async () => {
    const options = { include: "all", runtime: { global: "__aclose" }, module: "script" } as const;
    const { code } = transform(text, { fileName: "text.js", ...options });
    const run = (...scripts: string[]): Promise<unknown> => {
      const context = createContext({});
      for (const script of [replacement, ...scripts]) new Script(script).runInContext(context);
      return new Script(program).runInContext(context);
    };
    expect(await run(await runtimeScript(), code)).to.equal(await run(text));
  });
});

describe("an engine without a host", () => {
  const text = `
    async function* count(n) { for (let i = 0; i < n; i++) yield i; }
    async function sum(n) { let all = 0; for await (const i of count(n)) all += i; return all; }
    async function* wait() { yield new Promise(() => {}); }`;
  // It runs, so that long loops ask for a turn.
  const clock = "{ let time = 0; Date.now = () => (time += 10); }";

  /** `before` is what the runtime finds from the start on. */
  async function run(program: string, before: string, globals: object = {}): Promise<unknown> {
    const options = { include: "all", runtime: { global: "__aclose" }, module: "script", ticks: "fused" } as const;
    const context = createContext(globals);
    for (const script of [before, await runtimeScript(), transform(text, { fileName: "text.js", ...options }).code])
      new Script(script).runInContext(context);
    return new Script(program).runInContext(context);
  }

  it("has no turns but microtasks, which long fused loops go on in", async () => {
    expect(await run("sum(10_000)", clock)).to.equal(49_995_000);
  });

  it("may have no clock, as hardened realms", async () => {
    const denied = "Date.now = () => { throw new TypeError('secure mode'); };";
    expect(await run("for (let i = 0; i < 200; i++) wait().next(); sum(10_000)", denied)).to.equal(49_995_000);
  });

  it("may have a clock that is set back: others have their turns meanwhile", async () => {
    let turns = 0;
    const setTimeout = (fn: () => void) => (turns++, queueMicrotask(fn));
    const clock = "{ let time = 1e9; Date.now = () => (time -= 10); }";
    expect(await run("sum(10_000)", clock, { setTimeout })).to.equal(49_995_000);
    expect(turns).to.be.greaterThan(3);
  });

  it("may let nobody learn of collections, as Temporal's workflows, where it starts no timer and leaves nothing in the realm", async () => {
    const before =
      "const started = []; const nextOf = () => Object.getPrototypeOf(async function* () {}).prototype.next;";
    const timers = "globalThis.setTimeout = (fn) => started.push(fn); const next = nextOf();";
    const denied =
      "globalThis.FinalizationRegistry = globalThis.WeakRef = function () { throw new Error('not deterministic'); };";
    const program = "wait().next(); sum(10_000).then((all) => [all, started.length, nextOf() === next])";
    expect(await run(program, before + timers + denied + clock)).to.deep.equal([49_995_000, 0, true]);
  });

  it("may have a setTimeout that throws, as Vercel's workflows", async () => {
    const denied = "globalThis.setTimeout = () => { throw new Error('not supported in workflow functions'); };";
    expect(await run("wait().next(); sum(10_000)", denied + clock)).to.equal(49_995_000);
  });
});
