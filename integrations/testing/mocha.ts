/**
 * `mocha --require aclose/testing/mocha` finds what tests leave open. A hook that fails would end the run, so the findings come at
 * its end, with the names of the tests.
 */

import { LeakCheck } from "../../runtime/testing.js";

interface Context {
  readonly test?: { readonly parent?: { afterEach(title: string, run: (this: Context) => Promise<void>): void } };
  readonly currentTest?: { fullTitle(): string };
}

const check = new LeakCheck();
const findings: string[] = [];

async function look(this: Context): Promise<void> {
  const leaks = await check.end();
  if (leaks !== undefined) findings.push(`After the test "${this.currentTest?.fullTitle()}" ${leaks}`);
}

/** Mocha's root hooks. */
export const mochaHooks = {
  /** The hooks of test files are there by now: one that is added comes behind them, which may close what tests have opened. */
  beforeAll(this: Context): void {
    this.test?.parent?.afterEach("aclose/testing/mocha", look);
  },
  beforeEach(): void {
    check.begin();
  },
  afterAll(): void {
    if (findings.length > 0) throw new Error(findings.splice(0).join("\n\n"));
  },
};
