// CPython's scenarios by id: athrow (T).
exports.scenarios = {
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
};
