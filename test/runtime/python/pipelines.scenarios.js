// CPython's scenarios by id: pipelines (K).
exports.scenarios = {
  async K01(h) {
    async function* inner() {
      try {
        yield 1;
        yield 2;
      } finally {
        h.log("in-finally");
      }
    }
    const i = inner();
    async function* outer() {
      try {
        for (;;) yield await i.anext();
      } finally {
        h.log("out-finally");
      }
    }
    const o = outer();
    await h.step("anext", o.anext());
    await h.step("aclose", o.aclose());
    h.state(o, "outer");
    h.state(i, "inner");
    await h.step("inner", i.anext());
    await h.step("inner", i.aclose());
  },
  async K02(h) {
    async function* inner() {
      try {
        yield 1;
        yield 2;
      } finally {
        h.log("in-finally");
        await null;
        h.log("in-finally-2");
      }
    }
    async function* outer() {
      try {
        const i = inner();
        try {
          for (;;) {
            const x = await h.api.anext(i, "end");
            if (x === "end") break;
            yield x;
          }
        } finally {
          await i.aclose();
        }
      } finally {
        h.log("out-finally");
        await null;
        h.log("out-finally-2");
      }
    }
    await h.api.aclosing(outer(), async (o) => {
      await h.each(o, (x) => {
        h.log("item:", x);
        return "break";
      });
      h.log("after-break");
    });
    h.log("after-aclosing");
  },
  async K03(h) {
    async function* inner() {
      try {
        yield 1;
        throw new h.AppError("i");
      } finally {
        h.log("in-finally");
      }
    }
    async function* outer() {
      try {
        for await (const x of inner()) yield x;
      } catch (e) {
        h.log("outer-caught:", h.err(e));
        yield "recovered";
      } finally {
        h.log("out-finally");
      }
    }
    await h.loop(outer()).done;
  },
  async K04(h) {
    async function* g() {
      try {
        yield 1;
        yield 2;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    try {
      await h.each(a, (x) => {
        h.log("item:", x);
        throw new h.AppError("body");
      });
    } catch (e) {
      h.log("caught:", h.err(e));
    }
    h.state(a);
    await h.step("anext", a.anext());
    h.log = () => {};
  },
  async K08(h) {
    async function* inner() {
      for (let i = 0; i < 4; i++) yield i;
    }
    const i = inner();
    async function* outer(name) {
      for await (const x of i) yield `${name}${x}`;
    }
    const a = outer("a"),
      b = outer("b");
    await h.step("a", a.anext());
    await h.step("b", b.anext());
    await h.step("b", b.anext());
    await h.step("a", a.anext());
    await h.step("a", a.anext());
    await h.step("b", b.anext());
  },
  async K10(h) {
    async function* inner() {
      try {
        yield 1;
        yield 2;
      } finally {
        h.log("in-finally");
        await null;
        h.log("in-finally-2");
      }
    }
    async function* outer() {
      const i = inner();
      try {
        for (;;) {
          const x = await h.api.anext(i, "end");
          if (x === "end") break;
          yield x;
        }
      } finally {
        h.log("out-finally");
        await i.aclose();
        h.log("out-finally-2");
      }
    }
    const o = outer();
    await h.step("anext", o.anext());
    await h.step("aclose", o.aclose());
  },
  async K11(h) {
    async function* src() {
      try {
        yield 1;
      } finally {
        h.log("src-finally");
      }
    }
    async function* mid(s) {
      try {
        for await (const x of s) yield x * 10;
      } finally {
        h.log("mid-finally");
      }
    }
    await h.loop(mid(src())).done;
  },
};
