import type { Mode } from "./abi.js";
import { type Life, NEWBORN } from "./life.js";
import type { Pending } from "./pending.js";
import type { Request } from "./request.js";

/** The completion that an interruption delivers. */
export interface Interruption {
  readonly mode: Mode;
  readonly value: unknown;
  /** Called when it was kept for a body: in its place when that waits; in a tick when it answers without having waited. */
  readonly missed?: (() => void) | undefined;
}

/** What a generator that only yields, to one consumer, never has: a core without it is smaller, and one check tells. */
export class Rare {
  /** The youngest waiting request; its `next` is the oldest. */
  declare queue: Request | null;
  declare pending: Pending | null;
  declare life: Life | null;
  /** An interruption that came while the body was running. */
  declare interruption: Interruption | null;

  constructor(life: Life | null) {
    this.queue = null;
    this.pending = null;
    this.life = life;
    this.interruption = null;
  }
}

/** What generators share that have none of this. It never changes, and spares every reader a check. */
export const NOTHING_RARE = new Rare(null);

/** What generators share that wait in the nursery and have nothing else. It never changes. */
export const RARE_OF_NEWBORN = new Rare(NEWBORN);
