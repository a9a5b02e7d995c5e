import { expect } from "chai";
import * as api from "../../../runtime/index.js";
import { abandon, closeWorld, world } from "../support/cleanup-world.js";
import { collect, settle } from "../support/collect.js";
import { compileText } from "../support/compile.js";

afterEach(closeWorld);

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

  it("run when they are added by one that runs, or while a return() is awaited after the end", async () => {
    const { make, lines } = world();
    const g = make["simple"]!();
    api.addFinalizer(g, () => api.addFinalizer(g, () => lines.push("added by another")));
    for await (const _ of g);
    const ended = make["simple"]!();
    await ended.aclose();
    void ended.return(new Promise(() => {}));
    api.addFinalizer(ended, () => lines.push("added late"));
    await settle();
    expect(lines).to.deep.equal(["finally", "added by another", "added late"]);
  });

  for (const value of [5, Promise.resolve(5)])
    it(`can ask for something more when a return(${typeof value}) finishes what was not started`, async () => {
      const { make } = world();
      const g = make["simple"]!();
      const answers: Promise<unknown>[] = [];
      api.addFinalizer(g, () => answers.push(g.next(), g.return("own"), g.return(Promise.resolve("awaited"))));
      expect(await g.return(value)).to.deep.equal({ value: 5, done: true });
      expect(await Promise.all(answers)).to.deep.equal([
        { value: undefined, done: true },
        { value: "own", done: true },
        { value: "awaited", done: true },
      ]);
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

  const readings = {
    "a loop": "for await (const item of source(log)) try { yield item; } finally { log('item'); }",
    "yield*": "yield* source(log); log('went on');",
    "a loop and a scope of its own":
      "for await (const item of scope(() => source(log))) try { yield item; } finally { log('item'); } log('went on');",
  };
  for (const [how, reading] of Object.entries(readings))
    for (const waits of [false, true])
      it(`close who ${waits ? "waits for" : "reads"} what it has made itself first: ${how}`, async () => {
        const { lines } = world();
        const readers = compileText(`
async function* source(log) { try { yield 1; await new Promise(() => {}); } finally { log("source"); } }
class Private { #log = (log) => log("reader"); async *reader(log, scope) { try { ${reading} } finally { this.#log(log); } } }
exports.plain = async function* reader(log, scope) { try { ${reading} } finally { log("reader"); } };
exports.ofPrivateNames = new Private().reader.bind(new Private());`);
        const own = (make: () => AsyncGenerator) => {
          const source = make();
          const next = source.next.bind(source);
          const inner = new api.AsyncGeneratorScope();
          source.next = () => inner.run(next);
          return source;
        };
        for (const [kind, reader] of Object.entries<any>(readers)) {
          const scope = new api.AsyncGeneratorScope({ interrupt: true });
          const g = reader((line: string) => lines.push(line), own);
          await scope.run(() => g.next());
          const pending = waits ? g.next() : null;
          await settle();
          await scope.close();
          const order = [...(how === "yield*" ? [] : ["item"]), "source", "reader"];
          expect(lines.splice(0), kind).to.deep.equal(order);
          if (pending) expect(await pending).to.deep.equal({ value: undefined, done: true });
        }
      });

  it("wait for a close that is under way, their own or a child's, whose error is for who began it", async () => {
    const { make, lines } = world();
    const scope = new api.AsyncGeneratorScope();
    const child = scope.run(() => new api.AsyncGeneratorScope());
    await scope.run(() => make["simple"]!().next());
    await child.run(() => make["failing"]!(new Error("bad")).next());
    await Promise.all(
      Object.entries({ child, again: child, scope, repeated: scope }).map(([name, each]) =>
        each.close().then(
          () => lines.push(`${name} closed`),
          ({ message }: Error) => lines.push(`${name} failed: ${message}`),
        ),
      ),
    );
    expect(lines).to.deep.equal(["finally", "child failed: bad", "again closed", "scope closed", "repeated closed"]);
  });

  it("do not wait for a member that waits for them, and close what comes later", async () => {
    const { cleaner, outer } = compileText(`"use aclose";
async function* cleaner(name, log, cleanup) { try { yield name; yield; } finally { log(name); await cleanup(); log(name + " done"); } }
async function* outer(log, cleanup) { try { yield* cleaner("inner", log, cleanup); } finally { log("outer"); } }
Object.assign(exports, { cleaner, outer });`);
    const leave = async (g: AsyncIterable<unknown>) => {
      for await (const _ of g) break;
    };
    const endings: Record<string, (close: () => Promise<void>, generators: any[]) => Promise<unknown>> = {
      "a scope closes them": (close) => close(),
      "one is left": (_close, [g]) => leave(g),
      "the last one is left": (_close, generators) => leave(generators.at(-1)),
    };
    for (const [ending, end] of Object.entries(endings)) {
      const lines: string[] = [];
      const scope = new api.AsyncGeneratorScope();
      const child = scope.run(() => new api.AsyncGeneratorScope());
      const log = (line: string) => lines.push(line);
      const close = () => scope.close();
      const own = [outer(log, close), cleaner("a", log, close), cleaner("b", log, () => Promise.resolve())];
      const others = [cleaner("c", log, close), cleaner("d", log, () => child.close())];
      await scope.run(() => Promise.all(own.map((g) => g.next())));
      await child.run(() => Promise.all(others.map((g) => g.next())));
      await end(close, [...own, ...others]);
      await settle();
      const names = ["a", "b", "c", "d", "inner"];
      const all = [...names, ...names.map((name) => `${name} done`), "outer"].sort();
      expect(lines.sort(), ending).to.deep.equal(all);
      await scope.close();
      const next = new api.AsyncGeneratorScope();
      await next.run(() => cleaner("next", log, async () => {}).next());
      await next.close();
      expect(lines.at(-1)).to.equal("next done");
    }
  });

  const indirect = {
    "Promise.all": "Promise.all([close()])",
    "then()": "close().then(() => {})",
    "an async function": "(async () => { await close(); })()",
    "a generator that it reads by hand": "inner(close).next()",
    "Promise.race": "Promise.race([close(), new Promise(() => {})])",
  };
  for (const [way, expression] of Object.entries(indirect))
    it(`do not wait for a member that waits for them by ${way}, and no more does a shutdown`, async () => {
      const { make } = compileText(`"use aclose";
async function* inner(close) { await close(); yield 1; }
exports.make = async function* g(log, where, close) {
  try { yield 1; if (where === "try") await ${expression}; yield 2; }
  finally { if (where === "finally") await ${expression}; log(where); }
};`);
      const lines: string[] = [];
      const log = (line: string) => lines.push(line);
      for (const where of ["try", "finally"]) {
        const scope = new api.AsyncGeneratorScope();
        const g = make(log, where, () => scope.close());
        await scope.run(() => g.next());
        await (where === "try" ? g.next() : g.return());
        await settle();
      }
      const cleaned = make(log, "finally", api.shutdownAsyncGenerators);
      await cleaned.next();
      await cleaned.return();
      api.resetAsyncGeneratorShutdown();
      expect(lines).to.deep.equal(["try", "finally", "finally"]);
    });
});

