/** Proxies, and what hides its prototype, that are yielded, awaited and returned: whatever they do happens inside the body. */

import { expect } from "chai";
import * as api from "../../runtime/index.js";
import { collect } from "./support/collect.js";
import { compileText, runTextNatively } from "./support/compile.js";

const text = `
  exports.yields = async function* (value) {
    try { return yield value; } catch (error) { yield "caught " + error; }
  };
  exports.awaits = async function* (value) {
    try { await value; yield "fine"; } catch (error) { yield "caught " + error; }
  };
  exports.waitsAndYields = async function* (value) {
    await undefined;
    try { yield value; } catch (error) { yield "caught " + error; }
  };
  exports.delegates = async function* (value) { yield* exports.yields(value); };
  exports.returns = async function* (value) {
    try { return value; } catch (error) { yield "caught " + error; }
  };
`;

const refusal = (): never => {
  throw "refused";
};

const proxies: Record<string, () => object> = {
  revoked: () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  "without properties": () => new Proxy({}, { get: refusal }),
  "without a prototype": () => new Proxy({}, { getPrototypeOf: refusal }),
  "without own properties": () => new Proxy({}, { getOwnPropertyDescriptor: refusal }),
  "of an array": () => new Proxy([1, 2], {}),
  "of a promise": () => new Proxy(Promise.resolve(1), {}),
  "of a promise without own properties": () => new Proxy(Promise.resolve(1), { getOwnPropertyDescriptor: refusal }),
  "of a promise without a constructor": () =>
    new Proxy(Promise.resolve(1), {
      get: (target, key) => (key === "constructor" ? refusal() : Reflect.get(target, key)),
    }),
  "of a promise that hides its prototype": () =>
    new Proxy(Promise.resolve(1), {
      get: (target, key) => (key === "__proto__" ? refusal() : Reflect.get(target, key)),
    }),
  "of none: a promise with a __proto__ of its own": () =>
    Object.defineProperty(Promise.resolve(1), "__proto__", { value: null }),
  "of none: no promise, for all that it says": () =>
    Object.defineProperty(Object.create(Promise.prototype, {}), "__proto__", { value: Promise.prototype }),
  "of a thenable": () => new Proxy({ then: (resolve: (value: string) => void) => resolve("its value") }, {}),
};

async function answersOf(make: (value: object) => AsyncGenerator<any>, value: object): Promise<unknown[]> {
  const answers: unknown[] = [];
  const generator = make(value);
  for (let i = 0; i < 2; i++) {
    const answer = generator.next().then(
      (result) => (result.value === value ? ["itself", result.done] : [result.value, result.done]),
      (error: unknown) => ["failed", String(error)],
    );
    answers.push(await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 100, "nothing"))]));
  }
  return answers;
}

const native = runTextNatively(text);

for (const ticks of ["spec", "fused"] as const) {
  const compiled = compileText(text, { ticks });
  describe(`a proxy, ${ticks} ticks`, () => {
    for (const [name, make] of Object.entries(proxies))
      it(`${name} is taken as natively`, async () => {
        for (const each of Object.keys(native)) {
          const expected = await answersOf(native[each], make());
          expect(await answersOf(compiled[each], make()), each).to.deep.equal(expected);
        }
      });
  });
}

describe("a proxy that is revoked", () => {
  const { throws, cleansUp, waits } = compileText(`
    exports.throws = async function* (error) { yield 1; throw error; };
    exports.cleansUp = async function* (error) { try { yield 1; } finally { await null; throw error; } };
    exports.waits = async function* (held, promise) { try { yield 1; await promise; } finally { void held; } };`);
  const revoked = (): any => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };

  for (const [method, make] of Object.entries({ anext: throws, asend: throws, aclose: cleansUp }))
    it(`comes out of ${method}() like any error`, async () => {
      const error = revoked();
      const g = make(error);
      await g.anext();
      const answer = await g[method]().then(
        () => "none",
        (reason: unknown) => (reason === error ? "itself" : "another"),
      );
      expect(answer).to.equal("itself");
      expect(api.isCancelled(error)).to.equal(false);
      expect(error instanceof api.RuntimeError).to.equal(false);
    });

  it("may be awaited by a generator that is inspected, and be held by one when garbage is collected", async () => {
    const { proxy, revoke } = Proxy.revocable<any>({ then: () => {} }, {});
    const g = waits(revoked(), proxy);
    await g.next();
    const pending = g.next();
    await null;
    await null;
    revoke();
    const [open] = api.openAsyncGenerators();
    expect([open?.waitingFor, open?.awaitedKind]).to.deep.equal(["an await", "an object"]);
    // What the runtime does then would end the process.
    await collect(undefined, 4);
    await api.aclose(g, { interrupt: true });
    expect(await pending).to.deep.equal({ value: undefined, done: true });
  });
});
