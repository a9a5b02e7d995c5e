/** For runners that fail a test when what runs after it fails. */

import { LeakCheck } from "../../runtime/testing.js";

/** What runs before each test, and what runs behind all that cleans up after it: that throws when something is left open. */
export function checkOfEachTest(): { begin(): void; end(): Promise<void> } {
  const check = new LeakCheck();
  return {
    begin: () => check.begin(),
    async end() {
      const leaks = await check.end();
      if (leaks !== undefined) throw new Error(leaks);
    },
  };
}
