import { expect } from "chai";
import * as api from "../../../runtime/index.js";
import { closeWorld } from "../support/cleanup-world.js";
import { settle } from "../support/collect.js";
import { compileScript } from "../support/compile.js";

type Generator = AsyncGenerator<unknown>;
type Make = (before?: (what: string) => void) => Generator;

/** How often each name was entered and left. */
class Ledger {
  readonly entries = new Map<string, number>();
  readonly enter = (name: string): void => this.count(name, 1);
  readonly leave = (name: string): void => this.count(name, -1);
  readonly never = new Promise(() => {});

  private count(name: string, change: number): void {
    this.entries.set(name, (this.entries.get(name) ?? 0) + change);
  }

  get open(): string[] {
    return [...this.entries].filter(([, count]) => count !== 0).map(([name, count]) => `${name}: ${count}`);
  }
}

/** Starts a generator, and returns what interrupts it. */
type Way = (make: Make, use: (generator: Generator) => void) => () => unknown;

/** For what needs the generator alone. */
const interrupting =
  (interrupt: (generator: Generator) => unknown): Way =>
  (make, use) => {
    const generator = make();
    use(generator);
    return () => interrupt(generator);
  };

const ways: Record<string, Way> = {
  "aclose()": interrupting((g) => api.aclose(g, { interrupt: true }).promise()),
  "return()": interrupting((g) => g.return(undefined)),
  "throw()": interrupting((g) => g.throw("enough").catch(() => {})),
  "a cancellation and a close": interrupting((g) => {
    api.cancel(g);
    return api.aclose(g, { interrupt: true }).promise();
  }),
  "a scope": (make, use) => {
    const scope = new api.AsyncGeneratorScope({ interrupt: true });
    scope.run(() => use(make()));
    return () => scope.close();
  },
  "a shutdown": (make, use) => {
    use(make());
    return () => api.shutdownAsyncGenerators({ interrupt: true });
  },
  "a signal": (make, use) => {
    const controller = new AbortController();
    use(api.bindSignal(make(), controller.signal));
    return () => controller.abort();
  },
};

const TICKS = 12;
const MOST_QUEUED = 4;

/** Interrupts after so many ticks. Returns what is wrong then. */
async function run(
  way: Way,
  program: string,
  close: "queue" | "interrupt",
  ticks: number,
  queued: number,
): Promise<string[]> {
  const ledger = new Ledger();
  const make: Make = compiled[close](ledger)[program];
  const pending = new Set<number>();
  let generator!: Generator;
  const interrupt = way(make, (g) => {
    generator = g;
    for (let i = 0; i <= queued; i++) {
      pending.add(i);
      const answered = (): unknown => pending.delete(i);
      void g.next().then(answered, answered);
    }
  });
  for (let i = 0; i < ticks; i++) await null;
  let isOver = false;
  void Promise.resolve(interrupt()).finally(() => (isOver = true));
  await settle(2);
  api.resetAsyncGeneratorShutdown();
  const state = api.getAsyncGeneratorState(generator);
  return [
    ...(isOver ? [] : ["hangs"]),
    ...(state === "AGEN_CLOSED" ? [] : [state]),
    ...ledger.open,
    ...[...pending].map((each) => `request ${each} has no answer`),
  ];
}

const compiled = Object.fromEntries(
  (["queue", "interrupt"] as const).map((close) => [
    close,
    compileScript("../cleanup/interrupted-programs.js", import.meta.url, { close }).programs,
  ]),
) as Record<"queue" | "interrupt", (ledger: Ledger) => Record<string, Make>>;

describe("an interruption that comes at any tick, with any number of requests", () => {
  before(() => api.configureAsyncGenerators({ onWarning: () => {} }));
  after(closeWorld);

  for (const [name, way] of Object.entries(ways)) {
    it(`closes everything: ${name}`, async function () {
      this.timeout(60_000);
      const wrong: string[] = [];
      const close = name === "return()" || name === "throw()" ? "interrupt" : "queue";
      for (const program of Object.keys(compiled[close](new Ledger())))
        for (let ticks = 0; ticks <= TICKS; ticks++)
          for (let queued = 0; queued <= MOST_QUEUED; queued++) {
            const found = await run(way, program, close, ticks, queued);
            if (found.length > 0) wrong.push(`${program}, ${queued} queued, after ${ticks} ticks: ${found.join(", ")}`);
          }
      expect(wrong, wrong.join("\n")).to.deep.equal([]);
    });
  }

  for (const program of ["loopsOverWhatTells", "delegatesToWhatTells"])
    for (const item of ["first item", "second item"])
      for (const name of ["aclose()", "a signal"])
        it(`closes everything when it comes from within what is read: ${name}, ${program}, before the ${item}`, async () => {
          const ledger = new Ledger();
          const make = compiled.queue(ledger)[program] as Make;
          const interrupt = (ways[name] as Way)(
            () => make((before) => before === item && void interrupt()),
            (generator) => {
              // What comes at once must find it in use.
              void Promise.resolve().then(() => {
                for (let i = 0; i < 2; i++) void generator.next().catch(() => {});
              });
            },
          );
          await settle();
          expect(ledger.open).to.deep.equal([]);
          expect([...ledger.entries.keys()]).to.include("tells");
        });
});
