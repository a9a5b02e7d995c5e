/**
 * A compiled generator that reads another needs no promise between them: the answer goes straight into its core, and
 * it is woken one tick later, as `Await` of a settled promise would; fused, at once.
 */

import { Mode } from "./abi.js";
import type { AsyncIteratorRecord } from "./async-iterator.js";
import type { Core } from "./core.js";
import { observers } from "./first-call.js";
import { ownMethods } from "./own-methods.js";
import { promisesArePristine } from "./pristine.js";
import { Status } from "./status.js";
import { wakerOf } from "./waker.js";

/** Whether the generator is idle and the method is the one that would resume it, and nothing could tell a call from none. */
export function isDirect(inner: Core, method: unknown, mode: Mode): boolean {
  if (mode === Mode.Next) return isNextDirect(inner, method);
  const own = mode === Mode.Throw ? ownMethods.throw : ownMethods.return;
  return inner.status === Status.Yielded && method === own && promisesArePristine();
}

/** The same for `next`. */
export function isNextDirect(inner: Core, method: unknown): boolean {
  if (method !== ownMethods.next || !promisesArePristine()) return false;
  if (inner.standing === Status.Yielded) return true;
  return inner.isIdle() && !(observers.length > 0 && inner.standing === Status.Start);
}

/** Sends a resumption to the generator that the reader reads directly. Returns whose turn it is. */
export function link(reader: Core, request: AsyncIteratorRecord, inner: Core, mode: Mode, value: unknown): Core | null {
  request.sink = wakerOf(reader);
  if (reader.definition.fused === null) reader.standing = Status.Calling;
  reader.value = request.iterator;
  inner.current = request;
  return inner.unwrapYieldResumption(mode, value);
}
