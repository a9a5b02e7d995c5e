/** Scenarios that need the compiler's `debug` option. */
exports.scenarios = {
  async I03(h) {
    async function* each(lst, a) {
      const b = [1, 2, 3];
      for (const v of lst) {
        if (v === 3) {
          const c = 12;
          yield v;
        } else yield v;
      }
    }
    const show = (generator) => {
      const locals = Object.entries(h.api.getAsyncGeneratorLocals(generator)).sort(([x], [y]) => (x < y ? -1 : 1));
      const text = (value) => (Array.isArray(value) ? `[${value}]` : value === undefined ? "none" : String(value));
      h.log(`locals:${locals.map(([name, value]) => `${name}=${text(value)}`).join(",")}`);
    };
    const g = each([1, 3]);
    show(g);
    await h.step("n", g.anext());
    show(g);
    await h.step("n", g.anext());
    show(g);
    await h.step("n", g.anext());
    show(g);
  },
};
