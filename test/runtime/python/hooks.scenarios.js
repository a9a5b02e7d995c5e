// CPython's scenarios by id: hooks (H).
exports.scenarios = {
  async H01(h) {
    async function* g() {
      h.log("body");
      yield 1;
      yield 2;
    }
    await h.hooks(
      () => h.log("hook:firstiter"),
      null,
      async () => {
        const a = g();
        h.log("created");
        const w = a.anext();
        h.log("called");
        await h.step("anext", w);
        await h.step("anext", a.anext());
        await h.step("aclose", a.aclose());
      },
    );
  },
  async H02(h) {
    async function* g() {
      yield 1;
    }
    await h.hooks(
      () => h.log("hook:firstiter"),
      null,
      async () => {
        for (const [name, ...args] of [["aiter"], ["asend", undefined], ["athrow", new h.AppError("x")], ["aclose"]]) {
          const a = g();
          h.log("-- ", name);
          if (name === "aiter") {
            a[Symbol.asyncIterator]();
            continue;
          }
          const w = a[name](...args);
          h.log("called");
          await h.step(name, w);
        }
      },
    );
  },
  async H03(h) {
    const seen = [];
    async function* g() {
      yield 1;
    }
    await h.hooks(
      (a) => {
        seen.push(a);
      },
      null,
      async () => {
        const a = g();
        await a.anext();
        h.log("same:", seen[0] === a);
        h.log("count:", seen.length);
      },
    );
  },
  async H04(h) {
    async function* g() {
      yield 1;
    }
    await h.hooks(
      () => {
        h.log("hook:firstiter");
        throw new h.AppError("hook");
      },
      null,
      async () => {
        const a = g();
        try {
          a.anext();
        } catch (e) {
          h.log("call-threw:", h.err(e));
        }
        await h.step("anext", a.anext());
      },
    );
  },
  async H05(h) {
    async function* g() {
      yield 1;
    }
    const a = g();
    let b;
    await h.hooks(
      () => h.log("hook:firstiter-A"),
      null,
      async () => {
        b = g();
        await a.anext();
      },
    );
    await h.hooks(
      () => h.log("hook:firstiter-B"),
      null,
      async () => {
        await b.anext();
      },
    );
  },
  async H06(h) {
    const old = h.api.getAsyncGeneratorHooks(),
      set = h.api.setAsyncGeneratorHooks;
    const show = () => {
      const k = h.api.getAsyncGeneratorHooks();
      h.log("firstiter:", k.firstIter?.name ?? "none", " finalizer:", k.finalizer?.name ?? "none");
    };
    function F() {}
    function Z() {}
    set({ firstIter: null, finalizer: null });
    show();
    set({ firstIter: F });
    show();
    set({ finalizer: Z });
    show();
    set({});
    show();
    set({ firstIter: undefined });
    show();
    set({ firstIter: null, finalizer: null });
    show();
    set(old);
  },
  async H08(h) {
    await h.hooks(null, null, async () => {
      try {
        h.api.setAsyncGeneratorHooks({ firstIter: "bad", finalizer() {} });
      } catch (e) {
        h.log("error:", h.err(e).replace("firstIter", "firstiter").replace("got string", "got str"));
      }
      h.log("finalizer-set:", h.api.getAsyncGeneratorHooks().finalizer !== null);
    });
  },
  async H09(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
      }
    }
    await h.hooks(
      null,
      () => h.log("hook:finalizer"),
      async () => {
        await (async () => {
          await g().anext();
        })();
        await h.collect(() => h.trace.length > 0);
      },
    );
  },
  async H10(h) {
    async function* g() {
      yield 1;
      yield 2;
    }
    await h.hooks(
      null,
      () => h.log("hook:finalizer"),
      async () => {
        await (async () => {
          await g().anext();
        })();
        await h.collect(() => h.trace.length > 0);
      },
    );
  },
  async H11(h) {
    async function* g(mode) {
      yield 1;
      if (mode === "err") throw new h.AppError("x");
    }
    const run = async (mode, label, method) => {
      const a = g(mode);
      await a.anext();
      await h.step(label, a[method]());
    };
    await h.hooks(
      null,
      () => h.log("hook:finalizer"),
      async () => {
        await run("end", "end", "anext");
        await h.collect(undefined, 4);
        h.log("exhausted-dropped");
        await run("close", "aclose", "aclose");
        await h.collect(undefined, 4);
        h.log("closed-dropped");
        await run("err", "err", "anext");
        await h.collect(undefined, 4);
        h.log("failed-dropped");
      },
    );
  },
  async H12(h) {
    async function* g() {
      yield 1;
    }
    await h.hooks(
      () => h.log("hook:firstiter"),
      () => h.log("hook:finalizer"),
      async () => {
        (() => {
          g();
        })();
        await h.collect(undefined, 4);
        h.log("dropped");
        (() => {
          g()[Symbol.asyncIterator]();
        })();
        await h.collect(undefined, 4);
        h.log("aiter-dropped");
      },
    );
  },
  async H15(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
      }
    }
    await h.hooks(
      null,
      (a) => {
        h.log("hook:finalizer");
        h.spawn("aclose", a.aclose());
      },
      async () => {
        await (async () => {
          await g().anext();
        })();
        await h.collect(() => h.trace.length > 3);
      },
    );
  },
  async H16(h) {
    const keep = [];
    async function* g() {
      try {
        yield 1;
        yield 2;
      } finally {
        h.log("finally");
      }
    }
    await h.hooks(
      null,
      (a) => {
        h.log("hook:finalizer");
        keep.push(a);
      },
      async () => {
        await (async () => {
          await g().anext();
        })();
        await h.collect(() => keep.length > 0);
        await (async () => {
          await h.step("anext", keep[0].anext());
        })();
        keep.length = 0;
        await h.collect(undefined, 5);
        h.log("dropped-again");
      },
    );
  },
  async H20(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        yield 2;
      }
    }
    await h.hooks(
      null,
      () => h.log("hook:finalizer"),
      async () => {
        await (async () => {
          const a = g();
          await a.anext();
          await h.step("aclose", a.aclose());
        })();
        await h.collect(undefined, 5);
        h.log("dropped");
      },
    );
  },
  async H22(h) {
    async function* inner() {
      try {
        yield 1;
        yield 2;
      } finally {
        h.log("in-finally");
      }
    }
    async function* outer() {
      const i = inner();
      yield await i.anext();
    }
    await h.hooks(
      () => h.log("hook:firstiter"),
      (a) => {
        h.log("hook:finalizer");
        h.spawn("aclose", a.aclose());
      },
      async () => {
        const o = outer();
        await h.step("anext", o.anext());
        h.log("end-outer");
        await h.api.anext(o, null);
        await h.collect(() => h.trace.length > 6);
        h.state(o);
      },
    );
  },
  async H25(h) {
    async function* g() {
      yield 1;
      yield 2;
    }
    const held = [];
    await h.hooks(
      null,
      () => h.log("hook:finalizer"),
      async () => {
        held.push(g());
        await (async () => {
          await held[0].anext();
        })();
      },
    );
    await h.hooks(null, null, async () => {
      held.length = 0;
      await h.collect(() => h.trace.length > 0);
    });
  },
};
