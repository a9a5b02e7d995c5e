/** Fused: a run within a call that has to wait. `root` is who was asked, `core` who waits: the leaf of its chain, or itself. */

import type { Asker } from "./asker.js";
import type { Core } from "./core.js";
import { drive } from "./drive.js";
import { type Answer, promised } from "./first-run.js";
import { perform } from "./perform.js";
import { Status } from "./status.js";
import { awaitPristine } from "./waker.js";

/** From here on the answer is a matter of time. */
export function suspend(root: Core, handle: object, reader: Asker | null): Answer {
  root.enrolIfOwing(handle);
  return promised(root, reader);
}

/** For what its body has asked for. */
export function wait(root: Core, core: Core, operand: unknown, handle: object, reader: Asker | null): Answer {
  const promise = suspend(root, handle, reader);
  drive(perform(core, operand), core);
  return promise;
}

/** For an operation that takes several steps. */
export function operate(root: Core, core: Core, handle: object, reader: Asker | null): Answer {
  const promise = suspend(root, handle, reader);
  drive(core);
  return promise;
}

/** For the promise that it yields. */
export function waitToYield(root: Core, core: Core, awaited: object, handle: object, reader: Asker | null): Answer {
  const promise = suspend(root, handle, reader);
  core.standing = Status.AwaitingYield;
  if (awaitPristine(core, awaited, awaited) !== null) drive(core);
  return promise;
}
