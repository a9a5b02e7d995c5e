/** `for await` and `yield*` of generators over synchronous iterables. */

import { expect } from "chai";
import { compileScript, runScriptNatively } from "./support/compile.js";

const path = "./support/sync-iterables.js";

/** What a program does with a source, and in which microtask turn. */
async function trace(program: any, reader: string, source: string, hasTurns: boolean): Promise<string[]> {
  const said: string[] = [];
  let turn = 0;
  let isOver = false;
  const log = (text: string): void => void said.push(hasTurns ? `${turn} ${text}` : text);
  const { [source]: iterable } = program.sources(log);
  const generator = program.readers(log)[reader](iterable);
  const count = async (): Promise<void> => {
    while (!isOver && turn < 1000) {
      await undefined;
      turn++;
    }
  };
  void count();
  for (let sent = 0; ; sent++) {
    const { value, done } = await generator.next(sent);
    log(`${String(value)} ${done}`);
    if (done) break;
  }
  isOver = true;
  return said;
}

const native = runScriptNatively(path, import.meta.url);
const sources = Object.keys(native.sources(() => {}));

describe("reading synchronous iterables", () => {
  for (const reader of ["loop", "delegation"]) {
    for (const ticks of ["spec", "fused"] as const) {
      it(`is as natively, ${reader}, ${ticks} ticks`, async () => {
        const compiled = compileScript(path, import.meta.url, { ticks });
        const hasTurns = ticks === "spec";
        for (const source of sources)
          expect(await trace(compiled, reader, source, hasTurns), source).to.deep.equal(
            await trace(native, reader, source, hasTurns),
          );
      });
    }
  }

  it("is as natively where the program has replaced the constructor of promises", async () => {
    const compiled = compileScript(path, import.meta.url, { ticks: "spec" });
    const { constructor } = Promise.prototype;
    Promise.prototype.constructor = Object;
    try {
      for (const reader of ["loop", "delegation"])
        for (const source of sources)
          expect(await trace(compiled, reader, source, true), source).to.deep.equal(
            await trace(native, reader, source, true),
          );
    } finally {
      Promise.prototype.constructor = constructor;
    }
  });

  for (const ticks of ["spec", "fused"] as const) {
    it(`lets go of a promise when it is interrupted, closes the iterable once and disposes of nothing, ${ticks} ticks`, async () => {
      for (const reader of ["loop", "delegation"]) {
        const compiled = compileScript(path, import.meta.url, { ticks, close: "interrupt" });
        const log: string[] = [];
        let resolve!: (value: unknown) => void;
        const items = [new Promise((settle) => (resolve = settle))];
        const iterator = {
          next: () => ({ value: items.pop(), done: false }),
          return: () => (log.push("return"), {}),
        };
        const generator = compiled
          .readers((text: string) => log.push(text))
          [reader]({ [Symbol.iterator]: () => iterator });
        const pending = generator.next();
        await undefined;
        expect(await generator.return(1)).to.deep.equal({ value: 1, done: true });
        expect(await pending).to.deep.equal({ value: undefined, done: true });
        resolve({ [Symbol.dispose]: () => log.push("disposed") });
        await new Promise(setImmediate);
        expect(log.filter((each) => each !== "finally")).to.deep.equal(["return"]);
      }
    });
  }

  it("fused, needs no stack, and leaves others a turn", async () => {
    const { counts } = compileScript(path, import.meta.url, { ticks: "fused" });
    const batch = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    expect(await counts.sum(counts.batches(batch, 10_000))).to.equal(100_000);
    expect(await counts.sum(counts.outer(batch, 10_000))).to.equal(100_000);
    let hasRun = false;
    setImmediate(() => (hasRun = true));
    const endless = {
      *[Symbol.iterator]() {
        for (;;) yield 1;
      },
    };
    const { value } = await counts.loop(endless, () => (hasRun ? 0 : Infinity)).next();
    expect(value).to.be.greaterThan(1);
  });
});
