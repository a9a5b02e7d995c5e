// CPython's scenarios by id: iteration (N).
exports.scenarios = {
  async N03(h) {
    async function* g() {
      try {
        for (let i = 0; i < 4; i++) yield i;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    await h.each(a, (x) => {
      h.log("item:", x);
      return x === 1 ? "break" : "";
    });
    h.log("after-break");
    h.state(a);
    await h.each(a, (x) => h.log("again:", x));
    h.state(a);
  },
  async N04(h) {
    async function* g() {
      yield 1;
      throw new h.AppError("boom");
    }
    const a = g();
    await h.step("anext", a.anext());
    await h.step("anext", a.anext());
    h.state(a);
    await h.step("anext", a.anext());
  },
  async N05(h) {
    async function* g() {
      try {
        yield 1;
        return;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    await h.step("anext", a.anext());
    await h.step("anext", a.anext());
    await h.step("anext", a.anext());
  },
  async N07(h) {
    async function* g() {
      yield 1;
    }
    const a = g(),
      { anext } = h.api;
    await h.step("d", anext(a, "dflt"));
    await h.step("d", anext(a, "dflt"));
    await h.step("d", anext(a, "dflt"));
    await h.step("plain", anext(a));
  },
  async N09(h) {
    async function* g() {
      yield 1;
      yield 2;
    }
    const a = g();
    await Promise.all([0, 1, 2, 3].map((i) => h.spawn(`n${i}`, a.anext()).done));
  },
  async N10(h) {
    const gate = h.gate();
    async function* g() {
      await gate.promise;
      yield 1;
      yield 2;
    }
    const a = g();
    const ts = [0, 1, 2].map((i) => h.spawn(`n${i}`, a.anext()));
    await h.settle();
    h.log("open-gate");
    gate.open();
    await Promise.all(ts.map((t) => t.done));
    await h.step("next", a.anext());
  },
  async N12(h) {
    async function* g() {
      try {
        yield 1;
        throw new h.AppError("boom");
      } finally {
        yield 2;
        yield 3;
      }
    }
    const a = g();
    for (let i = 0; i < 5; i++) await h.step("anext", a.anext());
  },
  async N13(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        yield 2;
        throw new h.AppError("in-finally");
      }
    }
    const a = g();
    for (let i = 0; i < 4; i++) await h.step("anext", a.anext());
  },
  async N16(h) {
    async function* g() {
      for (let i = 0; i < 4; i++) {
        await null;
        yield i;
      }
    }
    const a = g();
    const take = async (name) => h.log(name, ":", await a.anext());
    await take("A");
    await take("B");
    await take("A");
    await take("B");
    await h.step("end", a.anext());
  },
  async N17(h) {
    const mk = () => {
      h.log("default-evaluated");
      return 7;
    };
    async function* g(p, q) {
      h.log("body");
      yield [p, q];
    }
    h.log("before-call");
    const a = g(1, mk());
    h.log("after-call");
    await h.step("anext", a.anext());
  },
  async N19(h) {
    async function* a() {
      yield 1;
    }
    async function* b() {
      yield 1;
      return;
    }
    async function* c() {
      try {
        yield 1;
        return;
      } finally {
        h.log("finally");
      }
    }
    for (const f of [a, b, c]) {
      const g = f();
      await g.anext();
      await h.step(f.name, g.anext());
      h.state(g);
    }
  },
  async N20(h) {
    async function* g() {
      h.log("body");
    }
    const a = g();
    await h.step("anext", a.anext());
    await h.step("anext", a.anext());
  },
};
