import { expect } from "chai";
import * as api from "../../../runtime/index.js";
import { abandon, closeWorld, world } from "../support/cleanup-world.js";
import { collect } from "../support/collect.js";

afterEach(closeWorld);

const messages = (failures: readonly unknown[]): string[] => failures.map((each) => (each as Error).message);
const TOO_LATE = "aclose(): asynchronous generator is still running after the timeout";

describe("a shutdown with a timeout", () => {
  it("cuts a hanging cleanup short, and waits for what is left of it", async () => {
    const { make, lines } = world();
    const g = make["hangsInCleanup"]!();
    await g.next();
    expect(await api.shutdownAsyncGenerators({ timeoutMs: 5 })).to.deep.equal({ closed: 1, failures: [] });
    expect(lines).to.deep.equal(["finally", "inner finally"]);
  });

  it("gives a cleanup up that hangs again, and reports it", async () => {
    const { make, lines, reports } = world();
    const g = make["hangsTwiceInCleanup"]!();
    await g.next();
    const { closed, failures } = await api.shutdownAsyncGenerators({ interrupt: true, timeoutMs: 5, rounds: 8 });
    expect(closed).to.equal(0);
    expect(messages(failures)).to.deep.equal([TOO_LATE]);
    expect(reports.map(({ exception }) => exception)).to.deep.equal(failures);
    expect(lines).to.deep.equal(["finally", "inner finally"]);
  });

  for (const interrupt of [false, true])
    for (const name of ["hangsInCleanup", "hangsTwiceInCleanup"])
      it(`does so in the background: ${name}${interrupt ? ", interrupting" : ""}`, async () => {
        const { make, lines, open } = world();
        await abandon(make[name]!, (g) => g.next());
        await collect(() => lines.length > 0);
        const { failures } = await api.shutdownAsyncGenerators({ interrupt, timeoutMs: 5, rounds: 8 });
        // An interrupting one has two cuts for it: at its beginning, and when the time is up.
        const isGivenUp = name === "hangsTwiceInCleanup" && !interrupt;
        expect(messages(failures)).to.deep.equal(isGivenUp ? [TOO_LATE] : []);
        expect(lines).to.deep.equal(["finally", "inner finally"]);
        open();
      });
});
