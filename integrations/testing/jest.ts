/** `setupFilesAfterEnv: ["aclose/testing/jest"]`: a test of Jest's fails when it leaves async generators open. */

import { checkEachTest } from "./hooks.js";

const runner = globalThis as Partial<Parameters<typeof checkEachTest>[0]>;
if (!runner.beforeEach || !runner.afterEach)
  throw new Error('aclose/testing/jest: Jest\'s hooks are not there. Put it into "setupFilesAfterEnv".');
checkEachTest(runner as Parameters<typeof checkEachTest>[0]);
