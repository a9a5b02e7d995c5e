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
    expect(found("closesBehindAnAwait")).to.deep.equal(
      ["cancel", "interrupting close", "shutdown", "process end", "hang", "error in cleanup"].map(
        (fault) => `${fault} at await`,
      ),
    );
    expect(testing.describeFaults(report)).to.match(
      /closesOnlyAtTheEnd: return at yield in closesOnlyAtTheEnd \(its suspension 1, 1 of the run\)\n +file \(opened at .*leaky\.js:/,
    );
    const error = await testing.assertNoLeaks(leaky, { timeoutMs: 50 }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(Error);
  });

  it("takes only compiled generators", async () => {
    const error = await testing.injectFaults({ native: () => world.native([]) }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(TypeError);
  });
});
