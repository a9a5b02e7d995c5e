// CPython's scenarios by id: laziness (L).
exports.scenarios = {
  async L01(h) {
    async function* g() {
      h.log("body");
      yield 1;
    }
    const w = g().anext();
    h.log("called");
    await h.settle();
    h.log("before-await");
    await h.step("anext", w);
  },
  async L02(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    await h.step("anext", a.anext());
    const w = a.aclose();
    h.log("called");
    await h.settle();
    h.state(a);
    await h.step("aclose", w);
    h.state(a);
  },
  async L03(h) {
    async function* g() {
      try {
        yield 1;
      } catch (e) {
        h.log("caught:", h.err(e));
        yield 2;
      }
    }
    const a = g();
    await h.step("anext", a.anext());
    const w = a.athrow(new h.AppError("x"));
    h.log("called");
    await h.settle();
    h.state(a);
    await h.step("athrow", w);
  },
  async L04(h) {
    async function* g() {
      for (;;) h.log("got:", yield);
    }
    const a = g();
    await a.anext();
    const s1 = a.asend("first-created"),
      s2 = a.asend("second-created");
    await s2;
    await s1;
  },
  async L05(h) {
    async function* g() {
      yield 1;
      yield 2;
    }
    const a = g(),
      w = a.anext();
    await h.step("1st", w);
    await h.step("2nd", w);
    await h.step("anext", a.anext());
  },
  async L06(h) {
    async function* g() {
      yield 1;
      throw new h.AppError("boom");
    }
    const a = g();
    await a.anext();
    const w = a.asend("v");
    await h.step("1st", w);
    await h.step("2nd", w);
  },
  async L07(h) {
    async function* g() {
      yield 1;
    }
    const a = g();
    await a.anext();
    const w = a.aclose();
    await h.step("1st", w);
    await h.step("2nd", w);
    await h.step("other", a.aclose());
  },
  async L10(h) {
    async function* g() {
      h.log("body");
      const x = yield 1;
      h.log("got:", x);
      yield 2;
    }
    const a = g(),
      w = a.asend(5);
    h.log("called");
    await h.step("asend5", w);
    h.state(a);
    await h.step("asendNone", a.asend());
    await h.step("asend7", a.asend(7));
  },
  async L12(h) {
    async function* g() {
      yield 1;
    }
    const a = g();
    let w = a.aclose();
    await h.step("1st", w);
    await h.step("2nd", w);
    w = a.aclose();
    await h.step("3rd", w);
    await h.step("4th", w);
  },
  async L13(h) {
    async function* g() {
      yield 1;
      yield 2;
    }
    const w = h.api.anext(g(), "dflt");
    await h.step("1st", w);
    await h.step("2nd", w);
  },
  async L14(h) {
    h.api.configureAsyncGenerators({ warnNeverAwaited: true });
    try {
      async function* g() {
        yield 1;
        yield 2;
      }
      const a = g();
      (() => void a.anext())();
      await h.collect(() => h.trace.length === 1);
      h.state(a);
      await a.anext();
      (() => void a.aclose())();
      await h.collect(() => h.trace.length === 3);
      h.state(a);
      await h.step("anext", a.anext());
    } finally {
      h.api.configureAsyncGenerators({ warnNeverAwaited: false });
    }
  },
  async L16(h) {
    async function* g() {
      yield 1;
    }
    const a = g(),
      w = a.asend(5);
    await h.step("1st", w);
    await h.step("2nd", w);
    await h.step("anext", a.anext());
  },
};
