/** `setupFiles: ["aclose/testing/vitest"]`: a test of Vitest's fails when it leaves async generators open. */

import { createRequire } from "node:module";
import { afterEach, beforeEach } from "vitest";

// Vitest is an ES module, and the runtime has one instance for both kinds: that of CommonJS.
const { checkEachTest }: typeof import("./hooks.js") = createRequire(import.meta.url)(
  "../../../cjs/integrations/testing/hooks.js",
);

checkEachTest({ beforeEach, afterEach });
