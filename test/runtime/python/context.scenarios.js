// CPython's scenarios by id: context (X).
exports.scenarios = {
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
};
