// Generators for requirements.test.ts.
exports.programs = ({ log }) => {
  async function* declared() {
    yield 1;
    yield 2;
  }
  class Home {
    async *method() {
      yield 1;
      yield 2;
    }
    static async *fixed() {
      yield 1;
      yield 2;
    }
  }
  const object = {
    async *method() {
      yield 1;
      yield 2;
    },
  };
  return {
    forms: {
      declared,
      expression: async function* () {
        yield 1;
        yield 2;
      },
      method: () => new Home().method(),
      fixed: Home.fixed,
      member: object.method,
    },
    async *logs() {
      log("body");
      try {
        yield 1;
        yield 2;
      } finally {
        log("finally");
        await null;
        log("finally-2");
      }
    },
    async *echoes() {
      let sum = 0;
      const sums = [];
      for (;;) {
        try {
          const sent = yield [sum, ...sums].join();
          sums.push((sum += sent ?? 0));
        } catch (error) {
          log(`caught ${error.message}`);
        }
      }
    },
    async *places(where) {
      try {
        if (where === "try") yield where;
        throw new Error("x");
      } catch {
        if (where === "catch") yield where;
      } finally {
        try {
          if (where === "finally") yield where;
        } finally {
          log(`left ${where}`);
        }
      }
    },
    async *failing(error) {
      try {
        yield 1;
      } finally {
        throw error;
      }
    },
    async *delegates(inner) {
      const result = yield* inner;
      log(`result ${result}`);
    },
    async *inner() {
      try {
        log(`sent ${yield 1}`);
        return "r";
      } finally {
        log("inner finally");
      }
    },
    async *store(storage) {
      try {
        yield 1;
      } finally {
        log(`cleanup in ${storage.getStore()}`);
      }
    },
  };
};
