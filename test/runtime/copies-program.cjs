// Two copies of the runtime in one program, as a library has that was bundled with its own. Prints a line for each way to reach a generator.

const { cpSync, mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const built = join(__dirname, "../../dist/cjs");
const folder = mkdtempSync(join(tmpdir(), "aclose-copies-"));
cpSync(built, folder, { recursive: true });
const copies = [built, folder].map((place) => ({
  ...require(join(place, "runtime/index.js")),
  ...require(join(place, "runtime/runtime.js")),
}));
rmSync(folder, { recursive: true });

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

async function main() {
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
  const atEnd = [];
  for (const each of copies) void make(each, atEnd).next();
  process.once("exit", () => console.log("end", process.listenerCount("beforeExit"), atEnd.length));
}

main();
