/** `setupFilesAfterEnv: ["aclose/testing/jest"]`: a test of Jest's fails when it leaves async generators open. */

import { checkOfEachTest } from "./hooks.js";

type Hook = (run: () => void | Promise<void>) => unknown;

interface Runner {
  readonly beforeAll: Hook;
  readonly beforeEach: Hook;
  readonly afterEach: Hook;
}

interface State {
  readonly rootDescribeBlock: { readonly hooks: { readonly fn: unknown }[] };
}

const runner = globalThis as Partial<Runner>;
if (!runner.beforeAll || !runner.beforeEach || !runner.afterEach)
  throw new Error('aclose/testing/jest: Jest\'s hooks are not there. Put it into "setupFilesAfterEnv".');
const { begin, end } = checkOfEachTest();
runner.beforeAll(runLast);
runner.beforeEach(begin);
runner.afterEach(end);

/** Jest calls hooks in the order in which they were defined. Those of the test's file may close what the test has opened. */
function runLast(): void {
  const key = Object.getOwnPropertySymbols(globalThis).find((each) => each.description === "JEST_STATE_SYMBOL");
  // jest-jasmine2 has no such state, and the order that is needed.
  const hooks = key && (globalThis as unknown as Record<symbol, State>)[key]?.rootDescribeBlock?.hooks;
  const own = hooks?.findIndex(({ fn }) => fn === end) ?? -1;
  if (own >= 0) hooks?.push(...hooks.splice(own, 1));
}
