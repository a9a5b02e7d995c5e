// Generators for the tests beside it. `world` offers `log`, `gate` and the public API.
exports.programs = (world) => {
  const { log, gate } = world;
  return {
    async *simple() {
      try {
        yield 1;
        yield 2;
      } finally {
        log("finally");
      }
    },
    async *yieldsThenable(beforeYield) {
      beforeYield();
      yield {
        get then() {
          log("then");
          return (resolve) => resolve(1);
        },
      };
    },
    async *plain() {
      yield 1;
      yield 2;
    },
    async *holds(box) {
      yield 1;
      yield box;
    },
    async *reachesItself(box) {
      for (let ticks = 3; ticks > 0; ticks--) await new Promise((resolve) => setTimeout(resolve, 1));
      yield box;
      try {
        yield box;
      } finally {
        log("finally");
      }
    },
    async *hangs() {
      try {
        yield 1;
        await gate;
        yield 2;
      } catch (e) {
        log("caught");
        throw e;
      } finally {
        log("finally");
      }
    },
    async *waitsFor(box, promise) {
      await promise;
      try {
        yield box;
      } finally {
        log("finally");
        await new Promise((resolve) => setTimeout(resolve, 5));
        log("closed");
      }
    },
    async *hangsAtOnce() {
      try {
        await gate;
        yield 1;
      } finally {
        log("finally");
      }
    },
    async *hangsInCleanup() {
      try {
        yield 1;
      } finally {
        log("finally");
        try {
          await gate;
        } finally {
          log("inner finally");
        }
      }
    },
    async *hangsTwiceInCleanup() {
      try {
        yield 1;
      } finally {
        log("finally");
        try {
          await gate;
        } finally {
          log("inner finally");
          await gate;
        }
      }
    },
    async *awaits(begin) {
      try {
        yield await begin();
      } finally {
        log("outer finally");
      }
    },
    async *awaitsFirst() {
      await null;
      try {
        yield 1;
      } finally {
        log("finally");
        await null;
        log("finally-2");
      }
    },
    async *outer(inner) {
      try {
        for await (const x of inner) yield x;
        log("loop over");
      } finally {
        log("outer finally");
      }
    },
    async *delegating(inner) {
      try {
        yield* inner;
        log("delegation over");
      } finally {
        log("outer finally");
      }
    },
    async *failing(error) {
      try {
        yield 1;
      } finally {
        throw error;
      }
    },
    async *awaitsSelf(self) {
      const own = self().next();
      await own;
      yield 1;
    },
    async *yieldsInFinally() {
      try {
        yield 1;
      } finally {
        yield 2;
      }
    },
    async *store(storage) {
      try {
        yield storage.getStore();
      } finally {
        log(`cleanup in ${storage.getStore()}`);
      }
    },
    async *fetches(signal, fetch) {
      try {
        yield 1;
        await fetch(signal());
      } finally {
        log(`finally, aborted: ${signal().aborted}`);
      }
    },
    async *disposes(resource) {
      await using r = resource;
      try {
        yield 1;
        await gate;
      } finally {
        log("finally");
      }
    },
  };
};
