// Generators that read synchronous iterables, and such iterables.
exports.readers = (log) => ({
  async *loop(source) {
    try {
      for await (const item of source) {
        log(`item ${String(item)}`);
        yield item;
      }
    } catch (error) {
      log(`caught ${error.message}`);
    } finally {
      log("finally");
    }
  },
  async *delegation(source) {
    try {
      log(`result ${String(yield* source)}`);
    } catch (error) {
      log(`caught ${error.message}`);
    }
  },
});

exports.sources = (log) => {
  class Subclass extends Promise {}
  const results = (...all) => ({
    [Symbol.iterator]: () => ({
      next(...args) {
        log(`next with ${args.length}`);
        const result = all.shift();
        if (typeof result === "function") return result();
        return result;
      },
    }),
  });
  const value = (value) => ({ value, done: false });
  const fails = () => {
    throw new Error("fails");
  };
  const end = { value: Promise.resolve("the end"), done: true };
  return {
    "an array of numbers": [1, 2, 3],
    "an array of promises": [1, Promise.resolve(2), Promise.resolve(3), 4],
    "a sync generator": (function* () {
      yield 1;
      yield Promise.resolve(2);
      return 3;
    })(),
    "an end with a promise": results(value(1), end),
    thenables: [{ toString: () => "no thenable" }, { then: (resolve) => resolve("from then") }, { then: 1 }],
    "a promise of a subclass": results(value(Subclass.resolve(1)), value(new Subclass((resolve) => resolve(2))), end),
    "what only inherits from a promise": results(
      value(Object.create(Promise.prototype, { toString: { value: () => "heir" } })),
      end,
    ),
    "a next that throws": results(value(1), fails),
    "a result that is no object": results(value(1), () => 7),
    "a value that throws": results(
      {
        get value() {
          return fails();
        },
        done: false,
      },
      end,
    ),
    "a done that throws": results(
      {
        value: 1,
        get done() {
          return fails();
        },
      },
      end,
    ),
    "a then that throws": results(
      value({
        get then() {
          return fails();
        },
      }),
      end,
    ),
    "a constructor that throws": results(
      value(Object.defineProperty(Promise.resolve(1), "constructor", { get: fails })),
      end,
    ),
    "a promise that is rejected": results(value(Promise.reject(new Error("rejected"))), end),
    "an end that is rejected": results({ value: Promise.reject(new Error("rejected")), done: true }),
  };
};

exports.counts = {
  async *loop(source, wanted) {
    let count = 0;
    for await (const _ of source) if (++count >= wanted()) break;
    yield count;
  },
  async *batches(batch, count) {
    for (let i = 0; i < count; i++) yield* batch;
  },
  async *outer(batch, count) {
    yield* exports.counts.batches(batch, count);
  },
  async sum(source) {
    let sum = 0;
    for await (const item of source) sum += item;
    return sum;
  },
};
