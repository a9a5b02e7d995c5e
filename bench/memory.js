/** Prints the bytes that one suspended generator keeps alive: at a yield, and at a pending await. Needs --expose-gc. */

const [atYield, atAwait] = process.argv.slice(2);
const COUNT = 50_000;
const forever = new Promise(() => {});

const live = () => {
  gc();
  gc();
  return process.memoryUsage().heapUsed;
};

async function bytesOf(make, begin) {
  const kept = new Array(COUNT).fill(null);
  for (let i = 0; i < 1_000; i++) kept[i] = make();
  kept.fill(null);
  // A turn, so that nothing waits in a queue of the runtime.
  const turn = () => new Promise((resolve) => setTimeout(resolve, 20));
  await turn();
  const before = live();
  for (let i = 0; i < COUNT; i++) await begin((kept[i] = make()));
  await turn();
  const bytes = Math.round((live() - before) / COUNT);
  // Read after the measurement: an array that nobody reads any more is collected with all that it holds.
  return kept.includes(null) ? Number.NaN : bytes;
}

const { count } = await import(atYield);
const { waiting } = await import(atAwait);
const suspendedAtYield = await bytesOf(
  () => count(10),
  (generator) => generator.next(),
);
const suspendedAtAwait = await bytesOf(
  () => waiting(forever),
  (generator) => void generator.next(),
);
// Without the end of the loop, at which the runtime would close them all.
process.stdout.write(JSON.stringify({ suspendedAtYield, suspendedAtAwait }), () => process.exit());
