/** Fused: taking items from a compiled generator that is idle, whose body runs within the call. */

import { Mode, Operation, OWES_CLEANUP } from "./abi.js";
import type { Asker } from "./asker.js";
import type { AsyncIteratorRecord } from "./async-iterator.js";
import { isNextDirect } from "./consume.js";
import type { Core } from "./core.js";
import { DEEPEST } from "./deepest.js";
import { FUEL, inFairTurn } from "./fair-turn.js";
import { advance, respond } from "./first-run.js";
import { isObject } from "./intrinsics.js";
import { Status } from "./status.js";
import { awaitable, awaitTick, wakerOf } from "./waker.js";

let depth = 0;
let fuel = FUEL;

let isHeld = false;

/** Within the first call of a generator: nobody expects that to enter the body of a loop, so what is ready is taken in a tick. */
export function hold(reader: Asker | null): void {
  isHeld ||= !reader?.reader;
}

/** Whether a fused generator may take its next item within a call: it reads a compiled one that is idle, or a synchronous iterator. */
export function canPull({ inner, nextMethod, sync }: AsyncIteratorRecord): boolean {
  return inner === undefined ? sync !== undefined : depth < DEEPEST && isNextDirect(inner, nextMethod);
}

/**
 * Called by the step of a fused generator that reads. Returns whether the reader has its item, or the end, at once: then in its
 * `mode` and `value`. Otherwise the step returns, and `op` says whether the wait has begun. Throws what the other body throws.
 */
export function pull(reader: Core, record: AsyncIteratorRecord): boolean {
  const { inner } = record;
  if (inner === undefined || inner.standing !== Status.Yielded || fuel <= 0) return false;
  if (inner.rare.pending !== null || reader.rare.interruption !== null || !canPull(record)) return false;
  depth++;
  const operand = inner.resumed(Mode.Next, undefined).runStep();
  depth--;
  const { op } = inner;
  if ((op & ~OWES_CLEANUP) !== Operation.Yield) return goOn(reader, record, inner, operand);
  if (isObject(operand)) {
    const awaited = awaitable(operand);
    if (awaited !== null) return goOn(reader, record, inner, awaited);
  }
  fuel--;
  if (op !== Operation.Yield) inner.enrolIfOwing(record.iterator);
  inner.rest();
  reader.mode = Mode.Next;
  reader.value = operand;
  return true;
}

/** What is read asks for more than to hand an item over. */
function goOn(reader: Core, record: AsyncIteratorRecord, inner: Core, operand: unknown): boolean {
  reader.standing = Status.Calling;
  record.reader = reader;
  depth++;
  const answer = respond(inner, operand, record.iterator, record);
  depth--;
  if (take(reader, record, answer) === null) {
    reader.op = Operation.Wait | (reader.op & OWES_CLEANUP);
    return false;
  }
  reader.standing = Status.Executing;
  if (reader.mode !== Mode.Throw) return true;
  reader.mode = Mode.Next;
  throw reader.value;
}

/** Asks for the next item. Returns the reader when it can go on with it at once; otherwise the answer will wake it. */
export function pullFirst(reader: Core, record: AsyncIteratorRecord): Core | null {
  if (record.sync !== undefined) return record.sync.ask(reader, record, []) === null ? notYet() : goesOn(reader);
  reader.standing = Status.Calling;
  record.reader = reader;
  depth++;
  const answer = advance(record.inner as Core, Mode.Next, undefined, record.iterator, record);
  depth--;
  return take(reader, record, answer);
}

function take(reader: Core, { inner, iterator }: AsyncIteratorRecord, answer: unknown): Core | null {
  if (answer === null) {
    reader.mode = Mode.Next;
    reader.value = (inner as Core).deliver();
  } else if (reader.standing !== Status.Answered) {
    reader.standing = Status.AwaitingNext;
    reader.value = iterator;
    return notYet();
  }
  return goesOn(reader);
}

function notYet(): null {
  isHeld = false;
  return null;
}

/** The reader has its item. Returns it unless it has to leave others a turn. */
function goesOn(reader: Core): Core | null {
  const waits = isHeld;
  isHeld = false;
  if (!waits && fuel-- > 0) return reader;
  reader.standing = Status.AwaitingAnswer;
  if (waits) awaitTick(reader);
  else {
    fuel = FUEL;
    inFairTurn(wakerOf(reader).fulfilled);
  }
  return null;
}
