/** `setupFiles: ["aclose/testing/vitest"]`: a test of Vitest's fails when it leaves async generators open. */

import { afterEach, beforeEach } from "vitest";

// In Node the runtime has one instance for ES modules and CommonJS: that of CommonJS. Vitest's browser mode has only ES modules.
const node = globalThis.process?.getBuiltinModule?.("node:module");
const { checkEachTest }: typeof import("./hooks.js") =
  node?.createRequire(import.meta.url)("../../../cjs/integrations/testing/hooks.js") ?? (await import("./hooks.js"));

checkEachTest({ beforeEach, afterEach });
