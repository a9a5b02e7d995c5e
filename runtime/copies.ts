import type { ShutdownOptions, ShutdownReport } from "./shutdown.js";

/** What one copy of the runtime does for the others. Copies of other versions read this too. */
export interface Copy {
  shutdown(options: ShutdownOptions): Promise<ShutdownReport>;
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
