// CPython's scenarios by id: pipelines (K), aclosing (A), hooks (H), shutdown (S), cancellation (D), introspection (I).
exports.scenarios = {
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
  async S04(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
        yield 2;
      }
    }
    const a = g();
    await a.anext();
    await h.shutdown();
    h.log = () => {};
    await a.return();
  },
  async S05(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
        throw new h.api.CancelledError();
      }
    }
    const a = g();
    await a.anext();
    await h.shutdown();
    h.state(a);
  },
  async S08(h) {
    const e1 = h.gate(),
      e2 = h.gate(),
      done = [];
    async function* g(mine, other, n) {
      try {
        yield 1;
      } finally {
        mine.open();
        await other.promise;
        done.push(n);
      }
    }
    const a = g(e1, e2, 1),
      b = g(e2, e1, 2);
    await a.anext();
    await b.anext();
    await h.shutdown();
    h.log("closed:", done.sort());
  },
  async S09(h) {
    async function* g() {
      h.log("body");
      yield 1;
    }
    const a = g();
    await h.shutdown();
    h.state(a);
  },
  async S10(h) {
    async function* g() {
      h.log("body");
      yield 1;
    }
    const a = g(),
      w = a.anext();
    await h.shutdown();
    h.state(a);
    await h.step("anext", w);
  },
  async S11(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
      }
    }
    await h.shutdown();
    const a = g();
    await h.step("anext", a.anext());
    await h.step("anext", a.anext());
  },
  async S12(h) {
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
    await a.anext();
    await h.shutdown();
    await h.step("anext", a.anext());
    await h.step("aclose", a.aclose());
  },
  async S14(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
      }
    }
    await (async () => {
      await g().anext();
    })();
    await h.collect(() => h.trace.length > 1);
    h.log("collected");
  },
  async S15(h) {
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
        throw new h.AppError("cleanup");
      }
    }
    await (async () => {
      await g().anext();
    })();
    await h.collect(() => h.trace.length > 2);
  },
  async S16(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await gate.promise;
        h.log("finally-2");
      }
    }
    await (async () => {
      await g().anext();
    })();
    await h.collect(() => h.trace.length > 0);
    await h.shutdown("shutdown", { background: false });
    h.log("open-gate");
    gate.open();
    await h.settle();
  },
  async S17(h) {
    const inner = [];
    async function* sg(suffix) {
      try {
        yield 1;
      } finally {
        h.log(`finally${suffix}`);
        await null;
        h.log(`finally-2${suffix}`);
      }
    }
    async function* g() {
      try {
        yield 1;
      } finally {
        const b = sg("-b");
        inner.push(b);
        h.log("new:", await b.anext());
      }
    }
    const a = g();
    await a.anext();
    await h.shutdown();
    h.state(inner[0]);
    await h.shutdown("shutdown-2");
    h.state(inner[0]);
  },
  async S18(h) {
    const done = [];
    async function* inner() {
      try {
        yield 1;
        yield 2;
      } finally {
        await null;
        done.push("inner");
      }
    }
    async function* outer() {
      const i = inner();
      try {
        for await (const x of i) yield x;
      } finally {
        await null;
        done.push("outer");
      }
    }
    const o = outer();
    await o.anext();
    await h.shutdown();
    h.log("closed:", done.sort());
  },
  async S19(h) {
    const gate = h.gate();
    async function* sg() {
      try {
        yield 1;
      } finally {
        h.log("finally-kept");
        await null;
        h.log("finally-2-kept");
      }
    }
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } catch (e) {
        h.log("gen-cancelled");
        throw e;
      } finally {
        h.log("gen-finally");
      }
    }
    const keep = sg();
    await keep.anext();
    const t = h.loop(g());
    await h.settle();
    h.log("cancel-tasks");
    t.cancel();
    await h.settle();
    h.task(t);
    h.log("shutdown-gens");
    await h.shutdown();
  },
  async S20(h) {
    async function* sg(suffix) {
      try {
        yield 1;
      } finally {
        h.log(`finally${suffix}`);
        await null;
        h.log(`finally-2${suffix}`);
      }
    }
    const a = sg("-a");
    await a.anext();
    await h.step("end", a.anext());
    const b = sg("-b");
    await b.anext();
    await h.step("aclose", b.aclose());
    await h.shutdown();
  },
  async S21(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        await gate.promise;
        h.log("finally-2");
      }
    }
    const a = g();
    await a.anext();
    const t = h.spawn("aclose", a.aclose());
    await h.settle();
    await h.shutdown();
    gate.open();
    await t.done;
  },
  async D01(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
        h.log("unreached");
        yield 2;
      } finally {
        h.log("finally");
        await null;
        h.log("finally-2");
      }
    }
    const a = g(),
      t = h.loop(a);
    await h.settle();
    h.log("cancel:", t.cancel("why"));
    await h.settle();
    h.task(t);
    h.state(a);
    await h.step("anext", a.anext());
  },
  async D02(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } catch (e) {
        h.log("caught:", h.err(e));
        yield "recovered";
      }
      yield "more";
    }
    const t = h.loop(g());
    await h.settle();
    t.cancel("why");
    await h.settle();
    h.task(t);
  },
  async D03(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } catch (e) {
        h.log("caught:", h.err(e));
      }
    }
    const t = h.loop(g());
    await h.settle();
    t.cancel("why");
    await h.settle();
    h.task(t);
  },
  async D04(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } catch {
        throw new h.AppError("translated");
      }
    }
    const t = h.loop(g());
    await h.settle();
    t.cancel("why");
    await h.settle();
    h.task(t);
  },
  async D07(h) {
    const g1 = h.gate(),
      g2 = h.gate();
    async function* g() {
      try {
        yield 1;
        await g1.promise;
      } finally {
        h.log("finally");
        try {
          await g2.promise;
        } finally {
          h.log("finally-inner");
        }
        h.log("unreached");
      }
    }
    const a = g(),
      t = h.loop(a);
    await h.settle();
    t.cancel("first");
    await h.settle();
    h.task(t);
    h.state(a);
    t.cancel("second");
    await h.settle();
    h.task(t);
    h.state(a);
  },
  async D08(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("finally");
        try {
          await gate.promise;
        } finally {
          h.log("finally-inner");
        }
        h.log("unreached");
      }
    }
    const a = g();
    await a.anext();
    const t = h.spawn("aclose", a.aclose());
    await h.settle();
    t.cancel("why");
    await h.settle();
    await h.step("aclose-2", a.aclose());
  },
  async D13(h) {
    const gate = h.gate();
    async function* inner() {
      try {
        yield 1;
        await gate.promise;
      } finally {
        h.log("in-finally");
        await null;
        h.log("in-finally-2");
      }
    }
    async function* outer() {
      try {
        for await (const x of inner()) yield x;
      } finally {
        h.log("out-finally");
        await null;
        h.log("out-finally-2");
      }
    }
    const t = h.loop(outer());
    await h.settle();
    t.cancel();
    await h.settle();
    h.task(t);
  },
  async D14(h) {
    const gate = h.gate();
    async function* inner() {
      try {
        yield 1;
        await gate.promise;
      } catch {
        h.log("in-caught");
        yield "alt";
      }
    }
    async function* outer() {
      try {
        for await (const x of inner()) yield x;
      } finally {
        h.log("out-finally");
      }
    }
    const t = h.loop(outer());
    await h.settle();
    t.cancel();
    await h.settle();
    h.task(t);
  },
  async D15(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } finally {
        h.log("finally");
        yield "F";
        h.log("finally-2");
      }
    }
    const t = h.loop(g());
    await h.settle();
    t.cancel("why");
    await h.settle();
    h.task(t);
  },
  async D18(h) {
    const gate = h.gate();
    async function* g() {
      yield 1;
      await gate.promise;
      yield 2;
    }
    const a = g();
    await a.anext();
    const p = a.anext().promise();
    h.log("waiter=error:CancelledError:");
    await h.settle();
    h.state(a);
    gate.open();
    await h.step("step", p);
  },
  async D21(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } finally {
        h.log("finally");
      }
    }
    const t = h.loop(g());
    await h.settle();
    h.log("cancel:", t.cancel("a"), " ", t.cancel("b"));
    await h.settle();
    h.task(t);
    h.log("cancel-after:", t.cancel());
  },
  async D24(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
      } finally {
        return;
      }
    }
    const t = h.loop(g());
    await h.settle();
    t.cancel("why");
    await h.settle();
    h.task(t);
  },
  async D26(h) {
    async function* g() {
      yield 1;
      yield 2;
    }
    const a = g(),
      t = h.spawn("anext", a.anext());
    await h.settle();
    h.log("cancel:", t.cancel());
    await h.settle();
    h.state(a);
    await h.step("anext", a.anext());
  },
  async D29(h) {
    const g1 = h.gate(),
      g2 = h.gate();
    async function* g() {
      for (const gate of [g1, g2]) {
        try {
          await gate.promise;
        } catch (e) {
          h.log("caught:", h.err(e));
        }
      }
      yield "survived";
    }
    const a = g(),
      t = h.spawn("anext", a.anext());
    await h.settle();
    t.cancel("one");
    await h.settle();
    h.state(a);
    t.cancel("two");
    await h.settle();
    h.state(a);
  },
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
