/** `setupFiles: ["aclose/testing/vitest"]`: a test of Vitest's fails when it leaves async generators open. */

import { beforeEach } from "vitest";

// In Node the runtime has one instance for ES modules and CommonJS: that of CommonJS. Vitest's browser mode has only ES modules.
const node = globalThis.process?.getBuiltinModule?.("node:module");
const { checkOfEachTest }: typeof import("./hooks.js") =
  node?.createRequire(import.meta.url)("../../../cjs/integrations/testing/hooks.js") ?? (await import("./hooks.js"));

const { begin, end } = checkOfEachTest();
beforeEach(({ onTestFinished }) => {
  begin();
  // Behind hooks, what `beforeEach` has returned and fixtures; the first of these is the last to be called.
  onTestFinished(end);
});
