import { expect } from "chai";
import * as api from "../../../runtime/index.js";
import { abandon, closeWorld, world } from "../support/cleanup-world.js";
import { collect } from "../support/collect.js";
import { compileText } from "../support/compile.js";

afterEach(closeWorld);

/** A world, and a scope that interrupts. */
const scopedWorld = () => ({ ...world(), scope: new api.AsyncGeneratorScope({ interrupt: true }) });
const turns = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 10));
const messages = (failures: readonly unknown[]): string[] => failures.map((each) => (each as Error).message);
const TOO_LATE = "aclose(): asynchronous generator is still running after the timeout";

describe("a shutdown with a timeout", () => {
  it("cuts a hanging cleanup short, and waits for what is left of it", async () => {
    const { make, lines } = world();
    const g = make["hangsInCleanup"]!();
    await g.next();
    expect(await api.shutdownAsyncGenerators({ timeoutMs: 5 })).to.deep.equal({ closed: 1, failures: [] });
    expect(lines).to.deep.equal(["finally", "inner finally"]);
  });

  it("gives a cleanup up that hangs again, and reports it", async () => {
    const { make, lines, reports } = world();
    const g = make["hangsTwiceInCleanup"]!();
    await g.next();
    const { closed, failures } = await api.shutdownAsyncGenerators({ interrupt: true, timeoutMs: 5, rounds: 8 });
    expect(closed).to.equal(0);
    expect(messages(failures)).to.deep.equal([TOO_LATE]);
    expect(reports.map(({ exception }) => exception)).to.deep.equal(failures);
    expect(lines).to.deep.equal(["finally", "inner finally"]);
  });

  for (const interrupt of [false, true])
    for (const name of ["hangsInCleanup", "hangsTwiceInCleanup"])
      it(`does so in the background: ${name}${interrupt ? ", interrupting" : ""}`, async () => {
        const { make, lines, open } = world();
        await abandon(make[name]!, (g) => g.next());
        await collect(() => lines.length > 0);
        const { failures } = await api.shutdownAsyncGenerators({ interrupt, timeoutMs: 5, rounds: 8 });
        expect(messages(failures)).to.deep.equal(name === "hangsTwiceInCleanup" ? [TOO_LATE] : []);
        expect(lines).to.deep.equal(["finally", "inner finally"]);
        open();
      });
});

describe("a shutdown that does not interrupt", () => {
  it("leaves what waits to the next one, and goes on saying that it is open", async () => {
    const { make, lines } = world();
    const g = make["hangsAtOnce"]!();
    const pending = g.next();
    const { closed, failures } = await api.shutdownAsyncGenerators({ rounds: 8 });
    expect(closed).to.equal(0);
    expect(messages(failures)).to.deep.equal(["aclose(): asynchronous generator is already running"]);
    expect(api.openAsyncGenerators().map(({ name }) => name)).to.deep.equal(["hangsAtOnce"]);
    expect(await api.shutdownAsyncGenerators({ interrupt: true })).to.deep.equal({ closed: 1, failures: [] });
    expect(lines).to.deep.equal(["finally"]);
    expect(await pending).to.deep.equal({ value: undefined, done: true });
  });
});

describe("a shutdown that interrupts", () => {
  const options = { interrupt: true, timeoutMs: 1000, rounds: 8 };

  for (const how of ["aclose", "return", "shutdown", "collection"])
    it(`leaves a cleanup its time that goes on already: ${how}`, async () => {
      const { make, lines, open } = world();
      if (how === "collection") {
        await abandon(make["hangsInCleanup"]!, (g) => g.next());
        await collect(() => lines.length > 0);
      } else {
        const g = make["hangsInCleanup"]!();
        await g.next();
        void (how === "shutdown" ? api.shutdownAsyncGenerators(options) : Promise.resolve(g[how]()));
      }
      await turns();
      let isOver = false;
      const shutdown = api.shutdownAsyncGenerators(options).then(({ failures }) => {
        isOver = true;
        return failures;
      });
      await turns();
      expect(lines).to.deep.equal(["finally"]);
      expect(isOver).to.equal(false);
      expect(api.openAsyncGenerators().map(({ activity }) => activity)).to.deep.equal(["closing"]);
      open();
      expect(await shutdown).to.deep.equal([]);
      expect(lines).to.deep.equal(["finally", "inner finally"]);
      expect(api.openAsyncGenerators()).to.deep.equal([]);
    });
});

