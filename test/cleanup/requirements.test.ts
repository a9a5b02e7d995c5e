import { AsyncLocalStorage } from "node:async_hooks";
import { expect } from "chai";
import * as api from "../../runtime/index.js";
import { collect, settle } from "../runtime/support/collect.js";
import { compileScript } from "../runtime/support/compile.js";

type Generator = AsyncGenerator<unknown, unknown, unknown>;
type Make = Record<string, (...args: unknown[]) => Generator> & { forms: Record<string, () => Generator> };

const { programs } = compileScript("./requirements-programs.js", import.meta.url);

let lines: string[];
let reports: api.AsyncGeneratorReport[];
let make: Make;

/** Advances a generator in a frame of its own, so that nothing keeps it. */
async function startAndDrop(open: () => Generator): Promise<void> {
  await open().anext();
}

function failure(step: PromiseLike<unknown>): Promise<Error> {
  return Promise.resolve(step).then(
    () => expect.fail("it did not fail"),
    (error: Error) => error,
  );
}

describe("the requirements", () => {
  beforeEach(() => {
    lines = [];
    reports = [];
    make = programs({ log: (line: string) => lines.push(line) });
    api.configureAsyncGenerators({ onError: (report) => void reports.push(report) });
  });

  afterEach(async () => {
    await api.shutdownAsyncGenerators({ interrupt: true, timeoutMs: 20 });
    api.resetAsyncGeneratorShutdown();
    api.configureAsyncGenerators({ onError: undefined as never });
  });

  it("REQ-1: every form of async function* is an async generator function", async () => {
    for (const [form, open] of Object.entries(make.forms)) {
      const values: unknown[] = [];
      for await (const value of open()) values.push(value);
      expect(values, form).to.deep.equal([1, 2]);
    }
  });

  it("REQ-2: calling it returns an iterator and runs nothing", async () => {
    const g = make["logs"]!();
    await settle();
    expect(lines).to.deep.equal([]);
    expect(g[Symbol.asyncIterator]()).to.equal(g);
    expect("then" in g).to.equal(false);
  });

  it("REQ-3: for await reads it", async () => {
    const values: unknown[] = [];
    for await (const value of make["logs"]!()) values.push(value);
    expect(values).to.deep.equal([1, 2]);
    expect(lines).to.deep.equal(["body", "finally", "finally-2"]);
  });

  it("REQ-4: each method returns an awaitable, and runs nothing before it is awaited", async () => {
    const g = make["logs"]!();
    const step = g.anext();
    await settle();
    expect(lines).to.deep.equal([]);
    expect(await step).to.equal(1);
    expect(lines).to.deep.equal(["body"]);
  });

  it("REQ-5: it runs to the first yield and gives the value itself", async () => {
    const g = make["logs"]!();
    expect(await g.anext()).to.equal(1);
    expect(api.getAsyncGeneratorState(g)).to.equal("AGEN_SUSPENDED");
  });

  it("REQ-6: suspension keeps locals and position", async () => {
    const g = make["echoes"]!();
    await g.anext();
    for (const n of [1, 2, 3]) await g.asend(n);
    expect(await g.asend(4)).to.equal("10,1,3,6,10");
  });

  it("REQ-7: the next awaitable resumes it as if yield were a call", async () => {
    const g = make["echoes"]!();
    await g.anext();
    expect(await g.asend(5)).to.equal("5,5");
    expect(await g.athrow(new Error("t"))).to.equal("5,5");
    await g.aclose();
    expect(lines).to.deep.equal(["caught t"]);
  });

  it("REQ-8: yield is undefined after anext, and the argument after asend", async () => {
    const g = make["inner"]!();
    await g.anext();
    await failure(g.anext());
    const other = make["inner"]!();
    await other.anext();
    await failure(other.asend("v"));
    expect(lines).to.deep.equal(["sent undefined", "inner finally", "sent v", "inner finally"]);
  });

  it("REQ-9: early exit by break, cancellation or an error: for await closes at once, a loop by hand does not", async () => {
    for await (const _ of make["logs"]!()) break;
    expect(lines).to.deep.equal(["body", "finally", "finally-2"]);
    const g = make["logs"]!();
    await g.anext();
    expect(g.anext().cancel()).to.equal(true);
    expect(api.getAsyncGeneratorState(g)).to.equal("AGEN_SUSPENDED");
    await api.shutdownAsyncGenerators();
    expect(lines.length).to.equal(6);
  });

  it("REQ-9d: errors of cleanups that nobody waits for are reported once, and reject nothing", async () => {
    await startAndDrop(() => make["failing"]!(new Error("cleanup")));
    await collect(() => reports.length > 0);
    expect(reports.map(({ exception }) => (exception as Error).message)).to.deep.equal(["cleanup"]);
  });

  it("REQ-9e: cleanup after collection runs in the context of the first iteration", async () => {
    const storage = new AsyncLocalStorage<string>();
    await storage.run("first", () => startAndDrop(() => make["store"]!(storage)));
    await collect(() => lines.length > 0);
    expect(lines).to.deep.equal(["cleanup in first"]);
  });

  it("REQ-10: aclose() finalizes and detaches", async () => {
    const g = make["logs"]!();
    await g.anext();
    await g.aclose();
    api.assertNoOpenAsyncGenerators();
    expect((await api.shutdownAsyncGenerators()).closed).to.equal(0);
    expect(lines).to.deep.equal(["body", "finally", "finally-2"]);
  });

  it("REQ-11: yield is allowed anywhere in a try statement", async () => {
    for (const place of ["try", "catch", "finally"]) {
      const g = make["places"]!(place);
      expect(await g.anext()).to.equal(place);
      await g.aclose();
    }
    expect(lines).to.deep.equal(["left try", "left catch", "left finally"]);
  });

  it("REQ-12: without hooks, a dropped generator never cleans up", async () => {
    const old = api.getAsyncGeneratorHooks();
    api.setAsyncGeneratorHooks({ firstIter: null, finalizer: null });
    let sentinelWasCollected = false;
    const sentinels = new FinalizationRegistry(() => (sentinelWasCollected = true));
    try {
      await startAndDrop(() => {
        const g = make["logs"]!();
        sentinels.register(g, undefined);
        return g;
      });
      await collect(() => sentinelWasCollected);
      expect(sentinelWasCollected).to.equal(true);
      expect(lines).to.deep.equal(["body"]);
    } finally {
      api.setAsyncGeneratorHooks(old);
    }
  });

  it("REQ-13: the default finalizer runs aclose() of what was dropped, to the end of its awaits", async () => {
    await startAndDrop(() => make["logs"]!());
    lines.push("dropped");
    await collect(() => lines.length === 4);
    expect(lines).to.deep.equal(["body", "dropped", "finally", "finally-2"]);
    expect(reports).to.deep.equal([]);
  });

  it("REQ-14: a finalizer gets a handle that works", async () => {
    const old = api.getAsyncGeneratorHooks();
    const closes: PromiseLike<void>[] = [];
    api.setAsyncGeneratorHooks({ finalizer: (g) => void closes.push(g.aclose()) });
    try {
      await startAndDrop(() => make["logs"]!());
      await collect(() => closes.length > 0);
      await closes[0];
      expect(lines).to.deep.equal(["body", "finally", "finally-2"]);
    } finally {
      api.setAsyncGeneratorHooks(old);
    }
  });

  it("REQ-15: setAsyncGeneratorHooks registers it, and getAsyncGeneratorHooks shows it", () => {
    const old = api.getAsyncGeneratorHooks();
    const finalizer = (): void => {};
    try {
      api.setAsyncGeneratorHooks({ finalizer });
      expect(api.getAsyncGeneratorHooks()).to.deep.equal({ firstIter: old.firstIter, finalizer });
      expect(() => api.setAsyncGeneratorHooks({ finalizer: 5 as never })).to.throw(
        "callable finalizer expected, got number",
      );
    } finally {
      api.setAsyncGeneratorHooks(old);
    }
  });

  it("REQ-16: the finalizer is captured at the first iteration", async () => {
    const old = api.getAsyncGeneratorHooks();
    const calls: string[] = [];
    const start = async (name: string): Promise<void> => {
      api.setAsyncGeneratorHooks({ firstIter: null, finalizer: () => void calls.push(name) });
      await startAndDrop(() => make["logs"]!());
    };
    try {
      await start("a");
      await start("b");
      api.setAsyncGeneratorHooks({ finalizer: null });
      await collect(() => calls.length === 2);
      expect(calls.sort()).to.deep.equal(["a", "b"]);
    } finally {
      api.setAsyncGeneratorHooks(old);
    }
  });

  it("REQ-17: shutdown closes all that are open, and reports failures", async () => {
    const kept = [make["logs"]!(), make["failing"]!(new Error("two")), make["logs"]!()];
    for (const g of kept) await g.anext();
    const { closed, failures } = await api.shutdownAsyncGenerators();
    expect([closed, failures.length, reports.length]).to.deep.equal([2, 1, 1]);
    expect(kept.map(api.getAsyncGeneratorState)).to.deep.equal(Array(3).fill("AGEN_CLOSED"));
  });

  it("REQ-18: yield* stays, and forwards values, errors and the close", async () => {
    const g = make["delegates"]!(make["inner"]!());
    await g.anext();
    await failure(g.asend("v"));
    const closing = make["delegates"]!(make["inner"]!());
    await closing.anext();
    await closing.aclose();
    expect(lines).to.deep.equal(["sent v", "inner finally", "result r", "inner finally"]);
  });

  it("REQ-19: anext gives the next value, or StopAsyncIteration", async () => {
    const g = make["logs"]!();
    expect([await g.anext(), await g.anext()]).to.deep.equal([1, 2]);
    expect(await failure(g.anext())).to.be.instanceOf(api.StopAsyncIteration);
  });

  it("REQ-20: asend needs undefined at first", async () => {
    const g = make["echoes"]!();
    expect((await failure(g.asend(1))).message).to.equal("can't send non-None value to a just-started async generator");
    expect(await g.asend(undefined)).to.equal("0");
  });

  it("REQ-21: athrow raises at the pause: a value, the end, or the error comes out", async () => {
    const g = make["echoes"]!();
    await g.anext();
    expect(await g.athrow(new Error("handled"))).to.equal("0");
    const other = make["logs"]!();
    await other.anext();
    const error = new Error("unhandled");
    expect(await failure(other.athrow(error))).to.equal(error);
  });

  it("REQ-22: aclose ends it once and for all; a yield or another error is its failure", async () => {
    const g = make["logs"]!();
    await g.anext();
    await g.aclose();
    await g.aclose();
    expect(await failure(g.anext())).to.be.instanceOf(api.StopAsyncIteration);
    const refusing = make["places"]!("finally");
    await refusing.anext();
    await refusing.aclose();
    const failing = make["failing"]!(new Error("cleanup"));
    await failing.anext();
    expect((await failure(failing.aclose())).message).to.equal("cleanup");
  });
});
