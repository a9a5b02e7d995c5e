import type { Core } from "./core.js";
import { Status } from "./status.js";

/** A fused loop that takes items within one call. It makes what it reads known when it has to wait: most generators are closed by then. */
export interface RunningLoop {
  readonly inner: Core | undefined;
  readonly iterator: object;
  /** The one whose body it runs in. */
  outer: RunningLoop | null;
  enrols: boolean;
}

let innermost: RunningLoop | null = null;

/** The loop begins to take items. */
export function enterLoop(loop: RunningLoop): void {
  loop.outer = innermost;
  loop.enrols = true;
  innermost = loop;
}

/** It has come to its end, or waits. */
export function leaveLoop(loop: RunningLoop): void {
  const { inner, iterator } = loop;
  innermost = loop.outer;
  loop.enrols = false;
  if (inner !== undefined && inner.standing !== Status.Completed) inner.enrolIfOwing(iterator);
}

/** Makes known what is being read, from the outside in, as somebody asks. */
export function enrolRead(loop: RunningLoop | null = innermost): void {
  if (loop === null) return;
  enrolRead(loop.outer);
  loop.inner?.enrolIfOwing(loop.iterator);
}
