/**
 * A process that takes samples on demand. It is plain JavaScript, so that any engine runs it as it is; and there are
 * several, taking turns, because the runtime of aclose wraps the methods of `%AsyncGeneratorPrototype%`, which native
 * generators would pay for in a shared process.
 */

const loaded = new Map();

/** The function to measure. Each variant has its own copy of a native consumer, with type feedback of its own. */
async function load({ key, generators, consumer }) {
  if (!loaded.has(key)) {
    const namespace = await import(generators);
    const { run } = consumer === generators ? namespace : await import(`${consumer}?${key}`);
    loaded.set(key, (n) => run(namespace, n));
  }
  return loaded.get(key);
}

process.on("message", async (request) => {
  try {
    const run = await load(request);
    const start = process.hrtime.bigint();
    const result = await run(request.n);
    const time = Number(process.hrtime.bigint() - start);
    process.send({ time, result });
  } catch (error) {
    process.send({ error: error?.stack ?? String(error) });
  }
});
