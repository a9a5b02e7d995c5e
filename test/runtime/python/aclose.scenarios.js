// CPython's scenarios by id: aclose (C).
exports.scenarios = {
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
  async C07(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("caught-exit");
        return;
      }
    }
    const a = g();
    await a.anext();
    await h.step("aclose", a.aclose());
    h.state(a);
  },
  async C08(h) {
    async function* g() {
      closing: try {
        yield 1;
      } finally {
        h.log("caught-exit");
        break closing;
      }
      yield 2;
      h.log("after-2");
      yield 3;
    }
    const a = g();
    await a.anext();
    await h.step("aclose", a.aclose());
    h.state(a);
    await h.step("anext", a.anext());
    await h.step("anext", a.anext());
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
  async C12(h) {
    const resource = {
      async [Symbol.asyncDispose]() {
        h.log("exit");
        await null;
        h.log("exit-2");
      },
    };
    async function* g() {
      h.log("enter");
      await using r = resource;
      yield 1;
      yield 2;
    }
    const a = g();
    await h.step("anext", a.anext());
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
  async C21(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        await null;
        throw new h.AppError("cleanup");
      }
    }
    const a = g();
    await a.anext();
    await h.step("aclose", a.aclose());
  },
  async C22(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("caught-exit");
        await null;
      }
    }
    const a = g();
    await a.anext();
    await h.step("aclose", a.aclose());
    h.state(a);
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
  async C24(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        throw new h.AppError("instead");
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
};
