// CPython's scenarios by id: introspection (I).
exports.scenarios = {
  async I01(h) {
    const gate = h.gate();
    async function* g() {
      h.state(a, "in-body");
      yield 1;
      await gate.promise;
      yield 2;
    }
    const a = g();
    h.state(a);
    const w = a.anext();
    h.state(a, "called");
    await w;
    h.state(a);
    const t = h.spawn("n", a.anext());
    await h.settle();
    h.state(a, "awaiting");
    gate.open();
    await t.done;
    h.state(a);
    await h.step("end", a.anext());
    h.state(a);
  },
  async I02(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.state(a, "in-finally");
        yield 2;
      }
    }
    const a = g();
    await a.anext();
    await h.step("aclose", a.aclose());
    h.state(a);
  },
  async I04(h) {
    async function* g() {
      yield 1;
      throw new h.AppError("x");
    }
    const a = g();
    await a.anext();
    await h.step("n", a.anext());
    h.state(a);
    const b = g();
    await h.step("aclose", b.aclose());
    h.state(b);
    const c = g();
    await h.step("athrow", c.athrow(new h.AppError("y")));
    h.state(c);
  },
};
