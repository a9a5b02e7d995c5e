/** Fused: taking items from a compiled generator that is idle, whose body runs within the call. */

import { Mode } from "./abi.js";
import type { AsyncIteratorRecord } from "./async-iterator.js";
import { isDirect } from "./consume.js";
import type { Core } from "./core.js";
import { FUEL } from "./fuel.js";
import { Status } from "./status.js";
import { awaitTick } from "./waker.js";

/** Calls within calls; a longer chain of readers goes on in the trampoline, which needs no stack. */
const DEEPEST = 64;
let depth = 0;
let fuel = FUEL;

/** Whether a fused generator may take its next item within a call: it reads a compiled one that is idle. */
export function canPull({ inner, next }: AsyncIteratorRecord): boolean {
  return inner !== undefined && depth < DEEPEST && isDirect(inner, next, Mode.Next);
}

/** Asks for the next item. Returns the reader when it can go on with it at once; otherwise the answer will wake it. */
export function pull(reader: Core, { inner, iterator }: AsyncIteratorRecord): Core | null {
  reader.status = Status.Calling;
  depth++;
  const answer = (inner as Core).advance(Mode.Next, undefined, iterator, reader);
  depth--;
  if (answer === null) {
    reader.mode = Mode.Next;
    reader.value = (inner as Core).deliver();
    if (fuel-- > 0) return reader;
    fuel = FUEL;
    reader.status = Status.AwaitingAnswer;
    awaitTick(reader);
    return null;
  }
  if ((reader.status as Status) === Status.Answered) return reader;
  reader.status = Status.AwaitingNext;
  reader.value = iterator;
  return null;
}
