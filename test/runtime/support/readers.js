/** Four items; one whose bit is set in `waits` comes after an await, as does the end. */
async function* source(waits) {
  for (let i = 0; i <= 4; i++) {
    if (waits & (1 << i)) await null;
    if (i < 4) yield i;
  }
}

/** Reads several items for each that it yields. */
async function* batches(items, size) {
  let batch = [];
  for await (const item of items) {
    if (batch.push(item) < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

Object.assign(exports, { source, batches });

exports.askingItself = async function* askingItself(ask) {
  ask();
  yield 1;
  yield 2;
};

async function* numbers(name, log) {
  try {
    for (let n = 0; ; n++) yield n;
  } finally {
    log.push(name);
  }
}

exports.sum = async function sum(look) {
  for await (const n of numbers("sum", [])) {
    look(n);
    if (n === 2) break;
  }
};

exports.sumAndWait = async function sumAndWait(look) {
  for await (const n of numbers("sum", [])) {
    look(n);
    await null;
    if (n === 2) break;
  }
};

async function* looking(look) {
  for await (const n of numbers("looking", [])) {
    look(n);
    yield n;
    if (n === 2) return;
  }
}

exports.sumOfLooking = async function sumOfLooking(look) {
  for await (const n of looking(look)) if (n < 0) return;
};

exports.lookingAhead = async (look) => {
  const generator = looking(look);
  await generator.next();
  await generator.return();
};

exports.delegating = async (look) => {
  const delegates = async function* () {
    yield* looking(look);
  };
  for await (const n of delegates()) if (n < 0) return;
};

exports.lookingAtTheEnd = (look) => {
  const reads = async function* () {
    for await (const n of source(0)) if (n >= 0) break;
    for await (const _ of []);
    look("end");
  };
  const readsNothing = async function* () {
    for await (const _ of (async function* () {})());
    look("end of nothing");
  };
  return Promise.all([reads().next(), readsNothing().next()]);
};

/** A loop in a loop, neither of which waits: `look` sees both generators at work. */
exports.nested = async function nested(log, look) {
  for await (const n of numbers("outer", log)) {
    for await (const m of numbers("inner", log)) {
      if (m === 1) look();
      if (m === 2) break;
    }
    if (n === 1) break;
  }
};

/** A loop that never waits, for as long as nobody closes its generator. */
exports.endless = async function endless(log, begin) {
  for await (const n of numbers("endless", log)) if (n === 0) begin();
};
