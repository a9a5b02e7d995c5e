// CPython's scenarios by id: shutdown (S).
exports.scenarios = {
  async S04(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
        yield 2;
      }
    }
    const a = g();
    await a.anext();
    await h.shutdown();
    h.log = () => {};
    await a.return();
  },
  async S05(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
        throw new h.api.CancelledError();
      }
    }
    const a = g();
    await a.anext();
    await h.shutdown();
    h.state(a);
  },
  async S08(h) {
    const e1 = h.gate(),
      e2 = h.gate(),
      done = [];
    async function* g(mine, other, n) {
      try {
        yield 1;
      } finally {
        mine.open();
        await other.promise;
        done.push(n);
      }
    }
    const a = g(e1, e2, 1),
      b = g(e2, e1, 2);
    await a.anext();
    await b.anext();
    await h.shutdown();
    h.log("closed:", done.sort());
  },
  async S09(h) {
    async function* g() {
      h.log("body");
      yield 1;
    }
    const a = g();
    await h.shutdown();
    h.state(a);
  },
  async S10(h) {
    async function* g() {
      h.log("body");
      yield 1;
    }
    const a = g(),
      w = a.anext();
    await h.shutdown();
    h.state(a);
    await h.step("anext", w);
  },
  async S11(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
      }
    }
    await h.shutdown();
    const a = g();
    await h.step("anext", a.anext());
    await h.step("anext", a.anext());
  },
  async S12(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
      }
    }
    const a = g();
    await a.anext();
    await h.shutdown();
    await h.step("anext", a.anext());
    await h.step("aclose", a.aclose());
  },
  async S14(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
      }
    }
    await (async () => {
      await g().anext();
    })();
    await h.collect(() => h.trace.length > 1);
    h.log("collected");
  },
  async S15(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
        throw new h.AppError("cleanup");
      }
    }
    await (async () => {
      await g().anext();
    })();
    await h.collect(() => h.trace.length > 2);
  },
  async S16(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await gate.promise;
        h.log("finally-2");
      }
    }
    await (async () => {
      await g().anext();
    })();
    await h.collect(() => h.trace.length > 0);
    await h.shutdown("shutdown", { background: false });
    h.log("open-gate");
    gate.open();
    await h.settle();
  },
  async S17(h) {
    const inner = [];
    async function* sg(suffix) {
      try {
        yield 1;
      } finally {
        h.log(`finally${suffix}`);
        await null;
        h.log(`finally-2${suffix}`);
      }
    }
    async function* g() {
      try {
        yield 1;
      } finally {
        const b = sg("-b");
        inner.push(b);
        h.log("new:", await b.anext());
      }
    }
    const a = g();
    await a.anext();
    await h.shutdown();
    h.state(inner[0]);
    await h.shutdown("shutdown-2");
    h.state(inner[0]);
  },
  async S18(h) {
    const done = [];
    async function* inner() {
      try {
        yield 1;
        yield 2;
      } finally {
        await null;
        done.push("inner");
      }
    }
    async function* outer() {
      const i = inner();
      try {
        for await (const x of i) yield x;
      } finally {
        await null;
        done.push("outer");
      }
    }
    const o = outer();
    await o.anext();
    await h.shutdown();
    h.log("closed:", done.sort());
  },
  async S19(h) {
    const gate = h.gate();
    async function* sg() {
      try {
        yield 1;
      } finally {
        h.log("finally-kept");
        await null;
        h.log("finally-2-kept");
      }
    }
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } catch (e) {
        h.log("gen-cancelled");
        throw e;
      } finally {
        h.log("gen-finally");
      }
    }
    const keep = sg();
    await keep.anext();
    const t = h.loop(g());
    await h.settle();
    h.log("cancel-tasks");
    t.cancel();
    await h.settle();
    h.task(t);
    h.log("shutdown-gens");
    await h.shutdown();
  },
  async S20(h) {
    async function* sg(suffix) {
      try {
        yield 1;
      } finally {
        h.log(`finally${suffix}`);
        await null;
        h.log(`finally-2${suffix}`);
      }
    }
    const a = sg("-a");
    await a.anext();
    await h.step("end", a.anext());
    const b = sg("-b");
    await b.anext();
    await h.step("aclose", b.aclose());
    await h.shutdown();
  },
  async S21(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await gate.promise;
        h.log("finally-2");
      }
    }
    const a = g();
    await a.anext();
    const t = h.spawn("aclose", a.aclose());
    await h.settle();
    await h.shutdown();
    gate.open();
    await t.done;
  },
};
