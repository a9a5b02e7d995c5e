// Two copies of the runtime in one program, as a library has that was bundled with its own. Prints a line for each way to reach a generator.

const { cpSync, mkdtempSync, rmSync } = require("node:fs");
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const built = join(__dirname, "../../dist/cjs");
const folder = mkdtempSync(join(tmpdir(), "aclose-copies-"));
cpSync(built, folder, { recursive: true });
const load = (place) => ({
  ...require(join(place, "runtime/index.js")),
  ...require(join(place, "runtime/runtime.js")),
  ...require(join(place, "runtime/testing.js")),
});
// The first that is loaded is what a bundle has of the runtime: nothing of its public functions.
require(join(folder, "runtime/runtime.js"));
const copies = [load(built), load(folder)];

/** By hand: `async function* f() { try { await new Promise(() => {}); } finally { log.push("finally"); } }`. */
function make({ define, abrupt }, log) {
  const step = ($) => {
    if ($.mode) {
      log.push("finally");
      return abrupt($);
    }
    $.op = 1; // await
    return new Promise(() => {});
  };
  return define(step, (definition) => ({ f: () => definition.create() }).f)();
}

/** What is set, begun or asked with one copy, for a generator of another. */
async function shareState(own, other) {
  const log = [];
  const begin = () => {
    const generator = make(own, log);
    generator.next().catch((error) => log.push(error.name));
    return generator;
  };
  const close = (generator) => other.aclose(generator, { interrupt: true });

  const { firstIter } = other.getAsyncGeneratorHooks();
  other.setAsyncGeneratorHooks({ firstIter: () => log.push("first") });
  await close(begin());
  other.setAsyncGeneratorHooks({ firstIter });
  log.push(own.getAsyncGeneratorHooks() === other.getAsyncGeneratorHooks());

  const outer = new other.AsyncGeneratorScope();
  await outer.run(() => void new own.AsyncGeneratorScope({ interrupt: true }).run(begin));
  await outer.close();

  const controller = new AbortController();
  other.bindSignal(begin(), controller.signal);
  controller.abort();
  await new Promise(setImmediate);
  log.push(other.cancel(begin()));
  await new Promise(setImmediate);

  const check = new other.LeakCheck();
  check.begin();
  const generator = begin();
  log.push((await check.end())?.includes("f: awaits a promise"), other.openAsyncGenerators().length);
  log.push(other.inspectAsyncGenerator(generator).waitingRequests);
  await close(generator);

  other.configureAsyncGenerators({ captureCreationStack: true, onError: ({ exception }) => log.push(exception) });
  const remembered = make(own, log);
  own.configureAsyncGenerators({ captureCreationStack: false });
  const forgotten = make(own, log);
  for (const each of [remembered, forgotten]) log.push(typeof other.inspectAsyncGenerator(each).creationStack);
  own.addFinalizer(remembered, () => Promise.reject("finalizer"));
  await remembered.return();
  await new Promise(setImmediate);
  other.configureAsyncGenerators({ onError: undefined });
  return log;
}

/** A program whose modules are loaded anew again and again, as tests do. Returns how many copies stay. */
async function reload(times) {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  const loaded = [];
  for (let i = 0; i < times; i++) {
    for (const path of Object.keys(require.cache)) if (path.startsWith(folder)) delete require.cache[path];
    const copy = load(folder);
    loaded.push(new WeakRef(copy.define));
    const scope = new copy.AsyncGeneratorScope({ interrupt: true });
    scope.run(() => void make(copy, []).next());
    await scope.close();
  }
  // Node itself keeps a module that was loaded by another one.
  module.children.length = 0;
  for (let i = 0; i < 10; i++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    gc();
  }
  return loaded.filter((each) => each.deref()).length;
}

async function main() {
  for (const own of copies)
    for (const other of copies) console.log("shared", JSON.stringify(await shareState(own, other)));
  for (const [index, own] of copies.entries())
    for (const other of copies) {
      const log = [];
      const method = make(own, log);
      void method.next();
      log.push(await method.aclose({ interrupt: true }));
      const argument = make(own, log);
      const asked = other.anext(argument);
      asked.then(undefined, (error) => log.push(error.name));
      log.push(asked.cancel("enough"));
      await new Promise(setImmediate);
      const closed = make(own, log);
      void closed.next();
      log.push(await other.aclose(closed, { interrupt: true }));
      console.log(index, JSON.stringify(log));
    }
  for (const { shutdownAsyncGenerators, resetAsyncGeneratorShutdown } of copies) {
    const log = [];
    for (const each of copies) void make(each, log).next();
    const { closed, failures } = await shutdownAsyncGenerators({ interrupt: true });
    const warnings = [];
    for (const { configureAsyncGenerators } of copies)
      configureAsyncGenerators({ onWarning: ({ message }) => warnings.push(message) });
    for (const each of copies) void make(each, log).next();
    resetAsyncGeneratorShutdown();
    for (const each of copies) void make(each, log).next();
    console.log("shutdown", closed, failures.length, log.length, warnings.length);
    await shutdownAsyncGenerators({ interrupt: true });
    resetAsyncGeneratorShutdown();
  }
  const native = (async function* () {
    yield 1;
  })();
  for (const { anext, aclose } of copies) console.log(await anext(native, "end"), await aclose(native));
  const errors = copies.map(({ CancelledError }) => new CancelledError("enough"));
  for (const { CancelledError, GeneratorExit, isCancelled } of copies) {
    class Own extends CancelledError {}
    const isOf = (Class) => [...errors, new Own(), new Error(), null].map((error) => error instanceof Class);
    console.log(...errors.map(isCancelled), ...[CancelledError, Own, GeneratorExit].map((Class) => isOf(Class).join()));
  }
  console.log("reloaded", (await reload(20)) < 5);
  rmSync(folder, { recursive: true });
  const atEnd = [];
  for (const each of copies) void make(each, atEnd).next();
  process.once("exit", () => console.log("end", process.listenerCount("beforeExit"), atEnd.length));
}

main();
