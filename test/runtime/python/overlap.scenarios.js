// CPython's scenarios by id: overlap (R).
exports.scenarios = {
  async R01(h) {
    const gate = h.gate();
    async function* g() {
      h.log("body");
      await gate.promise;
      h.log("gate");
      yield 1;
      yield 2;
    }
    const a = g(),
      t = h.spawn("A", a.anext());
    await h.settle();
    h.state(a);
    await h.step("anext", a.anext());
    await h.step("asend", a.asend("v"));
    await h.step("athrow", a.athrow(new h.AppError("x")));
    await h.step("aclose", a.aclose());
    gate.open();
    await t.done;
    h.state(a);
    await h.step("anext", a.anext());
  },
  async R02(h) {
    async function* g() {
      await h.step("self-anext", a.anext());
      await h.step("self-asend", a.asend("v"));
      await h.step("self-athrow", a.athrow(new h.AppError("x")));
      await h.step("self-aclose", a.aclose());
      yield 1;
    }
    const a = g();
    await h.step("anext", a.anext());
  },
  async R05(h) {
    const gate = h.gate();
    async function* g() {
      await gate.promise;
      yield 1;
      yield 2;
    }
    const a = g(),
      t = h.spawn("A", a.anext());
    await h.settle();
    const w = a.anext();
    gate.open();
    await t.done;
    await h.step("anext", w);
  },
  async R06(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
      } finally {
        await gate.promise;
      }
    }
    const a = g();
    await a.anext();
    const t1 = h.spawn("c1", a.aclose()),
      t2 = h.spawn("c2", a.aclose());
    await h.settle();
    gate.open();
    await Promise.all([t1.done, t2.done]);
    h.state(a);
  },
  async R07(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    await a.anext();
    const t1 = h.spawn("c1", a.aclose()),
      t2 = h.spawn("c2", a.aclose());
    await Promise.all([t1.done, t2.done]);
  },
};
