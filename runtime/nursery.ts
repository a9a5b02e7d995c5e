import type { Core } from "./core.js";
import { coreOf } from "./handle.js";
import { type CapturedContext, inLaterTurn } from "./host.js";
import { Status } from "./status.js";

/** Receives a generator, which may be closed by now, with the context in which it was first used. */
type Graduate = (core: Core, handle: object, context: CapturedContext | null) => void;

const CAPACITY = 128;

/**
 * Keeps newcomers for a turn, because most are closed by then, and to register one is dear. When it is full, those that are
 * closed make room. It writes into the same arrays again and again, so that a collection finds few generators alive.
 */
export class Nursery {
  private readonly handles: (object | undefined)[] = new Array(CAPACITY).fill(undefined);
  private readonly contexts: (CapturedContext | null)[] = new Array(CAPACITY).fill(null);
  private count = 0;
  private flushIsDue = false;

  constructor(private readonly graduate: Graduate) {}

  add(handle: object, context: CapturedContext | null): void {
    if (this.count === CAPACITY) this.makeRoom();
    this.handles[this.count] = handle;
    this.contexts[this.count++] = context;
    if (!this.flushIsDue) this.flushInTurn();
  }

  private flushInTurn(): void {
    this.flushIsDue = true;
    inLaterTurn(() => {
      this.flushIsDue = false;
      this.flush();
    });
  }

  /** Lets all go. */
  flush(): void {
    const { count, handles, contexts } = this;
    this.count = 0;
    for (let i = 0; i < count; i++) {
      const handle = handles[i] as object;
      this.graduate(coreOf(handle) as Core, handle, contexts[i] as CapturedContext | null);
    }
    handles.fill(undefined);
    contexts.fill(null);
  }

  /** Lets the closed ones go; all, where most are open. */
  private makeRoom(): void {
    const { handles, contexts } = this;
    let open = 0;
    for (let i = 0; i < CAPACITY; i++) {
      const handle = handles[i] as object;
      if ((coreOf(handle) as Core).standing === Status.Completed) continue;
      handles[open] = handle;
      contexts[open++] = contexts[i] as CapturedContext | null;
    }
    this.count = open;
    if (open > CAPACITY / 2) this.flush();
  }
}
