// Generators with awkward cleanup: nested, slow, failing, yielding, stacked, early.
exports.programs = ({ tick, connect }) => ({
  async *transaction(resources) {
    await using connection = await connect(resources, "connection");
    const transaction = resources.open("transaction");
    try {
      for (let n = 0; n < 2; n++) yield await tick(`${connection.name} insert ${n}`);
      await tick("commit");
    } catch (error) {
      await tick("rollback");
      throw error;
    } finally {
      transaction.close();
    }
  },

  async *lockAroundEachItem(resources) {
    for (let n = 0; n < 3; n++) {
      const lock = await connect(resources, "lock");
      let item;
      try {
        item = await tick(n);
      } finally {
        lock.close();
      }
      yield item;
    }
  },

  async *temporaryFiles(resources) {
    const files = [];
    try {
      for (let n = 0; n < 3; n++) {
        files.push(resources.open(`temporary ${n}`));
        yield n;
      }
    } finally {
      const errors = [];
      for (const file of files.reverse()) {
        try {
          file.close();
        } catch (error) {
          errors.push(error);
        }
      }
      await tick();
      if (errors.length > 0) throw new AggregateError(errors);
    }
  },

  async *slowCleanup(resources) {
    const slow = resources.open("slow");
    try {
      yield 1;
      yield 2;
    } finally {
      try {
        for (let n = 0; n < 4; n++) await tick();
      } finally {
        slow.close();
      }
    }
  },

  async *yieldsInCatch(resources) {
    const log = resources.open("log");
    try {
      yield 1;
      throw new Error("broken");
    } catch (error) {
      yield error.message;
      await tick();
      yield "recovered";
    } finally {
      log.close();
    }
  },

  async *returnsFromTheMiddle(resources) {
    const one = resources.open("one");
    try {
      for (let n = 0; ; n++) {
        const two = resources.open("two");
        try {
          if (n === 2) return await tick("enough");
          yield n;
        } finally {
          two.close();
        }
      }
    } finally {
      one.close();
    }
  },

  async *cleanupThatFails(resources) {
    const handle = resources.open("handle");
    try {
      yield 1;
    } finally {
      handle.close();
      await tick();
      throw new Error("cleanup failed");
    }
  },

  async *bodyThatFails(resources) {
    await using a = resources.open("a");
    await using b = resources.open("b");
    yield [a.name, b.name];
    await tick();
    throw new Error("body failed");
  },

  async *manyResourcesAtOnce(resources) {
    await using a = resources.open("a");
    using b = resources.open("b");
    await using c = resources.open("c");
    using d = resources.open("d");
    yield [a, b, c, d].map(({ name }) => name);
    yield await tick("more");
  },

  async *resourceInALoopHead(resources) {
    function* opened() {
      yield resources.open("x");
      yield resources.open("y");
    }
    for (await using each of opened()) {
      await tick();
      yield each.name;
    }
  },

  async *resourcesThatDependOnEachOther(resources) {
    await using pool = await connect(resources, "pool");
    {
      await using client = await connect(resources, "client");
      yield client.name;
      {
        using statement = resources.open("statement");
        yield statement.name;
      }
      yield await tick(client.isOpen && pool.isOpen);
    }
    yield pool.isOpen;
  },

  async *disposableStack(resources) {
    const opened = [];
    const defer = {
      async [Symbol.asyncDispose]() {
        let failure;
        for (const each of opened.reverse()) {
          try {
            await each[Symbol.asyncDispose]();
          } catch (error) {
            failure ??= error;
          }
        }
        if (failure) throw failure;
      },
    };
    await using stack = defer;
    for (let n = 0; n < 3; n++) {
      opened.push(resources.open(`stacked ${n}`));
      yield typeof stack;
    }
  },

  async *conditionalResource(resources) {
    for (const verbose of [false, true]) {
      using trace = verbose ? resources.open("trace") : null;
      yield await tick(trace?.name ?? "quiet");
    }
  },

  async *switchesResources(resources) {
    let current = resources.open("generation 0");
    try {
      for (let n = 1; n <= 3; n++) {
        yield current.name;
        const old = current;
        current = resources.open(`generation ${n}`);
        old.close();
      }
    } finally {
      current.close();
    }
  },

  async *finallyInsideFinally(resources) {
    const a = resources.open("a");
    try {
      yield 1;
    } finally {
      const b = resources.open("b");
      try {
        await tick();
      } finally {
        try {
          b.close();
        } finally {
          a.close();
          await tick();
        }
      }
    }
  },

  async *breaksOutOfFinally(resources) {
    for (;;) {
      const handle = resources.open("handle");
      try {
        yield 1;
        await tick();
      } finally {
        handle.close();
        break;
      }
    }
    yield "after the loop";
  },

  async *sendAndReceive(resources) {
    using session = resources.open("session");
    let answer = yield "ready";
    for (let n = 0; n < 2; n++) answer = yield await tick(`${session.name} got ${answer}`);
  },

  async *stateInClosures(resources) {
    const handles = new Map();
    const get = (key) => {
      if (!handles.has(key)) handles.set(key, resources.open(key));
      return handles.get(key);
    };
    try {
      for (const key of ["a", "b", "a", "c"]) yield await tick(get(key).name);
    } finally {
      const failures = [];
      for (const handle of handles.values()) {
        try {
          handle.close();
        } catch (failure) {
          failures.push(failure);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures);
    }
  },

  async *parametersWithDefaults(resources, first = resources.constructor.name, [second] = [2]) {
    using handle = resources.open(first);
    yield handle.name;
    yield await tick(second);
  },
});
