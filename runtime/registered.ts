import { shared } from "./copies.js";
import type { Core } from "./core.js";

/** The generators that shutdown would close, in the order of registration. */
export const registered = shared("registered", new Set<Core>());

/** Takes the generator off that list. */
export function forget(core: Core): void {
  registered.delete(core);
}
