/** Generators that read one another, whose items are there at once or only later, in any mixture. */

import { expect } from "chai";
import { openAsyncGenerators, resetAsyncGeneratorShutdown, shutdownAsyncGenerators } from "../../runtime/index.js";
import { compileScript, runScriptNatively } from "./support/compile.js";

const path = "./support/readers.js";

async function read(program: any, waits: number, size: number, depth: number): Promise<unknown[]> {
  let items = program.source(waits);
  for (let i = 0; i < depth; i++) items = program.batches(items, size);
  const log: unknown[] = [];
  for (let result = await items.next(); !result.done; result = await items.next()) log.push(result.value);
  log.push(await items.next());
  return log;
}

for (const ticks of ["spec", "fused"] as const) {
  it(`readers that take several items for each of theirs, ${ticks} ticks`, async () => {
    const native = runScriptNatively(path, import.meta.url);
    const compiled = compileScript(path, import.meta.url, { ticks });
    for (let waits = 0; waits < 32; waits++) {
      for (const size of [1, 2, 3]) {
        for (const depth of [1, 2, 3]) {
          const expected = await read(native, waits, size, depth);
          const title = `waits ${waits.toString(2)}, ${depth} readers of ${size}`;
          expect(await read(compiled, waits, size, depth), title).to.deep.equal(expected);
        }
      }
    }
  });
}

it("whoever has asked first is answered first, also where a body asks its own generator", async () => {
  for (const ticks of ["spec", "fused"] as const) {
    const { askingItself } = compileScript(path, import.meta.url, { ticks });
    const log: unknown[] = [];
    const generator = askingItself(() => generator.next().then(({ value }: { value: unknown }) => log.push(value)));
    await generator.next().then(({ value }: { value: unknown }) => log.push(value));
    await new Promise(setImmediate);
    expect(log, ticks).to.deep.equal([1, 2]);
  }
});

for (const ticks of ["spec", "fused"] as const) {
  it(`nobody enters the body of a loop within the call that begins to read, ${ticks} ticks`, async () => {
    const readers = compileScript(path, import.meta.url, { ticks });
    const logOf = async (reads: (look: (seen: unknown) => void) => Promise<unknown>): Promise<unknown[]> => {
      const log: unknown[] = [];
      const done = reads((seen) => log.push(seen));
      log.push("called");
      await done;
      return log;
    };
    for (const name of ["sum", "sumAndWait", "sumOfLooking", "delegating"])
      expect(await logOf(readers[name]), name).to.deep.equal(["called", 0, 1, 2]);
    expect(await logOf(readers.lookingAhead)).to.deep.equal(["called", 0]);
    expect(await logOf(readers.lookingAtTheEnd))
      .to.have.members(["called", "end", "end of nothing"])
      .and.to.have.property("0", "called");
  });

  it(`what loops read is known while their bodies run, ${ticks} ticks`, async () => {
    const { nested, endless } = compileScript(path, import.meta.url, { ticks });
    const log: string[] = [];
    const look = (): void => {
      const names = openAsyncGenerators().map(({ name }) => name);
      log.push(names.filter((name) => name === "numbers").join());
    };
    await nested(log, look);
    expect(log).to.deep.equal(["numbers,numbers", "inner", "numbers,numbers", "inner", "outer"]);
    const closed: string[] = [];
    await endless(closed, () => void shutdownAsyncGenerators({ interrupt: true }).finally(resetAsyncGeneratorShutdown));
    expect(closed).to.deep.equal(["endless"]);
  });
}
