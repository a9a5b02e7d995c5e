/** Defines `globalThis.__aclose`: everything that emitted code needs, for scripts and for other realms. */

import * as runtime from "./runtime.js";

if (!("__aclose" in globalThis)) {
  Object.defineProperty(globalThis, "__aclose", {
    value: runtime,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}
