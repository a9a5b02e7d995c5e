// Generators for leaks.test.ts, and seven ways to leave them open. The tests look for the marked lines.
const never = new Promise(() => {});

async function* lines(log) {
  try {
    yield "first";
    yield "second"; // left by hand
  } finally {
    log("lines");
  }
}

async function* poll(log) {
  try {
    yield 1;
    await never; // hangs
  } finally {
    log("poll");
  }
}

async function* inner(log) {
  try {
    yield "inner"; // held by outer
  } finally {
    log("inner");
  }
}

async function* outer(log) {
  for await (const item of inner(log)) {
    yield item; // holds inner
  }
}

const source = {
  async *race(log) {
    try {
      yield await never; // lost the race
    } finally {
      log("race");
    }
  },
};

class Pool {
  members = new Set();
  static async *#member(log) {
    using resource = { [Symbol.dispose]: () => log("member") };
    yield resource; // in a collection
  }
  async open(log) {
    const member = Pool.#member(log);
    await member.next();
    this.members.add(member);
  }
}

const queued = async function* (log) {
  try {
    yield 1;
    yield 2; // served from the queue
    await never;
  } finally {
    log("queued");
  }
};

async function* delegating(log) {
  yield* poll(log); // delegates
}

exports.leave = {
  async byHand(log) {
    const g = lines(log);
    await g.next();
    await g.next();
    return g;
  },
  async hanging(log) {
    const g = poll(log);
    await g.next();
    void g.next();
    return g;
  },
  async nested(log) {
    const g = outer(log);
    await g.next();
    return g;
  },
  async race(log) {
    const g = source.race(log);
    await Promise.race([g.next(), Promise.resolve("quick")]);
    return g;
  },
  async collection(log) {
    const pool = new Pool();
    await pool.open(log);
    return pool;
  },
  async queue(log) {
    const g = queued(log);
    void g.next();
    await g.next();
    return g;
  },
  async delegation(log) {
    const g = delegating(log);
    await g.next();
    void g.next();
    void g.return();
    return g;
  },
};
