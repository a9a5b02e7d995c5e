import { Mode } from "./abi.js";
import type { AsyncIteratorRecord } from "./async-iterator.js";
import { isDirect } from "./consume.js";
import type { Core } from "./core.js";
import { coreOf } from "./handle.js";

/** Items that fused generators hand on in a row before everybody else gets a turn. */
const FUEL = 128;
let fuel = FUEL;

/**
 * Resumes the compiled generator behind a handle on behalf of a fused one. Returns undefined where that cannot be told
 * from a call no more, null where its next item is ready to be delivered, and otherwise the promise of its answer.
 */
export function pull(handle: object, next: unknown, value: unknown): Promise<unknown> | null | undefined {
  const inner = coreOf(handle);
  if (inner === undefined || !isDirect(inner, next, Mode.Next)) return undefined;
  return inner.advance(Mode.Next, value, handle);
}

/** Takes the item that `pull` found ready. */
export function deliver(handle: object): unknown {
  return (coreOf(handle) as Core).deliver();
}

/**
 * Asks a `for await`'s iterator for its next item on behalf of a fused body. Returns null when the body can go on with it at
 * once; undefined where the iterator has to be called; otherwise what has to be awaited.
 */
export function pullItem(core: Core, { iterator, next }: AsyncIteratorRecord): unknown {
  const answer = pull(iterator, next, undefined);
  if (answer !== null) return answer;
  const item = deliver(iterator);
  if (fuel-- <= 0) {
    fuel = FUEL;
    return { value: item, done: false };
  }
  core.mode = Mode.Next;
  core.value = item;
  core.done = false;
  return null;
}
