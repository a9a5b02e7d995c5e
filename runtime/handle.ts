import { shared } from "./copies.js";
import type { Core } from "./core.js";

/** Its subclasses add their private fields to the object that they are given. */
class Stamped {
  constructor(object: object) {
    return object;
  }
}

/**
 * What makes an object a generator handle: a private reference to its core, so that the object has no keys of its own
 * and nothing can forge it.
 */
class Handle extends Stamped {
  #core: Core;

  constructor(object: object, core: Core) {
    super(object);
    this.#core = core;
  }

  static coreOf(value: unknown): Core | undefined {
    return typeof value === "object" && value !== null && #core in value ? value.#core : undefined;
  }
}

/** The core behind a handle; undefined for everything else. */
export const coreOf: (value: unknown) => Core | undefined = shared("coreOf", Handle.coreOf);

/** Makes the object the handle of the core. */
export function stamp<T extends object>(object: T, core: Core): T {
  new Handle(object, core);
  return object;
}
