/** The hooks for runners that fail a test when what runs after it fails. */

import { LeakCheck } from "../../runtime/testing.js";

type Hook = (run: () => void | Promise<void>) => unknown;

export function checkEachTest(runner: { readonly beforeEach: Hook; readonly afterEach: Hook }): void {
  const check = new LeakCheck();
  runner.beforeEach(() => check.begin());
  runner.afterEach(async () => {
    const leaks = await check.end();
    if (leaks !== undefined) throw new Error(leaks);
  });
}
