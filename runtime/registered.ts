import { shared } from "./copies.js";
import type { Core } from "./core.js";
import type { Collections } from "./host.js";

/** The generators that shutdown would close, in the order of registration, with who learns of their collection. */
export const registered: Set<Core> & { finalizer?: Collections<Core | null> | undefined } = shared(
  "registered",
  new Set<Core>(),
);

/**
 * Takes the generator off that list. Nor is its collection awaited, which would never come where something that it keeps has the handle, as
 * the context of its first call.
 */
export function forget(core: Core): void {
  registered.delete(core);
  registered.finalizer?.unregister(core);
}
