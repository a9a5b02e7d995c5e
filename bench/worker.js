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
