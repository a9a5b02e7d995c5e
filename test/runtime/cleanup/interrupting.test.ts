import { Readable } from "node:stream";
import { expect } from "chai";
import { Operation } from "../../../runtime/abi.js";
import * as api from "../../../runtime/index.js";
import { define } from "../../../runtime/runtime.js";
import { closeWorld, world } from "../support/cleanup-world.js";
import { settle } from "../support/collect.js";
import { compileText } from "../support/compile.js";

afterEach(closeWorld);

describe("interrupting", () => {
  it("closes a generator that hangs at an await: finally runs, catch does not", async () => {
    const { make, lines } = world();
    const g = make["hangs"]!();
    await g.next();
    const pending = g.next();
    await settle();
    expect(await api.aclose(g, { interrupt: true })).to.equal("interrupted");
    expect(lines).to.deep.equal(["finally"]);
    expect(await pending).to.deep.equal({ value: undefined, done: true });
    expect(api.getAsyncGeneratorState(g)).to.equal("AGEN_CLOSED");
  });

  it("reads a yielded thenable once when the body has cancelled its own generator", async () => {
    const { make, lines } = world();
    const g = make["yieldsThenable"]!(() => api.cancel(g));
    expect(await g.next()).to.deep.equal({ value: 1, done: false });
    expect(lines).to.deep.equal(["then"]);
  });

  it("says clean when nothing had to be interrupted", async () => {
    const { make } = world();
    const g = make["simple"]!();
    await g.next();
    expect(await api.aclose(g, { interrupt: true, timeoutMs: 50 })).to.equal("clean");
  });

  it("cuts a hanging cleanup short after the timeout", async () => {
    const { make, lines } = world();
    const g = make["hangsInCleanup"]!();
    await g.next();
    expect(await api.aclose(g, { timeoutMs: 5 })).to.equal("timedOut");
    await settle();
    expect(lines).to.deep.equal(["finally", "inner finally"]);
    expect(api.getAsyncGeneratorState(g)).to.equal("AGEN_CLOSED");
  });

  it("reports what a cleanup throws after it was cut short", async () => {
    const { reports } = world();
    const { hangs } = compileText(
      `exports.hangs = async function* hangs() { try { yield 1; } finally { try { await new Promise(() => {}); } finally { throw "late"; } } };`,
    );
    const g = hangs();
    await g.next();
    expect(await api.aclose(g, { timeoutMs: 5 })).to.equal("timedOut");
    await settle();
    const message = "an error occurred while cleaning up after its await was interrupted";
    expect(reports).to.deep.equal([{ message, exception: "late" }]);
  });

  for (const timeoutMs of [Infinity, 2 ** 31])
    it(`takes ${timeoutMs} milliseconds, which no timer knows, for no limit`, async () => {
      const { make, lines, open } = world();
      const g = make["hangsInCleanup"]!();
      await g.next();
      const outcome = api.aclose(g, { timeoutMs }).promise();
      setTimeout(open, 5);
      expect(await outcome).to.equal("clean");
      expect(lines).to.deep.equal(["finally", "inner finally"]);
    });

  it("cancels with an error that the body can catch", async () => {
    const { make, lines } = world();
    const g = make["hangs"]!();
    await g.next();
    const pending = g.next().catch((e: unknown) => e);
    await settle();
    expect(api.cancel(g, "why")).to.equal(true);
    const error = await pending;
    expect(api.isCancelled(error)).to.equal(true);
    expect((error as Error).message).to.equal("why");
    expect(lines).to.deep.equal(["caught", "finally"]);
    expect(api.cancel(g)).to.equal(false);
  });

  const kinds: Record<string, (g: AsyncGenerator) => api.Step<unknown>> = {
    "anext with a fallback": (g) => api.anext(g, "fallback"),
    "aclose with options": (g) => api.aclose(g, {}),
  };
  for (const [kind, make] of Object.entries(kinds)) {
    it(`cancels the step of an ${kind}`, async () => {
      const { make: programs } = world();
      const g = kind.startsWith("anext") ? programs["hangs"]!() : programs["hangsInCleanup"]!();
      await g.next();
      const step = make(g);
      const outcome = step.promise().catch((e: unknown) => e);
      await settle();
      expect(step.cancel("why")).to.equal(true);
      expect(await outcome)
        .to.be.instanceOf(api.CancelledError)
        .with.property("reason", "why");
      expect(step.cancel()).to.equal(false);
    });
  }

  for (const [kind, step] of Object.entries(kinds))
    it(`cancels the step of an ${kind} that a cancelled generator awaits, before that goes on`, async () => {
      const { make, lines } = world();
      const inner = kind.startsWith("anext") ? make["hangs"]!() : make["hangsInCleanup"]!();
      await inner.next();
      const outer = make["awaits"]!(() => step(inner));
      const pending = outer.next().catch((e: unknown) => e);
      await settle();
      api.cancel(outer, "why");
      expect(await pending).to.be.instanceOf(api.CancelledError);
      expect(lines.slice(-2)).to.deep.equal([kind.startsWith("anext") ? "finally" : "inner finally", "outer finally"]);
      expect(api.getAsyncGeneratorState(inner)).to.equal("AGEN_CLOSED");
    });

  describe("the reader of a generator by hand", () => {
    const cleanups = {
      "waits in its cleanup": "finally { for (let i = 0; i < 9; i++) await 0; log('inner'); }",
      "ends in its cleanup": "finally { for (let i = 0; i < 9; i++) await 0; log('inner'); return; }",
      "takes the cancellation for its end": "catch { for (let i = 0; i < 9; i++) await 0; log('inner'); }",
    };
    for (const [what, cleanup] of Object.entries(cleanups))
      it(`is interrupted when what it reads has unwound, so that its cleanup can close that, which ${what}`, async () => {
        const lines: string[] = [];
        const { reports } = world();
        const { reads } = compileText(`
async function* inner(log) { try { yield 1; await new Promise(() => {}); } ${cleanup} }
exports.reads = async function* reads(log) {
  const source = inner(log);
  try { for (;;) yield await source.anext(); } finally { await source.aclose(); log("outer"); }
};`);
        const generator = reads((line: string) => lines.push(line));
        await generator.next();
        const pending = generator.next();
        await settle();
        expect(await api.aclose(generator, { interrupt: true })).to.equal("interrupted");
        expect(await pending).to.deep.equal({ value: undefined, done: true });
        expect(lines).to.deep.equal(["inner", "outer"]);
        await settle();
        expect(reports).to.deep.equal([]);
      });

    it("is closed in time when what it reads takes no cancellation", async () => {
      const { reports } = world();
      const { reads } = compileText(`
async function* stubborn() { for (;;) try { await new Promise(() => {}); } catch {} }
exports.reads = async function* reads() { yield await stubborn().anext(); };`);
      const generator = reads();
      const pending = generator.next();
      await settle();
      expect(await api.aclose(generator, { interrupt: true, timeoutMs: 10 })).to.equal("timedOut");
      expect(await pending).to.deep.equal({ value: undefined, done: true });
      // What it has left is closed in turn, and says so to a step that is dropped.
      await api.shutdownAsyncGenerators({ interrupt: true });
      await settle();
      expect(reports).to.deep.equal([]);
    });
  });

  const native = async function* () {
    yield 1;
  };
  for (const [kind, make] of Object.entries(kinds))
    for (const isCompiled of [true, false])
      it(`leaves a${isCompiled ? " compiled" : " native"} generator alone whose ${kind} is cancelled before it starts`, async () => {
        const { make: programs } = world();
        const g = isCompiled ? programs["simple"]!() : native();
        const step = make(g);
        expect(step.cancel("why")).to.equal(true);
        expect(await step.catch((e: unknown) => e))
          .to.be.instanceOf(api.CancelledError)
          .with.property("reason", "why");
        expect(step.cancel()).to.equal(false);
        expect(await g.next()).to.deep.equal({ value: 1, done: false });
        await g.return(undefined);
      });

  for (const kind of ["outer", "delegating"]) {
    it(`closes the innermost generator first through ${kind === "outer" ? "for await" : "yield*"}`, async () => {
      const { make, lines } = world();
      const g = make[kind]!(make["hangs"]!());
      await g.next();
      const pending = g.next();
      await settle();
      expect(await api.aclose(g, { interrupt: true })).to.equal("interrupted");
      expect(lines).to.deep.equal(["finally", "outer finally"]);
      expect((await pending).done).to.equal(true);
    });
  }

  it("does not wait for a foreign iterator behind its own hung next()", async () => {
    const { make, lines } = world();
    const calls: string[] = [];
    const foreign = {
      [Symbol.asyncIterator]: () => foreign,
      next: () => (
        calls.push("next"), calls.length === 1 ? Promise.resolve({ value: 1, done: false }) : new Promise(() => {})
      ),
      return: () => (calls.push("return"), new Promise(() => {})),
    };
    const g = make["outer"]!(foreign);
    await g.next();
    void g.next();
    await settle();
    expect(await api.aclose(g, { interrupt: true })).to.equal("interrupted");
    expect(calls).to.deep.equal(["next", "next", "return"]);
    expect(lines).to.deep.equal(["outer finally"]);
  });

  it("disposes of a value that comes too late, and swallows a late rejection", async () => {
    const { make, lines, open } = world();
    const g = make["hangsAtOnce"]!();
    void g.next();
    await settle();
    await api.aclose(g, { interrupt: true });
    open({ [Symbol.asyncDispose]: async () => void lines.push("disposed") });
    await settle();
    expect(lines).to.deep.equal(["finally", "disposed"]);
    const rejecting = world();
    const other = rejecting.make["hangsAtOnce"]!();
    void other.next();
    await settle();
    await api.aclose(other, { interrupt: true });
    rejecting.open(Promise.reject(new Error("late")));
    await settle();
    expect(rejecting.reports).to.deep.equal([]);
  });

  it("disposes of resources when it closes", async () => {
    const { make, lines } = world();
    const g = make["disposes"]!({ [Symbol.asyncDispose]: async () => void lines.push("resource disposed") });
    await g.next();
    void g.next();
    await settle();
    await api.aclose(g, { interrupt: true });
    expect(lines).to.deep.equal(["finally", "resource disposed"]);
  });

  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const reasons = {
    bare: Object.create(null),
    odd: { toString: () => Symbol() },
    symbol: Symbol("reason"),
    null: null,
  };
  for (const [name, reason] of Object.entries({ ...reasons, revoked: revoked.proxy }))
    it(`takes any reason: ${name}`, async () => {
      const controller = new AbortController();
      const g = api.bindSignal(world().make["hangs"]!(), controller.signal);
      await g.next();
      const pending = g.next().catch((error: unknown) => error);
      controller.abort(reason);
      const error = (await pending) as api.CancelledError;
      expect([api.isCancelled(error), error.reason === reason]).to.deep.equal([true, true]);
      expect(error.message).to.equal(typeof reason === "object" && reason ? "" : String(reason));
    });

  it("cancels what the generator waits for when its signal is aborted, and closes it when it is idle", async () => {
    const { make, lines } = world();
    const controller = new AbortController();
    const g = api.bindSignal(make["hangs"]!(), controller.signal);
    await g.next();
    const pending = g.next().catch((e: unknown) => e);
    await settle();
    controller.abort(new Error("stop"));
    expect(((await pending) as Error).message).to.equal("stop");
    expect(lines).to.deep.equal(["caught", "finally"]);
    const idle = api.bindSignal(make["simple"]!(), AbortSignal.timeout(5));
    await idle.next();
    await new Promise((resolve) => setTimeout(resolve, 15));
    expect(api.getAsyncGeneratorState(idle)).to.equal("AGEN_CLOSED");
  });

  it("refuses to bind what is no signal", () => {
    const { make } = world();
    expect(() => api.bindSignal(make["simple"]!(), 5 as never)).to.throw(TypeError, "signal expected, got number");
    expect(() => api.bindSignal(make["simple"]!(), undefined as never)).to.throw(TypeError, "signal expected");
  });

  it("aborts the generator's own signal before finally runs", async () => {
    const { make, lines } = world();
    const fetch = (signal: AbortSignal): Promise<void> =>
      new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => (lines.push("fetch aborted"), reject(signal.reason))),
      );
    const g: any = make["fetches"]!(() => api.asyncGeneratorSignal(g), fetch);
    await g.next();
    void g.next();
    await settle();
    await api.aclose(g, { interrupt: true });
    expect(lines).to.deep.equal(["fetch aborted", "finally, aborted: true"]);
  });

  const again: Record<string, (g: AsyncGenerator<unknown>) => void> = {
    cancel: (g) => void api.cancel(g, "again"),
    close: (g) => void api.aclose(g, { interrupt: true }).promise(),
    return: (g) => void g.return(undefined),
  };
  for (const [first, one] of Object.entries(again))
    for (const [second, other] of Object.entries(again))
      for (const reader of ["none", "outer", "delegating"])
        it(`is interrupted once when a listener of its signal does so again: ${first}, ${second}, ${reader}`, async () => {
          const { make, lines } = world();
          const inner = make["hangs"]!();
          const g = reader === "none" ? inner : make[reader]!(inner);
          for (const each of [g, inner]) api.asyncGeneratorSignal(each).addEventListener("abort", () => other(g));
          await g.next();
          const pending = g.next().catch((error: unknown) => error);
          await settle();
          one(g);
          if (first === "return") await api.aclose(g, { interrupt: true });
          await pending;
          expect(await g.next()).to.deep.equal({ value: undefined, done: true });
          expect(lines.filter((line) => line === "finally")).to.have.length(1);
        });

  it("lets return() interrupt where the definition says so", async () => {
    const lines: string[] = [];
    const waits = define(
      ($, v: any) => {
        if ($.mode) {
          lines.push("finally");
          $.op = Operation.Return;
          return $.value;
        }
        $.op = Operation.Await;
        return v;
      },
      (definition) => ({ waits: (promise: object) => definition.create(promise) }).waits,
      { close: "interrupt" },
    );
    const g: any = waits(new Promise(() => {}));
    const pending = g.next();
    expect(await g.return("r")).to.deep.equal({ value: "r", done: true });
    expect(await pending).to.deep.equal({ value: undefined, done: true });
    expect(lines).to.deep.equal(["finally"]);
  });

  for (const error of [undefined, new Error("the client hangs up")])
    it(`closes what a stream of Node has read that is destroyed ${error ? "with an error" : "without one"}`, async () => {
      const lines: string[] = [];
      const { events } = compileText(
        `exports.events = async function* events(log) {
  try { yield 1; await new Promise(() => {}); } catch { log("caught"); } finally { log("finally"); }
};`,
        { close: "interrupt" },
      );
      const stream = Readable.from(events((line: string) => lines.push(line)));
      const closed = new Promise((resolve) => stream.on("error", () => {}).on("close", resolve));
      stream.once("data", () => setTimeout(() => stream.destroy(error), 1));
      await closed;
      expect(lines).to.deep.equal(["finally"]);
      expect(stream.errored).to.equal(error ?? null);
    });

  it("leaves no late effect of 1,000 cancelled generators", async () => {
    const { make, lines, open } = world();
    const generators = Array.from({ length: 1000 }, () => make["hangsAtOnce"]!());
    const answers = generators.map((g) => g.next().catch((e: unknown) => e));
    for (const g of generators) api.cancel(g);
    expect((await Promise.all(answers)).every(api.isCancelled)).to.equal(true);
    open();
    await settle();
    expect(lines.length).to.equal(1000);
  });
});

describe("an iterator whose return() hangs", () => {
  for (const body of ["for await (const x of source) yield x;", "yield* source;"])
    for (const method of ["aclose", "return"])
      it(`is not asked to return once more when that is interrupted: ${method}(), ${body}`, async () => {
        let calls = 0;
        const source = {
          [Symbol.asyncIterator]: () => source,
          next: async () => ({ value: 1, done: false }),
          return: () => new Promise(() => calls++),
        };
        const { reads } = compileText(`exports.reads = async function* reads(source) { ${body} };`);
        const generator = reads(source);
        await generator.next();
        const closing = Promise.resolve(generator[method]());
        await settle(1);
        await api.aclose(generator, { interrupt: true });
        await closing;
        expect(calls).to.equal(1);
      });
});
