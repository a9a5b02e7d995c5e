/**
 * `mocha --require aclose/testing/mocha` finds what tests leave open. A hook that fails would end the run, so the findings come at
 * its end, with the names of the tests.
 */

import { LeakCheck } from "../../runtime/testing.js";

interface Context {
  readonly currentTest?: { fullTitle(): string };
}

const check = new LeakCheck();
const findings: string[] = [];

/** Mocha's root hooks. */
export const mochaHooks = {
  beforeEach(): void {
    check.begin();
  },
  async afterEach(this: Context): Promise<void> {
    const leaks = await check.end();
    if (leaks !== undefined) findings.push(`After the test "${this.currentTest?.fullTitle()}" ${leaks}`);
  },
  afterAll(): void {
    if (findings.length > 0) throw new Error(findings.splice(0).join("\n\n"));
  },
};
