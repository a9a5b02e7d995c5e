import type { Core } from "./core.js";

/**
 * An error remembers the receivers of the calls that it came through until its stack is written out, in V8. One that a
 * body has caught may thus refer to the generator's own handle, and the registry keeps the body: the handle would
 * never be collected. So the stacks are read.
 */
export function writeOutStacks({ variables }: Core): void {
  for (const key in variables as object) {
    try {
      const value: unknown = (variables as never)[key];
      if (value instanceof Error) void value.stack;
    } catch {
      // A revoked proxy, or a stack that cannot be read.
    }
  }
}
