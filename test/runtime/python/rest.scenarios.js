// CPython's scenarios by id: what needs a context, a task that is cancelled from outside, or a debug build.
exports.scenarios = {
  async L14(h) {
    h.api.configureAsyncGenerators({ warnNeverAwaited: true });
    try {
      async function* g() {
        yield 1;
        yield 2;
      }
      const a = g();
      (() => void a.anext())();
      await h.collect(() => h.trace.length === 1);
      h.state(a);
      await a.anext();
      (() => void a.aclose())();
      await h.collect(() => h.trace.length === 3);
      h.state(a);
      await h.step("anext", a.anext());
    } finally {
      h.api.configureAsyncGenerators({ warnNeverAwaited: false });
    }
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
  async X01(h) {
    const cv = h.contextVariable();
    async function* g() {
      h.log("body:", cv.getStore());
      yield 1;
      h.log("body:", cv.getStore());
      yield 2;
      h.log("body:", cv.getStore());
      yield 3;
    }
    const a = cv.run("creation", g);
    await cv.run("first", async () => await a.anext());
    await cv.run("second", async () => await a.anext());
    await cv.run("other-task", async () => await a.anext());
  },
  async X02(h) {
    const cv = h.contextVariable();
    async function* g() {
      cv.getStore().value = "from-gen";
      yield 1;
      h.log("body:", cv.getStore().value);
      yield 2;
    }
    await cv.run({ value: "main" }, async () => {
      const a = g();
      await a.anext();
      h.log("main:", cv.getStore().value);
      cv.getStore().value = "main-2";
      await a.anext();
    });
  },
  async X03(h) {
    const cv = h.contextVariable();
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("cleanup:", cv.getStore());
      }
    }
    const a = g();
    await cv.run("main", async () => await a.anext());
    await cv.run("at-close", async () => await a.aclose());
  },
  async X04(h) {
    const cv = h.contextVariable();
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("cleanup:", cv.getStore().name);
        cv.getStore().name = "cleanup-set";
      }
    }
    await cv.run({ name: "main" }, async () => {
      const a = g();
      await a.anext();
      await cv.run({ name: "other-task" }, async () => {
        await a.aclose();
        h.log("other:", cv.getStore().name);
      });
      h.log("main:", cv.getStore().name);
    });
  },
  async X06(h) {
    const cv = h.contextVariable();
    async function* g() {
      try {
        yield 1;
      } finally {
        h.log("cleanup:", cv.getStore());
        cv.enterWith("cleanup-set");
      }
    }
    const a = g();
    await cv.run("main", async () => await a.anext());
    await cv.run("at-shutdown", async () => {
      await h.shutdown();
      h.log("main:", cv.getStore());
    });
  },
  async D06(h) {
    const gate = h.cancellable();
    async function* g() {
      try {
        yield 1;
        yield 2;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    const task = h.work(() =>
      h.each(a, async (x) => {
        h.log("item:", x);
        await gate.promise;
      }),
    );
    await h.settle();
    gate.cancel();
    await h.settle();
    h.task(task);
    h.state(a);
    await h.step("anext", a.anext());
    h.log = () => {};
  },
  async D12(h) {
    async function* g() {
      try {
        h.log("body");
        yield 1;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    const step = a.anext();
    step.cancel();
    const task = h.work(async () => await step);
    await h.settle();
    h.task(task);
    h.state(a);
    await h.step("anext", a.anext());
    h.log = () => {};
  },
  async D22(h) {
    const gate = h.gate();
    async function* g() {
      try {
        yield 1;
        await gate.promise;
        yield 2;
      } finally {
        h.log("finally");
      }
    }
    const a = g();
    await a.anext();
    const step = a.anext();
    const timer = setTimeout(() => step.cancel(), 1);
    try {
      await step;
    } catch (e) {
      if (e instanceof h.api.CancelledError) h.log("timeout");
    }
    clearTimeout(timer);
    h.state(a);
    await h.step("anext", a.anext());
  },
};
