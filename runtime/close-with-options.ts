import { close } from "./close-request.js";
import type { Core } from "./core.js";
import { expires } from "./expires.js";
import { interruptToClose, reportDropped } from "./interrupt.js";

/**
 * How an `aclose` with options ended: nothing was cut short; a pending await was interrupted; or the time was up, and what was
 * pending then was interrupted.
 */
export type CloseOutcome = "clean" | "interrupted" | "timedOut";

/** What an `aclose` does that Python's does not. */
export interface CloseOptions {
  /** Interrupts a pending await. Default: false, which waits for it. */
  readonly interrupt?: boolean | undefined;
  /** Interrupts what is still pending after so many milliseconds, cleanup included. Default: no limit. */
  readonly timeoutMs?: number | undefined;
}

/** What `aclose` does that Python's does not. */
export async function closeWithOptions(core: Core, options: CloseOptions): Promise<CloseOutcome> {
  const interrupted = options.interrupt === true && interruptToClose(core);
  const closed = close(core);
  if (await expires(closed, options.timeoutMs)) {
    // What it hangs in is cut short; a cleanup that hangs again is left alone.
    interruptToClose(core);
    void closed.then(undefined, reportDropped);
    return "timedOut";
  }
  await closed;
  return interrupted ? "interrupted" : "clean";
}
