/** One cold sample: loads a file in this new process, then times its first items. Prints both times in nanoseconds. */

const [file, consumer, n] = process.argv.slice(2);
const begin = process.hrtime.bigint();
const generators = await import(file);
const loaded = process.hrtime.bigint();
const { run } = consumer === file ? generators : await import(`${consumer}?consumer`);
const start = process.hrtime.bigint();
const result = await run(generators, Number(n));
const end = process.hrtime.bigint();
process.stdout.write(JSON.stringify({ load: Number(loaded - begin), time: Number(end - start), result }));