describe("a cleanup", () => {
  const { busy, around } = compileText(`
async function* source() { yield 1; yield 2; }
async function* busy(log, during) {
  try { yield 1; yield 2; } finally {
    for await (const item of source()) log(item);
    log("finally");
    log((await during()).failures.length);
    log("closed");
  }
}
async function* around(log, during) { yield* busy(log, during); }
Object.assign(exports, { busy, around });`);

  for (const make of [busy, around])
    for (const how of ["return", "aclose", "shutdown", "break"])
      it(`can await a shutdown that interrupts, and goes on: ${make.name}, ${how}`, async () => {
        const { lines, log, reports } = world();
        const g = make(log, () => api.shutdownAsyncGenerators({ interrupt: true }));
        if (how === "break") for await (const _ of g) break;
        else {
          await g.next();
          await (how === "shutdown" ? api.shutdownAsyncGenerators() : g[how]());
        }
        expect(lines).to.deep.equal(["1", "2", "finally", "0", "closed"]);
        expect(reports).to.deep.equal([]);
      });
});

describe("a scope that interrupts", () => {
  it("waits for a cleanup that goes on already", async () => {
    const { make, lines, open, scope } = scopedWorld();
    const g = make["hangsInCleanup"]!();
    await scope.run(() => g.next());
    void g.return();
    const closing = scope.close();
    await turns();
    expect(lines).to.deep.equal(["finally"]);
    open();
    await closing;
    expect(lines).to.deep.equal(["finally", "inner finally"]);
  });
});

describe("a cleanup that an interruption has begun", () => {
  const { source, reads, delegates } = compileText(`
async function* source(log, gate) {
  try { yield 1; await new Promise(() => {}); } finally { log("finally"); await gate; log("closed"); }
}
async function* reads(log, gate) { for await (const item of source(log, gate)) yield item; }
async function* delegates(log, gate) { yield* source(log, gate); }
Object.assign(exports, { source, reads, delegates });`);

  for (const make of [source, reads, delegates])
    for (const second of ["shutdown", "scope"])
      it(`is left its time by another one: ${make.name}, ${second}`, async () => {
        const { lines, log, gate, open, scope } = scopedWorld();
        const g = make(log, gate);
        await scope.run(() => g.next());
        const pending = g.next();
        const closed = api.aclose(g, { interrupt: true }).promise();
        await turns();
        const ending = second === "scope" ? scope.close() : api.shutdownAsyncGenerators({ interrupt: true });
        await turns();
        expect(lines).to.deep.equal(["finally"]);
        expect(new Set(api.openAsyncGenerators().map(({ activity }) => activity))).to.deep.equal(new Set(["closing"]));
        open();
        await ending;
        expect(lines).to.deep.equal(["finally", "closed"]);
        expect([await closed, await pending]).to.deep.equal(["interrupted", { value: undefined, done: true }]);
        await scope.close();
      });
});

describe("a cleanup that a loop has begun in its reader", () => {
  const programs = compileText(
    `
async function* source(log, gate) {
  try { yield 1; yield 2; } finally { log("finally"); await gate; log("closed"); }
}
async function* breaks(log, gate) { for await (const item of source(log, gate)) break; await new Promise(() => {}); }
async function* fails(log, gate) { for await (const item of source(log, gate)) throw new Error("fails"); }
async function* within(log, gate) { for await (const item of breaks(log, gate)) yield item; }
async function* delegates(log, gate) { yield* breaks(log, gate); }
async function* byHand(log, gate) {
  const items = source(log, gate);
  await items.next();
  await items.aclose();
  yield 1;
}
Object.assign(exports, { breaks, fails, within, delegates, byHand });`,
    { close: "interrupt" },
  );
  type Close = (g: any, scope: api.AsyncGeneratorScope) => Promise<unknown>;
  const ways: Record<string, Close> = {
    shutdown: () => api.shutdownAsyncGenerators({ interrupt: true }),
    scope: (_, scope) => scope.close(),
    return: (g) => g.return(),
  };

  for (const [name, make] of Object.entries<any>(programs))
    for (const [way, close] of Object.entries(ways))
      it(`is left its time when that is interrupted: ${name}, ${way}`, async () => {
        const { lines, log, gate, open, scope } = scopedWorld();
        const g = make(log, gate);
        const pending = scope.run(() => g.next());
        await turns();
        const ending = close(g, scope);
        await turns();
        expect(lines).to.deep.equal(["finally"]);
        open();
        await ending;
        expect(lines).to.deep.equal(["finally", "closed"]);
        expect(await pending).to.deep.equal({ value: undefined, done: true });
        await scope.close();
      });
});
