/** What leak reports say: each generator that is left open, with the line where it stands. */

import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { expect } from "chai";
import * as api from "../../runtime/index.js";
import { LeakCheck } from "../../runtime/testing.js";
import { settle } from "../runtime/support/collect.js";
import { compileScript } from "../runtime/support/compile.js";

const { leave } = compileScript("./leaks-programs.js", import.meta.url);
const text = readFileSync(new URL("./leaks-programs.js", import.meta.url), "utf8").split("\n");
const lineOf = (mark: string): number => text.findIndex((line) => line.includes(mark)) + 1;
const at = (mark: string): string => `leaks-programs.js:${lineOf(mark)}`;

/** Everything but the ages and times. */
const timeless = (report: string): string =>
  report.replace(/open for [\d.]+ m?s/g, "open").replace(/ \(since [^)]*\)/g, "");

describe("leak reports", () => {
  /** Keeps what is left open from the garbage collector. */
  const kept: unknown[] = [];
  const log = (): void => {};
  async function leaveOpen(...ways: string[]): Promise<void> {
    for (const way of ways) kept.push(await leave[way](log));
    await settle();
  }
  function failure(): string {
    try {
      api.assertNoOpenAsyncGenerators();
    } catch (error) {
      return timeless((error as Error).message);
    }
    throw new Error("nothing is open");
  }

  beforeEach(() => api.assertNoOpenAsyncGenerators());
  afterEach(async () => {
    kept.splice(0);
    api.configureAsyncGenerators({ captureCreationStack: false });
    await api.shutdownAsyncGenerators({ interrupt: true, timeoutMs: 20 });
    api.resetAsyncGeneratorShutdown();
    delete (globalThis as { devtoolsFormatters?: unknown }).devtoolsFormatters;
  });

  it("name the right line for generators that were left open in different ways", async () => {
    await leaveOpen("byHand", "hanging", "nested", "race", "collection", "queue");
    const found = api.openAsyncGenerators().map(({ name, activity, position }) => [name, activity, position]);
    const position = (head: string, mark: string) => ({
      file: "leaks-programs.js",
      functionLine: lineOf(head),
      line: lineOf(mark),
    });
    expect(found).to.have.deep.members([
      ["lines", "yielded", position("function* lines", "left by hand")],
      ["poll", "awaiting", position("function* poll", "hangs")],
      ["outer", "yielded", position("function* outer", "holds inner")],
      ["inner", "yielded", position("function* inner", "held by outer")],
      ["race", "awaiting", position("async *race", "lost the race")],
      ["#member", "yielded", position("*#member", "in a collection")],
      ["queued", "yielded", position("queued = async function*", "served from the queue")],
    ]);
  });

  it("read like a report of a bug", async () => {
    await leaveOpen("hanging", "nested");
    expect(failure()).to.equal(`3 async generators are still open:

1. poll (${at("function* poll")}): awaits a promise, ${at("hangs")}
   open; 1 request waits
2. outer (${at("function* outer")}): at a yield, ${at("holds inner")}
   open; nobody waits for it
3. inner (${at("function* inner")}): at a yield, ${at("held by outer")}
   open; read by outer (${at("function* outer")})

Whoever opens a generator closes it: read it with \`for await\`, hold it with \`await using\`, or await its \`return()\`.
One that waits for what never comes is closed by \`aclose(generator, { interrupt: true })\`.
\`configureAsyncGenerators({ captureCreationStack: true })\` shows where each was created.`);
  });

  it("have the time since when, and where each was created if asked to", async () => {
    api.configureAsyncGenerators({ captureCreationStack: true });
    await leaveOpen("byHand");
    const [{ openSince, creationStack } = { openSince: 0, creationStack: "" }] = api.openAsyncGenerators();
    expect(openSince).to.be.within(Date.now() - 60_000, Date.now());
    expect(() => api.assertNoOpenAsyncGenerators()).to.throw(
      `(since ${new Date(openSince as number).toISOString()}); nobody waits for it`,
    );
    expect(creationStack?.split("\n")[0]).to.match(/^ +at .*byHand .*leaks-programs\.js/);
    expect(failure()).to.match(/nobody waits for it\n {3}created\n {7}at .*byHand .*leaks-programs\.js/);
    expect(failure()).not.to.contain("captureCreationStack");
    api.configureAsyncGenerators({ captureCreationStack: false });
    kept.push(await leave.byHand(log));
    expect(api.openAsyncGenerators()[1]).to.have.property("creationStack", undefined);
  });

  it("show a close that waits behind a pending await", async () => {
    await leaveOpen("delegation");
    const [outer, inner] = api.openAsyncGenerators();
    expect(outer).to.deep.include({
      name: "delegating",
      activity: "closing",
      waitingFor: "yield*",
      waitingRequests: 2,
    });
    expect(inner).to.deep.include({ name: "poll", activity: "awaiting", awaitedKind: "a promise", waitingRequests: 0 });
    expect(inner?.readBy?.name).to.equal("delegating");
    expect(failure()).to.contain(
      `1. delegating (${at("function* delegating")}): closing, reads async generator poll (${at("function* poll")}) in yield*, ${at("// delegates")}`,
    );
  });

  it("say what kind of thing is awaited", async () => {
    class Query {
      // biome-ignore lint/suspicious/noThenProperty: it is one
      then(): void {}
    }
    const { wait } = compileScript("./waiting-programs.js", import.meta.url);
    const inherited = Object.create(new Query());
    for (const [value, kind] of [
      [new Promise(() => {}), "a promise"],
      [new Query(), "a Query"],
      [inherited, "a Query"],
      // biome-ignore lint/suspicious/noThenProperty: it is one
      [{ then() {} }, "an object"],
      [7, "a number"],
      [undefined, "undefined"],
    ] as const) {
      const g = wait(value);
      void g.next();
      expect(api.inspectAsyncGenerator(g).awaitedKind).to.equal(kind);
      kept.push(g);
    }
  });

  it("are a tree of who reads from whom, and nothing when nothing is open", async () => {
    expect(api.describeOpenAsyncGenerators()).to.equal("");
    await leaveOpen("nested", "delegation", "byHand");
    expect(timeless(api.describeOpenAsyncGenerators())).to.equal(`5 async generators are still open:
  outer (${at("function* outer")}): at a yield, ${at("holds inner")}; open
  └─ inner (${at("function* inner")}): at a yield, ${at("held by outer")}; open
  delegating (${at("function* delegating")}): closing, reads async generator poll (${at("function* poll")}) in yield*, ${at("// delegates")}; open; 2 requests wait
  └─ poll (${at("function* poll")}): awaits a promise, ${at("hangs")}; open
  lines (${at("function* lines")}): at a yield, ${at("left by hand")}; open`);
  });

  it("of one piece of code leave out what was open before, and what is being closed", async () => {
    const check = new LeakCheck();
    await leaveOpen("byHand");
    check.begin();
    expect(await check.end()).to.equal(undefined);
    const g = await leave.nested(log);
    void g.return();
    expect(await check.end()).to.equal(undefined);
    await leaveOpen("collection");
    expect(timeless((await check.end()) ?? "")).to.match(/^1 async generator is still open:\n\n1\. #member /);
    expect(await check.end()).to.equal(undefined);
  });

  it("of one piece of code in another are those of the other", async () => {
    const check = new LeakCheck();
    check.begin();
    await leaveOpen("byHand");
    check.begin();
    await leaveOpen("collection");
    expect(timeless((await check.end()) ?? "")).to.match(/^1 async generator is still open:\n\n1\. #member /);
    expect(timeless((await check.end()) ?? "")).to.match(/^1 async generator is still open:\n\n1\. lines /);
    expect(await check.end()).to.equal(undefined);
  });

  it("work without positions", async () => {
    const { leave: bare } = compileScript("./leaks-programs.js", import.meta.url, { positions: false });
    kept.push(await bare.hanging(log));
    expect(api.openAsyncGenerators()[0]?.position).to.equal(undefined);
    expect(failure()).to.contain("\n1. poll: awaits a promise\n");
  });

  it("show in util.inspect on request, and change no own key of a generator", async () => {
    const g = await leave.byHand(log);
    kept.push(g);
    const plain = inspect(g);
    const uninstall = api.installInspectFormatter();
    try {
      expect(timeless(inspect(g))).to.match(
        new RegExp(`^AsyncGenerator lines \\(${at("function* lines")}\\): at a yield, ${at("left by hand")}; open \\{`),
      );
      expect(inspect({ a: { b: { c: g } } })).to.contain("[AsyncGenerator lines (");
      const native = (async function* () {})();
      expect(inspect(native)).to.equal("Object [AsyncGenerator] {}");
      expect(Reflect.ownKeys(g)).to.deep.equal([]);
      await g.return();
      expect(inspect(g)).to.equal(`AsyncGenerator lines (${at("function* lines")}): closed, ${at("left by hand")} {}`);
      Object.defineProperty(g, "total", { get: () => 3, enumerable: true, configurable: true });
      expect(inspect(g)).to.match(/ \{ total: \[Getter\] \}$/);
      delete g.total;
    } finally {
      uninstall();
    }
    expect(inspect(g)).to.equal(plain);
  });

  it("show in the developer tools of Chrome on request", async () => {
    const g = await leave.hanging(log);
    kept.push(g);
    const uninstall = api.installDevtoolsFormatter();
    const [formatter, ...others] = (globalThis as any).devtoolsFormatters;
    expect(others).to.deep.equal([]);
    expect(formatter.header({})).to.equal(null);
    expect(timeless(formatter.header(g)[2])).to.equal(
      `AsyncGenerator poll (${at("function* poll")}): awaits a promise, ${at("hangs")}; open; 1 request waits`,
    );
    expect(formatter.hasBody(g)).to.equal(true);
    const [, , awaited] = formatter.body(g);
    expect(awaited.slice(0, 3)).to.deep.equal(["div", {}, "awaited: "]);
    expect(awaited[3][1].object).to.be.a("promise");
    uninstall();
    expect((globalThis as any).devtoolsFormatters).to.deep.equal([]);
  });
});
