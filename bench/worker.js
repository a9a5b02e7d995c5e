/**
 * A process that takes samples of one variant on demand. It is plain JavaScript, so that any engine runs it as it is. Variants
 * take turns in processes of their own: in a shared one each would run with the type feedback of the others, and native generators
 * would pay for the methods of `%AsyncGeneratorPrototype%` that the runtime of aclose wraps.
 */

const loaded = new Map();

/** The function to measure. */
async function load({ key, generators, consumer }) {
  if (!loaded.has(key)) {
    const namespace = await import(generators);
    const { run } = consumer === generators ? namespace : await import(`${consumer}?${key}`);
    loaded.set(key, (n) => run(namespace, n));
  }
  return loaded.get(key);
}

/** Runs that take less are repeated: a turn must be long enough for caches and the optimizing compiler. */
const LEAST = 10e6;

/** The time of one run, in nanoseconds, and its result. */
async function sample(run, n) {
  const start = process.hrtime.bigint();
  for (let runs = 1; ; runs++) {
    const result = await run(n);
    const time = Number(process.hrtime.bigint() - start);
    if (time >= LEAST) return { time: time / runs, result };
  }
}

process.on("message", async (request) => {
  try {
    process.send(await sample(await load(request), request.n));
  } catch (error) {
    process.send({ error: error?.stack ?? String(error) });
  }
});
