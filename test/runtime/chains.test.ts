/** Chains of `yield*`: of any length in a bounded stack, closed in linear time, and called from outside in the middle. */

import { expect } from "chai";
import { cancel, inspectAsyncGenerator, openAsyncGenerators } from "../../runtime/index.js";
import { compileScript, runScriptNatively } from "./support/compile.js";

const path = "./support/chains.js";
const native = runScriptNatively(path, import.meta.url);
const modes = ["spec", "fused"] as const;
const compiled = (ticks: (typeof modes)[number]) => compileScript(path, import.meta.url, { ticks });

/** Microtask turns until the promise is settled, with a turn of the event loop now and then. */
async function ticksOf(promise: Promise<unknown>): Promise<number> {
  let settled = false;
  let ticks = 0;
  void promise.then(() => (settled = true));
  while (!settled) await (++ticks % 100 === 0 ? new Promise(setImmediate) : undefined);
  return ticks;
}

for (const ticks of modes) {
  describe(`a chain of yield*, ${ticks} ticks`, () => {
    const { down, read } = compiled(ticks);
    const LENGTH = 20_000;

    it("of 20,000 generators is read to its end", async () => {
      const log: number[] = [];
      const values: unknown[] = [];
      for await (const value of down(LENGTH, (n: number) => log.push(n))) values.push(value);
      expect(values).to.deep.equal(["a", "b"]);
      expect(log).to.deep.equal(Array.from({ length: LENGTH + 1 }, (_, n) => n));
    });

    it("may be one of `for await` loops", async () => {
      const log: number[] = [];
      const last: string[] = [];
      for await (const value of read(LENGTH, (n: number) => log.push(n))) last.push(value.slice(-10));
      expect(last).to.deep.equal(["1999920000", "1999920000"]);
      expect(log).to.deep.equal(Array.from({ length: LENGTH + 1 }, (_, n) => n));
    });

    it("of 20,000 generators is closed, and takes an error, from the inside out", async () => {
      for (const chain of [down, read])
        for (const end of ["return", "throw"] as const) {
          const log: number[] = [];
          const generator = chain(LENGTH, (n: number) => log.push(n));
          await generator.next();
          const answer = await generator[end]("over").catch((error: unknown) => ({ error }));
          expect(answer).to.deep.equal(end === "return" ? { value: "over", done: true } : { error: "over" });
          expect(log).to.deep.equal(Array.from({ length: LENGTH + 1 }, (_, n) => n));
        }
    });

    it("is closed in a number of turns that grows linearly", async () => {
      const closing = async (length: number): Promise<number> => {
        const generator = down(length, () => {});
        await generator.next();
        return ticksOf(generator.return());
      };
      const [once, twice] = [await closing(500), await closing(1000)];
      expect(twice).to.be.at.most(2 * once);
    });
  });

  describe(`generators in the middle of a chain, ${ticks} ticks`, () => {
    const maker = compiled(ticks);
    type Scenario = (program: any, log: (...values: unknown[]) => void) => Promise<void>;

    async function logOf(program: any, scenario: Scenario): Promise<string[]> {
      const log: string[] = [];
      await scenario(program, (...values) => log.push(JSON.stringify(values)));
      return log;
    }

    async function expectSame(scenario: Scenario, title: string): Promise<void> {
      const [expected, actual] = [await logOf(native, scenario), await logOf(maker, scenario)];
      // Fused, only the order between different calls may differ.
      if (ticks === "fused") for (const log of [expected, actual]) log.sort();
      expect(actual, title).to.deep.equal(expected);
    }

    const methods = ["next", "next", "next", "next", "return", "throw"] as const;

    function randomFrom(seed: number): (n: number) => number {
      let state = seed;
      return (n) => {
        state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
        return (state >> 8) % n;
      };
    }

    function scenarioOf(seed: number): Scenario {
      return async ({ source, through }, log) => {
        const random = randomFrom(seed);
        const inside = randomFrom(seed + 1e6);
        const generators: any[] = [];
        const call = (draw: typeof random): Promise<void> => {
          const index = draw(10) < 5 ? generators.length - 1 : draw(generators.length);
          const method = methods[draw(methods.length)]!;
          const value = draw(3) === 0 ? `v${draw(9)}` : undefined;
          return generators[index][method](value).then(
            (result: unknown) => log(index, method, result),
            (error: unknown) => log(index, method, "failed", error),
          );
        };
        const within = random(2) === 0 ? () => void (inside(3) === 0 && call(inside)) : undefined;
        generators.push(source(log, within, random(2) === 0));
        for (let i = 0; i < 1 + random(4); i++) generators.push(through(`level ${i}`, generators.at(-1), log));
        for (let i = 0; i < 12; i++) {
          void call(random);
          // Fused, calls that overtake one another may find another state: nothing is left under way.
          for (let turn = ticks === "fused" ? 200 : random(10); turn > 0; turn--) await undefined;
        }
        for (let i = 0; i < 200; i++) await undefined;
      };
    }

    it("answer calls from outside as native ones do, in 500 random programs", async () => {
      for (let seed = 1; seed <= 500; seed++) {
        await expectSame(scenarioOf(seed), `seed ${seed}`);
      }
    });

    it("do not notice that somebody looks at them, at whatever moment", async () => {
      const lookedAt = (moment: number, whom: number): Scenario => {
        return async ({ source, through }, log) => {
          const generators = [source(log, undefined, false)];
          for (let i = 0; i < 3; i++) generators.push(through(`level ${i}`, generators.at(-1), log));
          let turn = 0;
          const ask = (): unknown =>
            generators[3].next().then((result: { done: boolean }) => {
              log(ticks === "spec" && turn, result);
              if (!result.done) ask();
            });
          ask();
          for (; turn < 120; turn++) {
            if (turn === moment) inspectAsyncGenerator(generators[whom]);
            await undefined;
          }
        };
      };
      const undisturbed = await logOf(native, lookedAt(-1, 0));
      expect(undisturbed.at(-1)).to.contain('"done":true');
      for (let moment = 0; moment < 100; moment++)
        for (let whom = 0; whom < 4; whom++) {
          const actual = await logOf(maker, lookedAt(moment, whom));
          expect(actual, `generator ${whom} at ${moment}`).to.deep.equal(undisturbed);
        }
    });

    it("do not notice that one of them looks at another in the middle of a run, or calls it", async () => {
      const lookingAt = (moment: number, age: number, calls: boolean): Scenario => {
        return async ({ branches }, log) => {
          const made: any[] = [];
          let now = 0;
          const within = (): void => {
            log("within", now);
            if (now++ !== moment || made.length <= age) return;
            const generator = made.at(-1 - age);
            if (!calls) inspectAsyncGenerator(generator);
            else void generator.next().then((result: unknown) => log("called", result));
          };
          const remember = (generator: unknown): unknown => (made.push(generator), generator);
          for await (const item of remember(branches(3, within, remember)) as AsyncIterable<unknown>) log(item);
          for (let turn = 0; turn < 50; turn++) await undefined;
        };
      };
      const undisturbed = await logOf(maker, lookingAt(-1, 0, false));
      expect(undisturbed).to.deep.equal(await logOf(native, lookingAt(-1, 0, false)));
      for (let moment = 0; moment < 40; moment++)
        for (let age = 0; age < 5; age++) {
          const title = `${age} before the last at ${moment}`;
          expect(await logOf(maker, lookingAt(moment, age, false)), title).to.deep.equal(undisturbed);
          await expectSame(lookingAt(moment, age, true), title);
        }
    });

    it("read the `then` of an item once, whatever it does to them", async () => {
      for (const outcome of ["plain", "thenable", "poisoned"])
        for (const whom of [0, 1, 2]) {
          const scenario: Scenario = async ({ one, through }, log) => {
            const generators: any[] = [];
            const item = {
              get then(): unknown {
                log("then");
                void generators[whom].next().then((result: unknown) => log("called", result));
                if (outcome === "poisoned") throw "poison";
                return outcome === "plain" ? undefined : (resolve: (value: string) => void) => resolve("value");
              },
            };
            generators.push(one(item));
            for (const name of ["inner", "outer"]) generators.push(through(name, generators.at(-1), log));
            const ask = (): unknown =>
              generators[2].next().then(
                ({ value, done }: IteratorResult<unknown>) => (
                  log("answer", value === item || value, done), done || ask()
                ),
                (error: unknown) => (log("failed", error), ask()),
              );
            ask();
            for (let turn = 0; turn < 60; turn++) await undefined;
          };
          await expectSame(scenario, `${outcome}, ${whom}`);
        }
    });

    it("may be called by what is asked for an iterator", async () => {
      for (const kind of ["foreign", "compiled", "itself", "none"])
        for (const whom of [0, 1, 2]) {
          const scenario: Scenario = async ({ one, through }, log) => {
            const generators: any[] = [];
            const iterable = {
              get [Symbol.asyncIterator](): unknown {
                void generators[whom].next().then((result: unknown) => log("called", result));
                if (kind === "foreign") return () => [1, 2].values();
                if (kind === "compiled") return () => one("item");
                return kind === "itself" ? () => generators[1] : undefined;
              },
            };
            generators.push(through("innermost", iterable, log));
            for (const name of ["inner", "outer"]) generators.push(through(name, generators.at(-1), log));
            const ask = (): unknown =>
              generators[2].next().then(
                (result: { done: boolean }) => (log("answer", result), result.done || ask()),
                (error: unknown) => (log("failed", error instanceof TypeError ? "TypeError" : error), ask()),
              );
            ask();
            for (let turn = 0; turn < 100; turn++) await undefined;
          };
          await expectSame(scenario, `${kind}, ${whom}`);
        }
    });

    it("may be asked once more when they have left a loop over what has no `return`", async () => {
      await expectSame(async ({ leaves, through }, log) => {
        const inner = leaves();
        const outer = through("outer", inner, log);
        for (const each of [outer, outer, outer, inner])
          await Promise.race([each.next().then((result: unknown) => log(result)), new Promise(setImmediate)]);
      }, "leaves");
    });

    it("are listed as open, from the outside in", async () => {
      const { source, through } = maker;
      const outer = through(
        "outer",
        through(
          "inner",
          source(() => {}, undefined, false),
          () => {},
        ),
        () => {},
      );
      for (let i = 0; i < 2; i++) await outer.next();
      const names = openAsyncGenerators().map(({ name }) => name);
      expect(names.slice(-3)).to.deep.equal(["through", "through", "source"]);
      await outer.return();
    });

    it("can be interrupted when they wait for one another in a circle", async () => {
      const { through } = maker;
      const circle = { [Symbol.asyncIterator]: (): unknown => outer };
      const inner = through("inner", circle, () => {});
      const outer = through("outer", inner, () => {});
      const answer = outer.next().catch((error: Error) => error.name);
      for (let turn = 0; turn < 10; turn++) await undefined;
      cancel(outer);
      expect(await answer).to.equal("CancelledError");
    });

    it("can be interrupted while an item is on its way, and while none is", async () => {
      let interrupted = 0;
      for (let moment = 0; moment < 30; moment++) {
        const log: unknown[] = [];
        const { source, through } = maker;
        const generator = through(
          "outer",
          through(
            "inner",
            source(() => {}, undefined, false),
            () => {},
          ),
          () => {},
        );
        const ask = (): unknown =>
          generator.next().then(
            ({ value, done }: IteratorResult<unknown>) => (log.push(value), done || ask()),
            (error: Error) => (log.push(error.name), ask()),
          );
        ask();
        for (let turn = 0; turn < moment; turn++) await undefined;
        cancel(generator);
        for (let turn = 0; turn < 200; turn++) await undefined;
        // Caught in the source, which goes on with "after"; or nothing was pending.
        const items = [0, 1, 2, 3, 4, 5, 6, 7];
        const gone = log.indexOf("after");
        const expected = gone < 0 ? items : [...items.slice(0, gone), "after"];
        expect(log.slice(0, expected.length), `cancelled at ${moment}`).to.deep.equal(expected);
        expect(log.at(-1)).to.equal(undefined);
        if (gone >= 0) interrupted++;
      }
      expect(interrupted).to.be.within(1, 29);
    });
  });
}

describe("fused readers", () => {
  for (const [title, isObject] of [
    ["numbers", false],
    ["objects", true],
  ] as const) {
    it(`of ${title} that are always ready let others have a turn now and then`, async () => {
      const { items, relay, count } = compiled("fused");
      const answer = count(relay(items(10_000, isObject))).next();
      expect(await ticksOf(answer)).to.be.within(20, 1_000);
      expect(await answer).to.deep.equal({ value: 10_000, done: false });
    });
  }

  for (const name of ["generator", "called", "awaiting"])
    it(`without an end lets timers run: ${name}`, async () => {
      const { items, relay, endless } = compiled("fused");
      let isOver = false;
      setTimeout(() => (isOver = true), 5);
      await endless[name](relay(items(Infinity)), () => isOver);
    });

  it("let timers run where a test has the clock stand still", async () => {
    const { items, relay, endless } = compiled("fused");
    const { now } = Date;
    Date.now = () => 0;
    try {
      let isOver = false;
      setTimeout(() => (isOver = true), 5);
      await endless["called"](relay(items(Infinity)), () => isOver);
    } finally {
      Date.now = now;
    }
  });
});
