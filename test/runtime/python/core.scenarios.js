// CPython's scenarios by id: laziness (L), iteration (N), athrow (T), StopAsyncIteration (P), aclose (C), overlap (R).
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
  async T01(h) {
    async function* g() {
      try {
        yield 1;
      } catch (e) {
        h.log("caught:", h.err(e));
        await null;
        yield 2;
      }
      yield 3;
    }
    const a = g();
    await h.step("anext", a.anext());
    await h.step("athrow", a.athrow(new h.AppError("x")));
    await h.step("anext", a.anext());
    await h.step("anext", a.anext());
  },
  async T02(h) {
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
    await h.step("anext", a.anext());
    await h.step("athrow", a.athrow(new h.AppError("x")));
    h.state(a);
    await h.step("anext", a.anext());
  },
  async T03(h) {
    async function* g() {
      try {
        h.log("body");
        yield 1;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    await h.step("athrow", a.athrow(new h.AppError("x")));
    h.state(a);
    await h.step("anext", a.anext());
  },
  async T04(h) {
    async function* g() {
      yield 1;
    }
    const a = g();
    await h.step("anext", a.anext());
    await h.step("anext", a.anext());
    await h.step("athrow", a.athrow(new h.AppError("x")));
  },
  async T05(h) {
    async function* g() {
      yield 1;
    }
    let a = g();
    await h.step("aclose", a.aclose());
    await h.step("athrow", a.athrow(new h.AppError("x")));
    a = g();
    await h.step("anext", a.anext());
    await h.step("aclose", a.aclose());
    await h.step("athrow", a.athrow(new h.AppError("y")));
  },
  async T06(h) {
    const e0 = new h.AppError("x");
    async function* g() {
      try {
        yield 1;
      } catch (e) {
        h.log("same-inside:", e === e0);
        throw e;
      }
    }
    const a = g();
    await a.anext();
    try {
      await a.athrow(e0);
    } catch (e) {
      h.log("same-outside:", e === e0);
    }
  },
  async T08(h) {
    async function* g() {
      try {
        yield 1;
      } catch {
        throw new h.OtherError("other");
      }
    }
    const a = g();
    await a.anext();
    await h.step("athrow", a.athrow(new h.AppError("x")));
  },
  async T09(h) {
    async function* g() {
      try {
        yield 1;
      } catch (e) {
        if (!(e instanceof h.api.GeneratorExit)) throw e;
        h.log("caught-exit");
        yield 2;
      }
      yield 3;
    }
    const a = g();
    await a.anext();
    await h.step("athrow", a.athrow(new h.api.GeneratorExit()));
    await h.step("anext", a.anext());
  },
  async T14(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        return;
      }
    }
    const a = g();
    await a.anext();
    await h.step("athrow", a.athrow(new h.AppError("x")));
    await h.step("anext", a.anext());
  },
  async T15(h) {
    async function* g() {
      for (;;) {
        try {
          yield 1;
        } finally {
          break;
        }
      }
      yield 2;
    }
    const a = g();
    await a.anext();
    await h.step("athrow", a.athrow(new h.AppError("x")));
    await h.step("anext", a.anext());
  },
  async T16(h) {
    async function* g() {
      try {
        yield 1;
      } catch {
        yield 2;
      }
    }
    const a = g();
    await a.anext();
    await h.step("athrow", a.athrow(new h.AppError("x")));
    await h.step("athrow", a.athrow(new h.OtherError("y")));
  },
  async T21(h) {
    async function* g() {
      let n = 0;
      for (;;) {
        try {
          n++;
          yield n;
        } catch (e) {
          h.log("caught:", h.err(e));
        }
      }
    }
    const a = g();
    await h.step("anext", a.anext());
    await h.step("athrow", a.athrow(new h.AppError("a")));
    await h.step("athrow", a.athrow(new h.AppError("b")));
    await h.step("anext", a.anext());
    await h.step("aclose", a.aclose());
  },
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
  async C02(h) {
    async function* g() {
      try {
        h.log("body");
        yield 1;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    await h.step("aclose", a.aclose());
    h.state(a);
    await h.step("anext", a.anext());
    await h.step("asend", a.asend("v"));
  },
  async C03(h) {
    async function* g(fail) {
      yield 1;
      if (fail) throw new h.AppError("x");
    }
    let a = g(false);
    await a.anext();
    await h.step("anext", a.anext());
    await h.step("aclose", a.aclose());
    await h.step("aclose", a.aclose());
    a = g(true);
    await a.anext();
    await h.step("anext", a.anext());
    await h.step("aclose", a.aclose());
  },
  async C04(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        yield 2;
        h.log("finally-2");
      }
    }
    const a = g();
    await h.step("anext", a.anext());
    await h.step("aclose", a.aclose());
    h.state(a);
  },
  async C05(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        yield 2;
        h.log("mid");
        yield 3;
        h.log("end");
      }
    }
    const a = g();
    await a.anext();
    await h.step("aclose", a.aclose());
    await h.step("anext", a.anext());
    h.state(a);
    await h.step("anext", a.anext());
    h.state(a);
    await h.step("anext", a.anext());
    await h.step("aclose", a.aclose());
  },
  async C06(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        yield 2;
        h.log("unreached");
      }
    }
    const a = g();
    await a.anext();
    await h.step("aclose", a.aclose());
    h.state(a);
    await h.step("aclose", a.aclose());
    await h.step("athrow", a.athrow(new h.AppError("x")));
    h.state(a);
  },
  async C09(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        throw new h.AppError("in-finally");
      }
    }
    const a = g();
    await a.anext();
    await h.step("aclose", a.aclose());
    h.state(a);
    await h.step("aclose", a.aclose());
  },
  async C10(h) {
    async function* g() {
      for (;;) {
        try {
          yield 1;
        } catch (e) {
          h.log("handled:", h.err(e));
        } finally {
          h.log("finally");
        }
      }
    }
    const a = g();
    await a.anext();
    await h.step("athrow", a.athrow(new h.AppError("x")));
    await h.step("aclose", a.aclose());
    h.state(a);
  },
  async C11(h) {
    async function* g() {
      try {
        try {
          try {
            yield 1;
          } finally {
            h.log("f1");
            await null;
            h.log("f1b");
          }
        } finally {
          h.log("f2");
          await null;
          h.log("f2b");
        }
      } finally {
        h.log("f3");
      }
    }
    const a = g();
    await a.anext();
    await h.step("aclose", a.aclose());
  },
  async C13(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        return;
      }
    }
    const a = g();
    await a.anext();
    await h.step("aclose", a.aclose());
    h.state(a);
  },
  async C14(h) {
    async function* g() {
      let n = 0;
      for (;;) {
        n++;
        try {
          yield n;
        } finally {
          if (n < 3) continue;
        }
      }
    }
    const a = g();
    await h.step("anext", a.anext());
    await h.step("aclose", a.aclose());
    await h.step("anext", a.anext());
  },
  async C16(h) {
    async function* g() {
      yield 1;
    }
    const a = g(),
      w = a.aclose();
    await h.step("n", a.anext());
    await h.step("n", a.anext());
    await h.step("aclose", w);
  },
  async C17(h) {
    async function* g() {
      yield 1;
      h.log("unreached");
      yield 2;
    }
    const a = g();
    await a.anext();
    await h.step("aclose", a.aclose());
    h.state(a);
  },
  async C19(h) {
    async function* g() {
      try {
        for (let i = 0; i < 5; i++) yield i;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    await h.each(a, async (x) => {
      h.log("item:", x);
      if (x === 1) await h.step("aclose", a.aclose());
    });
    h.log("loop-end");
  },
  async C20(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        await null;
        return;
      }
    }
    const a = g();
    await a.anext();
    await h.step("aclose", a.aclose());
    await h.step("aclose", a.aclose());
  },
  async C23(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        throw new h.api.GeneratorExit("mine");
      }
    }
    const a = g();
    await a.anext();
    await h.step("aclose", a.aclose());
    h.state(a);
  },
  async C25(h) {
    async function* g() {
      try {
        yield 1;
        throw new h.AppError("pending");
      } finally {
        yield 2;
        h.log("unreached");
      }
    }
    const a = g();
    await a.anext();
    await h.step("anext", a.anext());
    await h.step("aclose", a.aclose());
    h.state(a);
    await h.step("anext", a.anext());
  },
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