describe("scopes that are closed", () => {
  it("leave what was begun in them to the open scopes around", async () => {
    const { make, lines } = world();
    const scope = new api.AsyncGeneratorScope();
    const later = scope.run(async () => {
      const inner = new api.AsyncGeneratorScope();
      const begun = inner.run(async () => {
        await settle();
        const innermost = new api.AsyncGeneratorScope();
        await innermost.run(() => make["simple"]!().next());
        return make["simple"]!().next();
      });
      await inner.close();
      return begun;
    });
    await later;
    const open = api.openAsyncGenerators().length;
    await scope.close();
    expect([open, api.openAsyncGenerators().length, lines.length]).to.deep.equal([2, 0, 2]);
  });
});

describe("hooks and the creation stack", () => {
  it("remember where a generator was created, not where it was first used", async () => {
    const { make } = world();
    const old = api.getAsyncGeneratorHooks();
    api.setAsyncGeneratorHooks({ firstIter: () => {} });
    api.configureAsyncGenerators({ captureCreationStack: true });
    try {
      const creator = () => make["simple"]!();
      const g = creator();
      await g.next();
      expect(api.inspectAsyncGenerator(g).creationStack).to.include("creator");
      await g.return();
    } finally {
      api.configureAsyncGenerators({ captureCreationStack: false });
      api.setAsyncGeneratorHooks(old);
    }
  });
});

describe("hooks that throw", () => {
  it("do not keep a generator from its scope", async () => {
    const { make, lines } = world();
    const hooks = api.getAsyncGeneratorHooks();
    api.setAsyncGeneratorHooks({
      firstIter() {
        throw new Error("hook");
      },
    });
    try {
      const scope = new api.AsyncGeneratorScope();
      const g = make["simple"]!();
      expect(await scope.run(() => g.next()).catch((error: Error) => error.message)).to.equal("hook");
      await g.next();
      await scope.close();
      expect(lines).to.deep.equal(["finally"]);
    } finally {
      api.setAsyncGeneratorHooks(hooks);
    }
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
    const closed: unknown[] = [];
    await api.aclose({ aclose: async () => void closed.push("aclose"), return: async () => closed.push("return") });
    expect(closed).to.deep.equal(["aclose"]);
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
