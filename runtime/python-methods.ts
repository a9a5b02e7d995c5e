import type { CloseOptions } from "./close-with-options.js";
import { aclose, anext, asend, athrow } from "./python.js";

/** The Python family as methods of every async generator. Native ones get what can be done for them. */
export const pythonMethods = {
  anext(this: any): unknown {
    return anext(this);
  },
  asend(this: any, value: unknown): unknown {
    return asend(this, value);
  },
  athrow(this: any, _error: unknown): unknown {
    return (athrow as Function)(this, ...arguments);
  },
  aclose(this: any, options?: CloseOptions): unknown {
    return aclose(this, options as CloseOptions);
  },
};
