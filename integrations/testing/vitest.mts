/** `setupFiles: ["aclose/testing/vitest"]`: a test of Vitest's fails when it leaves async generators open. */

import * as vitest from "vitest";

// In Node the runtime has one instance for ES modules and CommonJS: that of CommonJS. Vitest's browser mode has only ES modules.
// Asked for in any other way than by an import, Node's module is not that of the realm in which Vitest's VM pools run tests.
const isNode = globalThis.process?.getBuiltinModule !== undefined;
const { checkOfEachTest }: typeof import("./hooks.js") = isNode
  ? (await import("node:module")).createRequire(import.meta.url)("../../../cjs/integrations/testing/hooks.js")
  : await import("./hooks.js");

if (!("onTestFinished" in vitest)) throw new Error("aclose/testing/vitest needs Vitest 1.3 or newer.");
const { begin, end } = checkOfEachTest();
vitest.beforeEach(({ onTestFinished }) => {
  begin();
  // Behind hooks, what `beforeEach` has returned and fixtures; the first of these is the last to be called.
  onTestFinished(end);
});
