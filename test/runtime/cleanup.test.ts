import { AsyncLocalStorage } from "node:async_hooks";
import { expect } from "chai";
import { Operation } from "../../runtime/abi.js";
import * as api from "../../runtime/index.js";
import { define } from "../../runtime/runtime.js";
import { collect, settle } from "./support/collect.js";
import { compileScript } from "./support/compile.js";

const { programs } = compileScript("./cleanup/programs.js", import.meta.url);

interface World {
  readonly lines: string[];
  readonly reports: api.AsyncGeneratorReport[];
  readonly warnings: string[];
  open(value?: unknown): void;
  readonly make: Record<string, (...args: any[]) => any>;
}

/** A fresh log, a gate that generators hang at, and settings that write to the log. */
function world(): World {
  const lines: string[] = [];
  const reports: api.AsyncGeneratorReport[] = [];
  const warnings: string[] = [];
  let open!: (value?: unknown) => void;
  const gate = new Promise((resolve) => (open = resolve));
  api.configureAsyncGenerators({
    onError: (report) => void reports.push(report),
    onWarning: ({ message }) => void warnings.push(message),
  });
  return { lines, reports, warnings, open, make: programs({ log: (line: string) => lines.push(line), gate }) };
}

/** Uses a generator in a frame of its own, so that nothing keeps it. */
async function abandon(generator: () => any, use: (generator: any) => unknown): Promise<void> {
  await use(generator());
}

afterEach(async () => {
  await api.shutdownAsyncGenerators({ interrupt: true, timeoutMs: 10 });
  api.resetAsyncGeneratorShutdown();
  api.configureAsyncGenerators({ onError: undefined as never, onWarning: undefined as never });
});

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

describe("the end of abandoned generators", () => {
  for (const name of ["simple", "awaitsFirst"]) {
    it(`closes ${name} in the background when it was iterated as ECMAScript does`, async () => {
      const { make, lines, reports } = world();
      await abandon(make[name]!, async (g) => expect((await g.next()).value).to.equal(1));
      await collect(() => lines.length > 0);
      expect(lines[0]).to.equal("finally");
      expect(reports).to.deep.equal([]);
    });
  }

  it("registers nothing for a generator that owes no cleanup", async () => {
    const { make } = world();
    const g = make["plain"]!();
    await g.next();
    expect(api.openAsyncGenerators()).to.deep.equal([]);
    const owing = make["simple"]!();
    await owing.next();
    expect(api.openAsyncGenerators().map(({ name, state }) => [name, state])).to.deep.equal([
      ["simple", "AGEN_SUSPENDED"],
    ]);
    expect(() => api.assertNoOpenAsyncGenerators()).to.throw(
      /^1 async generator is still open:\n\n1\. simple \(programs\.js:\d+\): at a yield, programs\.js:\d+\n/,
    );
    await owing.return();
    api.assertNoOpenAsyncGenerators();
  });

  it("waits until a generator that was dropped while it ran is idle", async () => {
    const { make, lines, open } = world();
    await abandon(make["hangs"]!, async (g) => {
      await g.next();
      void g.next();
    });
    await collect(undefined, 4);
    expect(lines).to.deep.equal([]);
    open();
    await collect(() => lines.length > 0);
    expect(lines).to.deep.equal(["finally"]);
  });

  it("reports an error of the cleanup once, with a working handle", async () => {
    const { make, reports } = world();
    await abandon(
      () => make["failing"]!(new Error("cleanup")),
      (g) => g.next(),
    );
    await collect(() => reports.length > 0);
    expect(reports.length).to.equal(1);
    expect((reports[0]!.exception as Error).message).to.equal("cleanup");
    expect(reports[0]!.message).to.include("failing");
    expect(api.getAsyncGeneratorState(reports[0]!.asyncGenerator)).to.equal("AGEN_CLOSED");
  });

  it("cleans up in the async context of the first iteration", async () => {
    const { make, lines } = world();
    const storage = new AsyncLocalStorage<string>();
    await storage.run("first", () =>
      abandon(
        () => make["store"]!(storage),
        (g) => g.next(),
      ),
    );
    await collect(() => lines.length > 0);
    expect(lines).to.deep.equal(["cleanup in first"]);
  });

  it("does nothing when the hooks are removed", async () => {
    const { make, lines } = world();
    const old = api.getAsyncGeneratorHooks();
    api.setAsyncGeneratorHooks({ firstIter: null, finalizer: null });
    try {
      await abandon(make["simple"]!, (g) => g.next());
      await collect(undefined, 4);
      expect(lines).to.deep.equal([]);
    } finally {
      api.setAsyncGeneratorHooks(old);
    }
  });

  it("closes 20,000 abandoned generators and forgets them", async function () {
    this.timeout(60_000);
    const { make, lines } = world();
    for (let wave = 0; wave < 20; wave++) {
      for (let i = 0; i < 1000; i++) await abandon(make["simple"]!, (g) => g.next());
      await collect(undefined, 1);
    }
    await collect(() => lines.length === 20_000, 40);
    expect(lines.length).to.equal(20_000);
    api.assertNoOpenAsyncGenerators();
  });
});

describe("hooks under the ECMAScript methods", () => {
  it("calls firstIter in the first call and rejects with what it throws", async () => {
    const { make } = world();
    const old = api.getAsyncGeneratorHooks();
    api.setAsyncGeneratorHooks({
      firstIter() {
        throw new Error("hook");
      },
    });
    try {
      const g = make["simple"]!();
      const error = await g.next().catch((e: unknown) => e);
      expect(error.message).to.equal("hook");
      expect(await g.next()).to.deep.equal({ value: 1, done: false });
    } finally {
      api.setAsyncGeneratorHooks(old);
    }
  });
});

