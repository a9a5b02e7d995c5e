exports.down = async function* down(n, log) {
  try {
    if (n > 0) return yield* down(n - 1, log);
    yield "a";
    yield "b";
    return "end";
  } finally {
    log(n);
  }
};

exports.read = async function* read(n, log) {
  if (n === 0) return yield* exports.down(0, log);
  try {
    for await (const each of read(n - 1, log)) yield each + n;
  } finally {
    log(n);
  }
};

/** `within(i)` runs in the middle of the body. */
exports.source = async function* source(log, within, waits) {
  try {
    for (let i = 0; i < 8; i++) {
      if (waits) await i;
      within?.(i);
      const sent = yield i;
      if (sent !== undefined) log("sent", sent);
    }
    return "result";
  } catch (error) {
    log("caught", error);
    yield "after";
  } finally {
    log("end");
  }
};

exports.through = async function* through(name, inner, log) {
  try {
    log(name, yield* inner);
    yield `${name} goes on`;
  } finally {
    log(`${name} ends`);
  }
};

exports.items = async function* items(n, isObject) {
  for (let i = 0; i < n; i++) yield isObject ? { i } : i;
};

exports.relay = async function* relay(source) {
  for await (const item of source) yield item;
};

exports.count = async function* count(source) {
  let n = 0;
  for await (const _ of source) n++;
  yield n;
};

exports.one = async function* one(item) {
  yield item;
};

/** A tree of generators without items but at its leaves; `within()` runs at each that begins, goes on or ends. */
exports.branches = async function* branches(depth, within, made) {
  const inner = (n) => made(branches(n, within, made));
  within();
  if (depth === 0) return yield "item";
  try {
    yield* inner(depth - 1);
    within();
    if (depth === 2) yield* inner(0);
    return yield* inner(depth - 1);
  } finally {
    within();
  }
};

/** Readers that read until they are told that it is over. */
exports.endless = {
  async generator(source, isOver) {
    const reading = async function* () {
      for await (const _ of source) if (isOver()) return;
    };
    await reading().next();
  },
  async called(source, isOver) {
    for await (const _ of source) if (isOver()) break;
  },
  async awaiting(source, isOver) {
    for await (const _ of source) {
      await 0;
      if (isOver()) break;
    }
  },
};

/** Leaves a loop over what has no `return`: that needs no await. */
exports.leaves = async function* leaves() {
  const unclosable = { [Symbol.asyncIterator]: () => ({ next: async () => ({ value: "item", done: false }) }) };
  for await (const item of unclosable) {
    yield item;
    break;
  }
};
