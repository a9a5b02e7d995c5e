import { getEventListeners } from "node:events";
import { expect } from "chai";
import * as api from "../../../runtime/index.js";
import { closeWorld, world } from "../support/cleanup-world.js";
import { settle } from "../support/collect.js";
import { compileText } from "../support/compile.js";

afterEach(closeWorld);

describe("bindSignal", () => {
  it("listens once to a signal for all that is bound to it, until the last of them has ended", async () => {
    const { make } = world();
    const { signal } = new AbortController();
    const listeners = () => getEventListeners(signal, "abort").length;
    const bound = [...Array(12)].map(() => api.bindSignal(make["simple"]!(), signal));
    expect(listeners()).to.equal(1);
    for (const g of bound.slice(1)) await g.return();
    expect(listeners()).to.equal(1);
    await bound[0]!.return();
    expect(listeners()).to.equal(0);
    const later = new AbortController();
    for (const g of bound.map(() => make["simple"]!())) {
      await g.next();
      bound.push(api.bindSignal(g, later.signal));
    }
    later.abort();
    await settle();
    expect(bound.map(api.getAsyncGeneratorState)).to.deep.equal(Array(24).fill("AGEN_CLOSED"));
    expect(getEventListeners(later.signal, "abort").length).to.equal(0);
  });

  for (const read of ["yield* inner", "for await (const item of inner) yield item"])
    it(`closes what is read by ${read}, and is aborted while it hands an item out`, async () => {
      const { outer, numbers } = compileText(`
        exports.numbers = async function* (item, log) {
          try { yield 0; yield item; yield 2; } finally { log.push("finally"); }
        };
        exports.outer = async function* (inner) { ${read}; };`);
      const controller = new AbortController();
      const log: string[] = [];
      const item = {
        // biome-ignore lint/suspicious/noThenProperty: It is asked for.
        get then() {
          return void controller.abort();
        },
      };
      const g = outer(api.bindSignal(numbers(item, log), controller.signal));
      await g.next();
      // Exact ticks await the item, and are cancelled there; fused, it has been handed out.
      const second = await g.next().catch(api.isCancelled);
      expect(second === true || second.value === item).to.equal(true);
      await settle();
      expect(log).to.deep.equal(["finally"]);
      expect(await g.next()).to.deep.equal({ value: undefined, done: true });
    });

  for (const read of ["yield* inner", "for await (const item of inner) yield item"])
    it(`leaves a cleanup its time that it has begun through who reads the generator, by ${read}`, async () => {
      const { outer, numbers } = compileText(`
        exports.numbers = async function* (log) {
          try { yield 0; } finally { await null; log.push("finally"); }
        };
        exports.outer = async function* (inner) { ${read}; };`);
      const controller = new AbortController();
      const { signal } = controller;
      const log: string[] = [];
      const inner = numbers(log);
      const g = api.bindSignal(outer(inner), signal);
      // The second time it is in exact ticks too that a cleanup goes on by then.
      api.bindSignal(api.bindSignal(inner, signal), AbortSignal.any([signal]));
      await g.next();
      controller.abort();
      await settle();
      expect(log).to.deep.equal(["finally"]);
    });

  for (const read of ["yield* inner", "for await (const item of inner) yield item", "yield await inner.anext()"])
    it(`leaves a cleanup its time that a loop in what is read has begun, by ${read}`, async () => {
      const { outer, inner } = compileText(`
        async function* source(log) { try { yield 0; } finally { await 0; await 0; await 0; log.push("source"); } }
        exports.inner = async function* (log) {
          try { for await (const _ of source(log)) break; yield 1; } finally { log.push("inner"); }
        };
        exports.outer = async function* (inner, log) { try { ${read}; } finally { log.push("outer"); } };`);
      for (let ticks = 0; ticks < 12; ticks++) {
        const controller = new AbortController();
        const log: string[] = [];
        const from = inner(log);
        const g = api.bindSignal<AsyncGenerator>(outer(from, log), controller.signal);
        void g.next().catch(() => {});
        for (let tick = 0; tick < ticks; tick++) await null;
        controller.abort("stop");
        await settle();
        await from.return();
        expect(log, `after ${ticks} ticks`).to.include("source");
        expect(api.getAsyncGeneratorState(g)).to.equal("AGEN_CLOSED");
      }
    });
});