describe("finalizers", () => {
  const endings: Record<string, (g: any) => unknown> = {
    exhausted: async (g) => {
      for await (const _ of g);
    },
    "closed before the first next()": (g) => g.return(),
    "thrown into before the first next()": (g) => g.throw(new Error("x")).catch(() => {}),
    "left by break": async (g) => {
      for await (const _ of g) break;
    },
    "closed by aclose()": (g) => g.aclose(),
    "shut down": async (g) => {
      await g.next();
      await api.shutdownAsyncGenerators();
    },
    interrupted: (g) => api.aclose(g, { interrupt: true }),
  };
  for (const [ending, end] of Object.entries(endings)) {
    it(`run once when the generator is ${ending}`, async () => {
      const { make } = world();
      let runs = 0;
      const g = make["simple"]!();
      api.addFinalizer(g, () => runs++);
      await end(g);
      await settle();
      expect(runs).to.equal(1);
    });
  }

  it("run when the generator is collected without being started", async () => {
    const { make } = world();
    let runs = 0;
    await abandon(make["simple"]!, (g) => api.addFinalizer(g, () => runs++));
    await collect(() => runs > 0);
    expect(runs).to.equal(1);
  });

  it("report their errors", async () => {
    const { make, reports } = world();
    const g = make["simple"]!();
    api.addFinalizer(g, () => Promise.reject(new Error("finalizer")));
    await g.return();
    await settle();
    expect((reports[0]!.exception as Error).message).to.equal("finalizer");
  });
});

describe("scopes", () => {
  it("close what was first used in them, last first", async () => {
    const { make, lines } = world();
    const scope = new api.AsyncGeneratorScope();
    const kept: any[] = [];
    await scope.run(async () => {
      for (const name of ["a", "b"]) {
        await null;
        const g = make["simple"]!();
        kept.push(g);
        api.addFinalizer(g, () => lines.push(name));
        await g.next();
      }
    });
    const stranger = make["simple"]!();
    await stranger.next();
    await scope.close();
    expect(lines).to.deep.equal(["finally", "b", "finally", "a"]);
    expect(api.getAsyncGeneratorState(stranger)).to.equal("AGEN_SUSPENDED");
    expect(() => scope.run(() => {})).to.throw("closed");
  });

  it("close their children, and throw the errors of cleanups as one SuppressedError", async () => {
    const { make } = world();
    const scope = new api.AsyncGeneratorScope();
    await scope.run(async () => {
      await make["failing"]!(new Error("outer")).next();
      const child = new api.AsyncGeneratorScope();
      await child.run(() => make["failing"]!(new Error("inner")).next());
    });
    const error: any = await scope[Symbol.asyncDispose]().catch((e) => e);
    expect(error.name).to.equal("SuppressedError");
    expect([error.error.message, error.suppressed.message]).to.deep.equal(["outer", "inner"]);
  });
});

describe("other guarantees", () => {
  it("names the deadlock of a body that awaits itself", async () => {
    const { make, warnings } = world();
    const g: any = make["awaitsSelf"]!(() => g);
    void g.next();
    await settle();
    expect(warnings.length).to.equal(1);
    expect(warnings[0]).to.match(/^Deadlock: .*awaitsSelf/);
  });

  it("counts a pending ECMAScript queue as running, and queues ECMAScript calls behind a step", async () => {
    const { make, open } = world();
    const g = make["hangs"]!();
    await g.next();
    const pending = g.next();
    const error = await g.anext().catch((e: unknown) => e);
    expect(error).to.be.instanceOf(api.RuntimeError);
    open();
    expect(await pending).to.deep.equal({ value: 2, done: false });
    const step = g.anext();
    const after = g.next();
    expect(await step.catch((e: unknown) => e)).to.be.instanceOf(api.StopAsyncIteration);
    expect(await after).to.deep.equal({ value: undefined, done: true });
  });

  it("puts the return value on StopAsyncIteration", async () => {
    const { make } = world();
    const g = make["simple"]!();
    await g.next();
    const result = await g.return("r");
    expect(result).to.deep.equal({ value: "r", done: true });
  });

  it("keeps ECMAScript's return() silent about a yield in finally", async () => {
    const { make } = world();
    const g = make["yieldsInFinally"]!();
    await g.next();
    expect(await g.return("r")).to.deep.equal({ value: 2, done: false });
    expect(await g.next()).to.deep.equal({ value: "r", done: true });
  });

  it("takes native generators and hand-written iterators in the functions", async () => {
    async function* native(): AsyncGenerator<number, string, string> {
      yield 1;
      return "end";
    }
    const g = native();
    expect(await api.anext(g)).to.equal(1);
    const end: any = await api.asend(g, "x").catch((e) => e);
    expect([end.name, end.value]).to.deep.equal(["StopAsyncIteration", "end"]);
    expect(await api.anext(g, "default")).to.equal("default");
    expect(await api.aclose(g)).to.equal(undefined);
    const methods = native();
    expect([await methods.anext(), await methods.aclose()]).to.deep.equal([1, undefined]);
    expect(() => api.anext(5 as never)).to.throw(TypeError, "'number' object is not an async iterator");
    expect(() => (api.athrow as any)(g)).to.throw(TypeError, "athrow expected at least 1 argument, got 0");
  });

  it("inspects", async () => {
    const { make } = world();
    const g = make["hangsAtOnce"]!();
    void g.next();
    void g.next();
    expect(api.inspectAsyncGenerator(g)).to.deep.include({
      name: "hangsAtOnce",
      state: "AGEN_RUNNING",
      waitingFor: "an await",
      queuedRequests: 1,
    });
    expect(() => api.getAsyncGeneratorState(5)).to.throw(TypeError, "5 is not a compiled async generator");
    await api.aclose(g, { interrupt: true });
  });
});
