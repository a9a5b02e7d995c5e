// The core of the cleanup tests, for any host: `run(aclose, programs)` returns what failed. `programs` is compiled.
exports.programs = ({ log, gate }) => ({
  async *simple() {
    try {
      yield 1;
      yield 2;
    } finally {
      log("finally");
    }
  },
  async *hangs() {
    try {
      yield 1;
      await gate;
      yield 2;
    } catch (e) {
      log("caught");
      throw e;
    } finally {
      log("finally");
    }
  },
  async *outer(inner) {
    try {
      for await (const x of inner) yield x;
    } finally {
      log("outer finally");
    }
  },
  async *delegates(inner) {
    try {
      yield* inner;
    } finally {
      log("outer finally");
    }
  },
  async *fails() {
    try {
      yield 1;
    } finally {
      throw new Error("cleanup");
    }
  },
});

exports.run = async (api, gc) => {
  const results = {};
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
  const equal = (actual, expected) => {
    const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (a !== b) throw new Error(`${a} instead of ${b}`);
  };
  const test = async (name, body) => {
    const lines = [];
    const reports = [];
    api.configureAsyncGenerators({ onError: (report) => reports.push(report.exception.message) });
    const make = exports.programs({ log: (line) => lines.push(line), gate: new Promise(() => {}) });
    try {
      await body(make, lines, reports);
      results[name] = "passed";
    } catch (error) {
      results[name] = String(error);
    }
    await api.shutdownAsyncGenerators({ interrupt: true, timeoutMs: 20 });
    api.resetAsyncGeneratorShutdown();
  };

  await test("closes by aclose()", async (make, lines) => {
    const g = make.simple();
    equal(await g.anext(), 1);
    await g.aclose();
    equal(lines, ["finally"]);
    equal(api.getAsyncGeneratorState(g), "AGEN_CLOSED");
  });
  await test("closes by leaving a loop", async (make, lines) => {
    for await (const _ of make.outer(make.simple())) break;
    equal(lines, ["finally", "outer finally"]);
  });
  for (const name of ["outer", "delegates"]) {
    await test(`interrupts through ${name}`, async (make, lines) => {
      const g = make[name](make.hangs());
      await g.next();
      void g.next();
      await turn();
      equal(await api.aclose(g, { interrupt: true }), "interrupted");
      equal(lines, ["finally", "outer finally"]);
    });
  }
  await test("cancels", async (make, lines) => {
    const g = make.hangs();
    await g.next();
    const pending = g.next().catch((error) => api.isCancelled(error));
    await turn();
    equal(api.cancel(g), true);
    equal(await pending, true);
    equal(lines, ["caught", "finally"]);
  });
  await test("aborts the signal first", async (make, lines) => {
    const g = make.hangs();
    api.asyncGeneratorSignal(g).addEventListener("abort", () => lines.push("aborted"));
    await g.next();
    void g.next();
    await api.aclose(g, { interrupt: true });
    equal(lines, ["aborted", "finally"]);
  });
  await test("runs finalizers of generators that were never started", async (make, lines) => {
    const g = make.simple();
    api.addFinalizer(g, () => lines.push("finalized"));
    await g.return();
    await turn();
    equal(lines, ["finalized"]);
  });
  await test("shuts down, and reports failures", async (make, lines, reports) => {
    const open = [make.simple(), make.fails()];
    for (const g of open) await g.next();
    equal((await api.shutdownAsyncGenerators()).closed, 1);
    equal([lines, reports], [["finally"], ["cleanup"]]);
  });
  await test("closes a scope, last first", async (make, lines) => {
    const scope = new api.AsyncGeneratorScope();
    const opened = scope.run(() => {
      const all = [make.simple(), make.outer(make.simple())];
      return Promise.all(all.map((g) => g.next()));
    });
    await opened;
    await scope.close();
    equal(lines, ["finally", "outer finally", "finally"]);
  });
  await test("takes hooks", async (make) => {
    const old = api.getAsyncGeneratorHooks();
    let first = 0;
    api.setAsyncGeneratorHooks({ firstIter: () => first++ });
    await make.simple().next();
    api.setAsyncGeneratorHooks(old);
    equal(first, 1);
  });
  await test("cleans up what was abandoned", async (make, lines) => {
    await (async () => void (await make.simple().next()))();
    for (let i = 0; i < 50 && lines.length === 0; i++) {
      await turn();
      gc();
      await turn();
    }
    equal(lines, ["finally"]);
  });
  return results;
};

/** What needs nothing but the methods of the generators: all that a page with the classic script has. */
exports.runMethods = async (gc) => {
  const lines = [];
  const make = exports.programs({ log: (line) => lines.push(line), gate: new Promise(() => {}) });
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
  const closed = make.simple();
  const results = [await closed.anext()];
  await closed.aclose();
  for await (const _ of make.outer(make.simple())) break;
  const hanging = make.outer(make.hangs());
  await hanging.next();
  void hanging.next();
  await turn();
  results.push(await hanging.aclose({ interrupt: true }));
  const cancelled = make.hangs();
  await cancelled.anext();
  const step = cancelled.anext();
  const failure = step.catch((error) => error.name);
  step.cancel();
  results.push(await failure);
  lines.push("abandoned:");
  await (async () => void (await make.simple().next()))();
  const count = lines.length;
  for (let i = 0; i < 50 && lines.length === count; i++) {
    await turn();
    gc();
    await turn();
  }
  return [...results, ...lines];
};
