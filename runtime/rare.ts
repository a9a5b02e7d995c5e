import { type Life, NEWBORN } from "./life.js";
import type { Pending } from "./pending.js";
import type { Request } from "./request.js";

/** What a generator that only yields, to one consumer, never has: a core without it is smaller, and one check tells. */
export class Rare {
  declare queue: Request | null;
  declare pending: Pending | null;
  declare life: Life | null;

  constructor() {
    this.queue = null;
    this.pending = null;
    this.life = null;
  }
}

/** What generators share that wait in the nursery and have nothing else. It never changes. */
export const RARE_OF_NEWBORN = new Rare();
RARE_OF_NEWBORN.life = NEWBORN;
