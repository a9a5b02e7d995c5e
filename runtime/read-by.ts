/** Which compiled generator reads which. */

import type { AsyncIteratorRecord } from "./async-iterator.js";
import type { Core } from "./core.js";
import { coreOf } from "./handle.js";
import { isObject } from "./intrinsics.js";
import { delegatedIterator } from "./pending.js";
import type { AsyncGeneratorPosition } from "./positions.js";
import { Status } from "./status.js";

/** A generator that reads another. */
export interface ReadBy {
  /** That of its function; empty where that has none. */
  readonly name: string;
  /** Where it stands; undefined if it was compiled with `positions: false`. */
  readonly position: AsyncGeneratorPosition | undefined;
}

/** The reader of each of the generators that has one. */
export function readersOf(cores: readonly Core[]): Map<Core, Core> {
  const readers = new Map<Core, Core>();
  for (const core of cores) {
    const sink = (core.current as Partial<AsyncIteratorRecord> | null)?.sink?.core;
    if (sink) readers.set(core, sink);
  }
  for (const core of cores) for (const inner of readFrom(core)) if (!readers.has(inner)) readers.set(inner, core);
  return readers;
}

/** The compiled generators that one waits for, delegates to, or has an open loop over. */
function readFrom(core: Core): Core[] {
  const candidates = [
    awaitsIterator(core) ? core.value : undefined,
    delegatedIterator(core),
    ...openIterators(core.variables),
  ];
  return candidates.map(coreOf).filter((inner): inner is Core => inner !== undefined && inner !== core);
}

const awaitsIterator = ({ status }: Core): boolean =>
  status === Status.AwaitingNext || status === Status.AwaitingClose || status === Status.AwaitingQuietClose;

/** The iterators of `for await` loops, which the frame holds in fields of the compiler's own. */
function openIterators(variables: unknown): unknown[] {
  if (!isObject(variables)) return [];
  return Object.entries(variables).flatMap(([name, value]) =>
    name.startsWith("$iterator") && isObject(value) ? [(value as Partial<AsyncIteratorRecord>).iterator] : [],
  );
}
