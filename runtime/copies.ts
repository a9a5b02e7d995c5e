import { VERSION } from "./abi.js";
import type { Core } from "./core.js";
import { isNative } from "./native-prototypes.js";
import type { ShutdownOptions, ShutdownReport } from "./shutdown.js";

/** What one copy of the runtime does for the others. Copies of other versions read this too. */
export interface Copy {
  shutdown(options: ShutdownOptions, waits?: (core: Core) => boolean): Promise<ShutdownReport>;
  reset(): void;
  atEnd(): void;
}

/** With the one listener for the end of the program: where modules are loaded anew for each test, Node would warn of as many. */
type Copies = Set<Copy> & { atEnd?: unknown };

const key = Symbol.for("aclose.copies");

/** All copies of the runtime in this realm; a library may have been bundled with its own. Where the global is frozen, each is alone. */
export const copies: Copies = (globalThis as { [key]?: Copies })[key] ?? new Set();
try {
  Object.defineProperty(globalThis, key, { value: copies, configurable: true });
} catch {}

/** A copy that was lowered for an engine without async generators has intrinsics of its own, and nothing in common with others. */
const state = ((copies as unknown as Record<string, Record<string, unknown>>)[VERSION + isNative] ??= {});

/**
 * What copies of one version have in common: what the first of them has brought. All that is state, or is compared by identity, is
 * shared so; the first one's definitions make all generators, which keep no other copy from being collected.
 */
export function shared<T>(name: string, own: T): T {
  return (state[name] ??= own) as T;
}
