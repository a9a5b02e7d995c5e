// CPython's scenarios by id: cancellation (D).
exports.scenarios = {
  async D01(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
        h.log("unreached");
        yield 2;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
      }
    }
    const a = g(),
      t = h.loop(a);
    await h.settle();
    h.log("cancel:", t.cancel("why"));
    await h.settle();
    h.task(t);
    h.state(a);
    await h.step("anext", a.anext());
  },
  async D02(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } catch (e) {
        h.log("caught:", h.err(e));
        yield "recovered";
      }
      yield "more";
    }
    const t = h.loop(g());
    await h.settle();
    t.cancel("why");
    await h.settle();
    h.task(t);
  },
  async D03(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } catch (e) {
        h.log("caught:", h.err(e));
      }
    }
    const t = h.loop(g());
    await h.settle();
    t.cancel("why");
    await h.settle();
    h.task(t);
  },
  async D04(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } catch {
        throw new h.AppError("translated");
      }
    }
    const t = h.loop(g());
    await h.settle();
    t.cancel("why");
    await h.settle();
    h.task(t);
  },
  async D06(h) {
    const gate = h.cancellable();
    async function* g() {
      try {
        yield 1;
        yield 2;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    const task = h.work(() =>
      h.each(a, async (x) => {
        h.log("item:", x);
        await gate.promise;
      }),
    );
    await h.settle();
    gate.cancel();
    await h.settle();
    h.task(task);
    h.state(a);
    await h.step("anext", a.anext());
    h.log = () => {};
  },
  async D07(h) {
    const g1 = h.gate(),
      g2 = h.gate();
    async function* g() {
      try {
        yield 1;
        await g1.promise;
      } finally {
        h.log("finally");
        try {
          await g2.promise;
        } finally {
          h.log("finally-inner");
        }
        h.log("unreached");
      }
    }
    const a = g(),
      t = h.loop(a);
    await h.settle();
    t.cancel("first");
    await h.settle();
    h.task(t);
    h.state(a);
    t.cancel("second");
    await h.settle();
    h.task(t);
    h.state(a);
  },
  async D08(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        try {
          await gate.promise;
        } finally {
          h.log("finally-inner");
        }
        h.log("unreached");
      }
    }
    const a = g();
    await a.anext();
    const t = h.spawn("aclose", a.aclose());
    await h.settle();
    t.cancel("why");
    await h.settle();
    await h.step("aclose-2", a.aclose());
  },
  async D12(h) {
    async function* g() {
      try {
        h.log("body");
        yield 1;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    const step = a.anext();
    step.cancel();
    const task = h.work(async () => await step);
    await h.settle();
    h.task(task);
    h.state(a);
    await h.step("anext", a.anext());
    h.log = () => {};
  },
  async D13(h) {
    const gate = h.gate();
    async function* inner() {
      try {
        yield 1;
        await gate.promise;
      } finally {
        h.log("in-finally");
        await null;
        h.log("in-finally-2");
      }
    }
    async function* outer() {
      try {
        for await (const x of inner()) yield x;
      } finally {
        h.log("out-finally");
        await null;
        h.log("out-finally-2");
      }
    }
    const t = h.loop(outer());
    await h.settle();
    t.cancel();
    await h.settle();
    h.task(t);
  },
  async D14(h) {
    const gate = h.gate();
    async function* inner() {
      try {
        yield 1;
        await gate.promise;
      } catch {
        h.log("in-caught");
        yield "alt";
      }
    }
    async function* outer() {
      try {
        for await (const x of inner()) yield x;
      } finally {
        h.log("out-finally");
      }
    }
    const t = h.loop(outer());
    await h.settle();
    t.cancel();
    await h.settle();
    h.task(t);
  },
  async D15(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } finally {
        h.log("finally");
        yield "F";
        h.log("finally-2");
      }
    }
    const t = h.loop(g());
    await h.settle();
    t.cancel("why");
    await h.settle();
    h.task(t);
  },
  async D18(h) {
    const gate = h.gate();
    async function* g() {
      yield 1;
      await gate.promise;
      yield 2;
    }
    const a = g();
    await a.anext();
    const p = a.anext().promise();
    h.log("waiter=error:CancelledError:");
    await h.settle();
    h.state(a);
    gate.open();
    await h.step("step", p);
  },
  async D21(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } finally {
        h.log("finally");
      }
    }
    const t = h.loop(g());
    await h.settle();
    h.log("cancel:", t.cancel("a"), " ", t.cancel("b"));
    await h.settle();
    h.task(t);
    h.log("cancel-after:", t.cancel());
  },
  async D22(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
        yield 2;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    await a.anext();
    const step = a.anext();
    const timer = setTimeout(() => step.cancel(), 1);
    try {
      await step;
    } catch (e) {
      if (e instanceof h.api.CancelledError) h.log("timeout");
    }
    clearTimeout(timer);
    h.state(a);
    await h.step("anext", a.anext());
  },
  async D24(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } finally {
        return;
      }
    }
    const t = h.loop(g());
    await h.settle();
    t.cancel("why");
    await h.settle();
    h.task(t);
  },
  async D26(h) {
    async function* g() {
      yield 1;
      yield 2;
    }
    const a = g(),
      t = h.spawn("anext", a.anext());
    await h.settle();
    h.log("cancel:", t.cancel());
    await h.settle();
    h.state(a);
    await h.step("anext", a.anext());
  },
  async D29(h) {
    const g1 = h.gate(),
      g2 = h.gate();
    async function* g() {
      for (const gate of [g1, g2]) {
        try {
          await gate.promise;
        } catch (e) {
          h.log("caught:", h.err(e));
        }
      }
      yield "survived";
    }
    const a = g(),
      t = h.spawn("anext", a.anext());
    await h.settle();
    t.cancel("one");
    await h.settle();
    h.state(a);
    t.cancel("two");
    await h.settle();
    h.state(a);
  },
};
