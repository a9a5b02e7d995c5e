// Generators that read from something which must be closed: files, cursors, sockets, feeds.
exports.programs = ({ tick, connect, events, native }) => ({
  async *linesOfAFile(resources) {
    const file = resources.open("file");
    try {
      let rest = "";
      for (const chunk of ["a\nb", "c\nd\n", "e"]) {
        await tick();
        const lines = (rest + chunk).split("\n");
        rest = lines.pop();
        yield* lines;
      }
      if (rest) yield rest;
    } finally {
      file.close();
    }
  },

  async *databaseCursor(resources) {
    await using connection = await connect(resources, "connection");
    await using cursor = resources.open("cursor");
    for (let batch = 0; batch < 3; batch++) {
      const rows = await tick([batch * 2, batch * 2 + 1]);
      for (const row of rows) yield { row, via: connection.name, of: cursor.name };
    }
  },

  async *pagesOfAnApi(resources) {
    let cursor = 0;
    do {
      await using response = await connect(resources, `response ${cursor}`);
      const page = await tick({ items: [cursor, cursor + 1], next: cursor < 2 ? cursor + 1 : undefined });
      for (const item of page.items) yield `${response.name}: ${item}`;
      cursor = page.next;
    } while (cursor !== undefined);
  },

  async *webSocketMessages(resources) {
    const socket = resources.open("socket");
    const inbox = events(["hello", "world", "bye"]);
    try {
      for (;;) {
        const message = await inbox.take();
        if (message === undefined) return "closed by the peer";
        yield message;
      }
    } finally {
      try {
        await tick();
      } finally {
        socket.close();
      }
    }
  },

  async *serverSentEvents(resources) {
    const body = resources.open("response body");
    try {
      let event = { data: [] };
      for await (const line of native(["data: 1", "data: 2", "", "data: 3", ""])) {
        if (line === "") {
          yield event.data.join("\n");
          event = { data: [] };
        } else event.data.push(line.slice(6));
      }
    } finally {
      body.close();
    }
  },

  async *tokensOfALanguageModel(resources) {
    const request = resources.open("request");
    let text = "";
    try {
      for await (const token of native(["Once", " upon", " a time"])) {
        text += token;
        yield { token, text };
      }
      yield { text, finished: true };
    } catch (error) {
      yield { text, failed: String(error) };
    } finally {
      request.close();
    }
  },

  async *directoryTree(resources) {
    async function* walk(tree) {
      const handle = resources.open("directory");
      try {
        for (const [name, entry] of Object.entries(tree)) {
          await tick();
          if (typeof entry === "object") yield* walk(entry);
          else yield name;
        }
      } finally {
        try {
          await tick();
        } finally {
          handle.close();
        }
      }
    }
    yield* walk({ a: 1, b: { c: 2, d: { e: 3 } }, f: 4 });
  },

  async *changesOfAFile(resources) {
    using watcher = resources.open("watcher");
    const changes = events(["rename", "change"]);
    for (let change = await changes.take(); change !== undefined; change = await changes.take()) {
      yield `${watcher.name}: ${change}`;
    }
  },

  async *pollUntilReady(resources) {
    for (let attempt = 0; attempt < 3; attempt++) {
      const probe = resources.open(`probe ${attempt}`);
      try {
        await tick();
        yield { attempt, ready: attempt === 2 };
      } finally {
        probe.close();
      }
    }
  },

  async *retriesWithBackoff(resources) {
    for (let attempt = 0; ; attempt++) {
      try {
        await using connection = await connect(resources, `attempt ${attempt}`);
        yield `connected: ${connection.name}`;
        if (attempt < 2) throw new Error("connection reset");
        return;
      } catch (error) {
        if (attempt >= 2) throw error;
        await tick(error.stack);
      }
    }
  },

  async *subscriptionWithUnsubscribe(resources) {
    const queue = events([1, 2]);
    const subscription = resources.open("subscription");
    const heartbeat = resources.open("heartbeat timer");
    try {
      try {
        for (;;) {
          const item = await queue.take();
          if (item === undefined) break;
          yield item;
        }
      } finally {
        heartbeat.close();
      }
    } finally {
      subscription.close();
      await tick();
    }
  },

  async *childProcessOutput(resources) {
    const child = resources.open("child");
    try {
      const output = resources.open("pipe");
      try {
        for (const chunk of ["out 1", "out 2"]) {
          await tick();
          yield chunk;
        }
        yield { exit: await tick(0) };
      } finally {
        output.close();
      }
    } finally {
      child.close();
    }
  },

  async *firstReplicaThatAnswers(resources) {
    const errors = [];
    for (const host of ["one", "two", "three"]) {
      try {
        await using connection = await connect(resources, host);
        if (host === "one") throw new Error("down");
        yield await tick(`${connection.name} answers`);
        return;
      } catch (error) {
        errors.push(error);
      }
    }
    throw new AggregateError(errors);
  },

  async *binaryChunks(resources) {
    const buffer = resources.open("buffer");
    try {
      const total = 5;
      for (let offset = 0; offset < total; ) {
        const read = await tick(Math.min(2, total - offset));
        yield new Uint8Array(read).fill(offset);
        offset += read;
      }
    } finally {
      buffer.close();
    }
  },

  async *messagesWithAcknowledgement(resources) {
    await using channel = resources.open("channel");
    for (const message of ["m1", "m2"]) {
      const lease = resources.open(`lease of ${message}`);
      try {
        yield message;
        await tick(`ack ${channel.name}`);
      } finally {
        lease.close();
      }
    }
  },

  async *clockTicks(resources) {
    using timer = resources.open("interval");
    for (let n = 0; n < 4; n++) {
      await tick();
      yield `${timer.name} ${n}`;
    }
  },

  async *readerWithTimeoutPerItem(resources) {
    const source = resources.open("source");
    try {
      for (let i = 0; i < 3; i++) yield await Promise.race([tick(i), new Promise(() => {})]);
    } finally {
      source.close();
    }
  },

  async *fallsBackToTheCache(resources) {
    try {
      await using upstream = await connect(resources, "upstream");
      yield upstream.name;
      throw new Error("upstream broke");
    } catch (error) {
      await tick(error.stack);
      using cache = resources.open("cache");
      yield `from ${cache.name}`;
    }
  },
});
