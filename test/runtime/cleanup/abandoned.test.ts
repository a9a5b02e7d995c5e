import { AsyncLocalStorage } from "node:async_hooks";
import { getEventListeners } from "node:events";
import { expect } from "chai";
import * as api from "../../../runtime/index.js";
import { collectUntil } from "../../../runtime/testing/collect.js";
import { abandon, closeWorld, world } from "../support/cleanup-world.js";
import { collect, settle } from "../support/collect.js";
import { compileText } from "../support/compile.js";

afterEach(closeWorld);

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

  it("goes by the host's own timers: a test's clock has none of them to count, and may stand still", async () => {
    const { make, lines } = world();
    const { setTimeout } = globalThis;
    await new Promise((resolve) => setTimeout(resolve, 5));
    let timers = 0;
    globalThis.setTimeout = (() => ++timers) as never;
    try {
      await abandon(make["simple"]!, async (g) => void (await g.next()));
    } finally {
      globalThis.setTimeout = setTimeout;
    }
    expect(timers).to.equal(0);
    await collect(() => lines.length > 0);
    expect(lines[0]).to.equal("finally");
  });

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

  it("keeps nothing of what it has handed out after a wait", async () => {
    const { f } = compileText("exports.f = async function* f(make) { await 0; yield make(); yield 2; };");
    let item: WeakRef<object> | undefined;
    const g = f(() => {
      const made = {};
      item = new WeakRef(made);
      return made;
    });
    await g.next().then(({ done }: IteratorResult<object>) => expect(done).to.equal(false));
    expect(await collectUntil(() => item!.deref() === undefined)).to.equal(true);
    expect((await g.next()).value).to.equal(2);
  });

  const keepers: Record<string, (use: (g: any) => Promise<void>, make: () => any) => Promise<void>> = {
    "the context of its first call": async (use, make) => {
      const store: { g?: unknown } = {};
      await new AsyncLocalStorage().run(store, () => use((store.g = make())));
    },
    "its finalizer hook": async (use, make) => {
      const hooks = api.getAsyncGeneratorHooks();
      const g = make();
      api.setAsyncGeneratorHooks({ finalizer: () => g });
      await use(g).finally(() => api.setAsyncGeneratorHooks(hooks));
    },
    "a listener of its own signal": async (use, make) => {
      const g = make();
      api.asyncGeneratorSignal(g).addEventListener("abort", () => g);
      await use(g);
    },
  };
  for (const [keeper, keep] of Object.entries(keepers))
    for (const close of ["return", "aclose"])
      it(`lets go of one that has ended, and that ${keeper} leads to: ${close}`, async () => {
        const { make } = world();
        let ended: WeakRef<object> | undefined;
        const use = async (g: any): Promise<void> => {
          ended = new WeakRef(g);
          await g.next();
          // It is registered.
          await settle();
          await g[close]();
        };
        await keep(use, make["simple"]!);
        await collect(() => ended?.deref() === undefined);
        expect(ended?.deref()).to.equal(undefined);
      });

  it("lets go of one that reaches itself, has waited and owes nothing", async () => {
    const { make } = world();
    const boxes: WeakRef<object>[] = [];
    const reachItself = (): any => {
      const box: { own?: unknown } = {};
      boxes.push(new WeakRef(box));
      return (box.own = make["reachesItself"]!(box));
    };
    await abandon(reachItself, (g) => g.next());
    await collect(() => boxes[0]!.deref() === undefined);
    expect(boxes[0]!.deref()).to.equal(undefined);
  });

  it("closes one that owed nothing during a collection, and does later", async () => {
    const { make, lines } = world();
    await abandon(
      () => make["reachesItself"]!(1),
      async (g) => {
        await g.next();
        await collect(undefined, 4);
        await g.next();
        expect(api.openAsyncGenerators().map(({ name }) => name)).to.deep.equal(["reachesItself"]);
      },
    );
    await collect(() => lines.length > 0);
    expect(lines).to.deep.equal(["finally"]);
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

  it("lets go of one that owes nothing where it waits for what nobody can settle", async () => {
    const { make } = world();
    const boxes: WeakRef<object>[] = [];
    const waiting = (): any => {
      const box = {};
      boxes.push(new WeakRef(box));
      return make["waitsFor"]!(box, new Promise(() => {}));
    };
    await abandon(waiting, async (g) => void g.next());
    await collect(() => boxes[0]!.deref() === undefined);
    expect(boxes[0]!.deref()).to.equal(undefined);
    api.assertNoOpenAsyncGenerators();
  });

  it("closes one that owed nothing where it was dropped, waited, and went on: a shutdown waits for it", async () => {
    const { make, lines, gate, open } = world();
    await abandon(
      () => make["waitsFor"]!({}, gate),
      async (g) => void g.next(),
    );
    await collect(undefined, 4);
    open();
    await api.shutdownAsyncGenerators();
    expect(lines).to.deep.equal(["finally", "closed"]);
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

  it("awaits what a finalizer of the program's own returns, at a shutdown too, and reports what that throws", async () => {
    const { make, reports } = world();
    const finalizers: Record<string, api.AsyncGeneratorHook> = {
      "an async function": async (g) => {
        await settle();
        await g.aclose();
      },
      "a step": (g) => g.aclose(),
      "a promise": (g) => g.return(undefined),
    };
    const old = api.getAsyncGeneratorHooks();
    for (const [kind, finalizer] of Object.entries(finalizers)) {
      let isCalled = false;
      api.setAsyncGeneratorHooks({ firstIter: null, finalizer: (g) => ((isCalled = true), finalizer(g)) });
      await abandon(
        () => make["failing"]!(new Error(kind)),
        (g) => g.next(),
      );
      api.setAsyncGeneratorHooks(old);
      await collect(() => isCalled);
      await api.shutdownAsyncGenerators();
      expect((reports.at(-1)?.exception as Error)?.message).to.equal(kind);
    }
    expect(reports.length).to.equal(3);
  });

  for (const name of ["plain", "simple"])
    for (const isStarted of [false, true])
      it(`takes ${name} off the signal that it is bound to, ${isStarted ? "at a yield" : "never started"}`, async () => {
        const { make } = world();
        const { signal } = new AbortController();
        await abandon(
          () => api.bindSignal(make[name]!(), signal),
          (g) => isStarted && g.next(),
        );
        expect(getEventListeners(signal, "abort").length).to.equal(1);
        await collect(() => getEventListeners(signal, "abort").length === 0);
        expect(getEventListeners(signal, "abort").length).to.equal(0);
      });

  it("lets go of what a scope's member holds that owes nothing", async () => {
    const { make } = world();
    const scope = new api.AsyncGeneratorScope();
    const boxes: WeakRef<object>[] = [];
    const holding = (): any => {
      const box = {};
      boxes.push(new WeakRef(box));
      return make["holds"]!(box);
    };
    await scope.run(() => abandon(holding, (g) => g.next()));
    await collect(() => boxes[0]!.deref() === undefined);
    expect(boxes[0]!.deref()).to.equal(undefined);
    await scope.close();
  });

  it("leaves to the scope what it owns, when the hooks are removed", async () => {
    const { make, lines } = world();
    const old = api.getAsyncGeneratorHooks();
    api.setAsyncGeneratorHooks({ firstIter: null, finalizer: null });
    try {
      const scope = new api.AsyncGeneratorScope({ interrupt: true });
      await scope.run(() => abandon(make["simple"]!, (g) => g.next()));
      await scope.run(() => abandon(make["hangs"]!, async (g) => void [await g.next(), g.next()]));
      await collect(undefined, 4);
      expect(lines).to.deep.equal([]);
      await scope.close();
      expect(lines).to.deep.equal(["finally", "finally"]);
    } finally {
      api.setAsyncGeneratorHooks(old);
    }
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
