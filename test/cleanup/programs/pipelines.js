// Generators that read from generators: what they read must be closed with them.
exports.programs = ({ tick, connect, native }) => {
  // Some programs call next() by hand: only return() can tell it then that nobody waits any longer.
  async function* numbers(resources, count, name) {
    "use aclose interrupt";
    const source = resources.open(name ?? "numbers");
    try {
      for (let n = 0; n < (count ?? 4); n++) {
        await tick();
        yield n;
      }
    } finally {
      source.close();
    }
  }

  async function* map(source, fn) {
    for await (const item of source) yield fn(item);
  }

  async function* take(source, count) {
    if (count <= 0) return;
    for await (const item of source) {
      yield item;
      if (--count <= 0) return;
    }
  }

  async function* batch(source, size) {
    let items = [];
    for await (const item of source) {
      items.push(item);
      if (items.length < size) continue;
      yield items;
      items = [];
    }
    if (items.length > 0) yield items;
  }

  return {
    mapped: (resources) => map(numbers(resources), (n) => n * 2),
    mappedByPromises: (resources) => map(numbers(resources), (n) => tick(n * 2)),
    taken: (resources) => take(numbers(resources), 2),
    batched: (resources) => batch(numbers(resources, 5), 2),
    longChain: (resources) =>
      take(
        map(batch(numbers(resources, 6), 2), ([a, b]) => a + b),
        2,
      ),

    async *filtered(resources) {
      for await (const n of numbers(resources)) if (await tick(n % 2 === 0)) yield n;
    },

    async *concatenated(resources) {
      yield* numbers(resources, 2, "first");
      yield* numbers(resources, 2, "second");
    },

    async *flattened(resources) {
      for await (const n of numbers(resources, 3, "outer")) yield* numbers(resources, n, `inner ${n}`);
    },

    async *zipped(resources) {
      await using left = numbers(resources, 3, "left");
      await using right = numbers(resources, 2, "right");
      for (;;) {
        const [a, b] = [await left.next(), await right.next()];
        if (a.done || b.done) return;
        yield [a.value, b.value];
      }
    },

    async *merged(resources) {
      const sources = [numbers(resources, 2, "a"), numbers(resources, 2, "b")];
      try {
        const pending = new Map(sources.map((source, i) => [i, source.next().then((result) => ({ i, result }))]));
        while (pending.size > 0) {
          const { i, result } = await Promise.race(pending.values());
          if (result.done) pending.delete(i);
          else {
            pending.set(
              i,
              sources[i].next().then((next) => ({ i, result: next })),
            );
            yield result.value;
          }
        }
      } finally {
        await Promise.allSettled(sources.map((source) => source.return()));
      }
    },

    async *prefetching(resources) {
      const source = numbers(resources, 3);
      let ahead = source.next();
      try {
        for (;;) {
          const { value, done } = await ahead;
          if (done) return;
          ahead = source.next();
          yield value;
        }
      } finally {
        await source.return();
      }
    },

    async *enumerated(resources) {
      let index = 0;
      for await (const item of numbers(resources, 3)) yield [index++, item];
    },

    async *distinct(resources) {
      const seen = new Set();
      for await (const n of numbers(resources, 5)) {
        const key = n % 2;
        if (seen.has(key)) continue;
        seen.add(key);
        yield n;
      }
    },

    async *skipsErrors(resources) {
      async function* fragile() {
        using part = resources.open("part");
        for (let n = 0; ; n++) {
          await tick();
          if (n === 1) throw new Error(`bad ${part.name}`);
          yield n;
        }
      }
      for (let round = 0; round < 2; round++) {
        try {
          yield* fragile();
        } catch (error) {
          yield `skipped: ${error.message}`;
        }
      }
    },

    async *nestedLoopsWithLabels(resources) {
      outer: for await (const a of numbers(resources, 3, "rows")) {
        for await (const b of numbers(resources, 3, "columns")) {
          if (b === 2) continue outer;
          if (a === 1) break outer;
          yield [a, b];
        }
      }
      yield "end";
    },

    async *overNativeGenerators(resources) {
      const sink = resources.open("sink");
      try {
        for await (const item of native([1, 2, 3])) yield item;
      } finally {
        sink.close();
      }
    },

    async *delegatesToNative(resources) {
      const sink = resources.open("sink");
      try {
        yield* native([1, 2, 3]);
      } finally {
        sink.close();
        await tick();
      }
    },

    async *overSynchronousIterables(resources) {
      function* lines() {
        const file = resources.open("synchronous file");
        try {
          yield tick("first");
          yield "second";
        } finally {
          file.close();
        }
      }
      for await (const line of lines()) yield line;
    },

    async *throughAConnection(resources) {
      await using connection = await connect(resources, "connection");
      for await (const n of take(numbers(resources, 9, connection.name), 3)) {
        using span = resources.open(`span ${n}`);
        yield span.name;
      }
    },
  };
};
