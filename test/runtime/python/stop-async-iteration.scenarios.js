// CPython's scenarios by id: StopAsyncIteration (P).
exports.scenarios = {
  async P01(h) {
    async function* g() {
      yield 1;
      const e = new h.api.StopAsyncIteration();
      e.message = "s";
      throw e;
    }
    const a = g();
    await h.step("anext", a.anext());
    await h.step("anext", a.anext(), true);
    await h.step("anext", a.anext());
  },
  async P02(h) {
    async function* inner() {}
    async function* g() {
      const i = inner();
      yield await i.anext();
    }
    await h.step("anext", g().anext());
  },
  async P03(h) {
    async function* g() {
      yield 1;
      yield 2;
    }
    const a = g();
    try {
      await h.each(a, (x) => {
        h.log("item:", x);
        const e = new h.api.StopAsyncIteration();
        e.message = "mine";
        throw e;
      });
      h.log("loop-end");
    } catch (e) {
      h.log("caught:", h.err(e));
    }
    h.state(a);
  },
};
