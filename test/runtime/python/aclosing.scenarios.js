// CPython's scenarios by id: aclosing (A).
exports.scenarios = {
  async A04(h) {
    async function* g() {
      try {
        yield 1;
        yield 2;
      } finally {
        h.log("finally");
        yield 3;
      }
    }
    try {
      await h.api.aclosing(g(), async (a) => {
        await a.anext();
      });
    } catch (e) {
      h.log("caught:", h.err(e));
    }
  },
  async A05(h) {
    async function* g() {
      try {
        yield 1;
        yield 2;
      } finally {
        h.log("finally");
      }
    }
    let a = g();
    await h.api.aclosing(a, () => h.log("not-started"));
    h.state(a);
    a = g();
    await h.api.aclosing(a, () => h.each(a, (x) => h.log("item:", x)));
    h.state(a);
  },
  async A08(h) {
    const gate = h.cancellable();
    async function* g() {
      try {
        yield 1;
        yield 2;
      } finally {
        h.log("finally");
      }
    }
    const task = h.work(async () => {
      await h.api.aclosing(g(), (a) =>
        h.each(a, async (x) => {
          h.log("item:", x);
          await gate.promise;
        }),
      );
    });
    await h.settle();
    gate.cancel();
    await h.settle();
    h.task(task);
  },
  async A09(h) {
    const gate = h.gate();
    async function* g() {
      try {
        await gate.promise;
        yield 1;
      } finally {
        h.log("finally");
      }
    }
    let t;
    try {
      await h.api.aclosing(g(), async (a) => {
        t = h.spawn("pending", a.anext());
        await h.settle();
      });
    } catch (e) {
      h.log("caught:", h.err(e));
    }
    gate.open();
    await t.done;
    h.log = () => {};
  },
};
