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
