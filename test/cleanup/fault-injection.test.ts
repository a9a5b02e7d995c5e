import { expect } from "chai";
import * as testing from "../../runtime/testing.js";
import { compileScript } from "../runtime/support/compile.js";

type Programs = Record<string, testing.FaultProgram>;

const tick = (value?: unknown): Promise<unknown> => new Promise((resolve) => setImmediate(resolve, value));

/** What the programs use. Nothing in it is compiled. */
const world = {
  tick,
  async connect(resources: testing.ResourceTracker, name: string): Promise<testing.TrackedResource> {
    await null;
    return resources.open(name);
  },
  events(items: unknown[]): { take(): Promise<unknown> } {
    return { take: () => tick(items.shift()) };
  },
  async *native(items: unknown[]): AsyncGenerator<unknown> {
    for (const item of items) {
      await null;
      yield item;
    }
  },
};

const files = ["sources", "pipelines", "scopes"];

function compiled(): Programs {
  const all = files.map((file): Programs => compileScript(`./programs/${file}.js`, import.meta.url).programs(world));
  return Object.assign({}, ...all);
}

describe("fault injection", () => {
  it("finds no leak in 50 programs, whatever happens at whatever suspension point", async function () {
    this.timeout(120_000);
    const programs = compiled();
    const report = await testing.injectFaults(programs);
    console.log(`      ${testing.describeFaults(report).split("\n")[0]}`);
    expect(report.leaks, testing.describeFaults(report)).to.deep.equal([]);
    expect(report.programs).to.be.at.least(50);
    expect(report.skipped).to.deep.equal([]);
    expect(report.cases).to.be.greaterThan(report.points * 8);
  });

  it("finds what leaks, and says where and how", async () => {
    const leaky: Programs = compileScript("./programs/leaky.js", import.meta.url).programs(world);
    const report = await testing.injectFaults(leaky, { timeoutMs: 50 });
    const found = (program: string): string[] =>
      report.leaks.filter((each) => each.program === program).map(({ fault, point }) => `${fault} at ${point?.at}`);
    expect(found("closesOnlyAtTheEnd")).to.include.members(["return at yield", "throw at yield"]);
    const interrupting = ["cancel", "interrupting close", "shutdown", "process end", "hang", "error in cleanup"];
    for (const program of ["closesBehindAnAwait", "awaitsBeforeItsTry"])
      expect(found(program), program).to.deep.equal(interrupting.map((fault) => `${fault} at await`));
    // A shutdown does not know what was not started.
    expect(found("failsAtOnce")).to.deep.equal([
      "none at undefined",
      "shutdown at before the first next()",
      "process end at before the first next()",
    ]);
    expect(testing.describeFaults(report)).to.match(
      /closesOnlyAtTheEnd: return at yield in closesOnlyAtTheEnd \(its suspension 1, 1 of the run\)\n +file \(opened at .*leaky\.js:/,
    );
    const error = await testing.assertNoLeaks(leaky, { timeoutMs: 50 }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(Error);
  });

  it("says that a program does not end", async () => {
    const { hangsForEver }: Programs = compileScript("./programs/leaky.js", import.meta.url).programs(world);
    const { leaks } = await testing.injectFaults({ hangsForEver } as Programs, { faults: [], timeoutMs: 5 });
    expect(leaks[0]?.leaks.at(-1)).to.equal("the generator did not end in time");
    expect(leaks[0]?.fault).to.equal("none");
  });

  it("has no limit of time where timeoutMs is none", async () => {
    const quick: Programs = {
      quick: compileScript("./programs/leaky.js", import.meta.url).programs(world).closesBehindAnAwait,
    };
    const { leaks } = await testing.injectFaults(quick, { faults: ["return"], timeoutMs: Infinity });
    expect(leaks).to.deep.equal([]);
  });

  it("goes on where the timers of the global are a clock of a test's that stands still", async () => {
    const quick: Programs = {
      quick: compileScript("./programs/leaky.js", import.meta.url).programs(world).awaitsBeforeItsTry,
    };
    const { setTimeout, setImmediate } = globalThis;
    Object.assign(globalThis, { setTimeout: () => {}, setImmediate: () => {} });
    try {
      const { leaks } = await testing.injectFaults(quick, { faults: ["return", "abandon"] });
      expect(leaks).to.deep.equal([]);
    } finally {
      Object.assign(globalThis, { setTimeout, setImmediate });
    }
  });

  it("takes only faults that there are", async () => {
    const error = await testing.injectFaults({}, { faults: ["close" as testing.Fault] }).catch((e: unknown) => e);
    expect(String(error)).to.match(/^TypeError: unknown fault "close"; the faults are return, throw, /);
  });

  it("takes only limits that are numbers", async () => {
    for (const [name, value] of [
      ["maxPoints", Number.NaN],
      ["maxItems", -1],
      ["timeoutMs", "soon"],
    ] as const) {
      const error = await testing.injectFaults({}, { [name]: value }).catch((reason: unknown) => reason);
      expect(String(error)).to.equal(`TypeError: ${name} must be a number that is not negative, got ${value}`);
    }
  });

  it("takes only functions, by their names", async () => {
    const errorOf = (programs: unknown) => testing.assertNoLeaks(programs as Programs).catch(String);
    expect(await errorOf(() => world.native([]))).to.equal(
      "TypeError: programs expected by their names, got one function",
    );
    expect(await errorOf({ quick: {} })).to.equal('TypeError: callable program "quick" expected, got object');
  });

  it("takes only compiled generators", async () => {
    const error = await testing.injectFaults({ native: () => world.native([]) }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(TypeError);
  });
});
