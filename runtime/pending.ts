import { Mode } from "./abi.js";
import type { AsyncFromSyncIterator } from "./async-from-sync-iterator.js";
import type { Chain } from "./chain.js";
import type { Core } from "./core.js";
import type { Turn } from "./drive.js";
import { Status } from "./status.js";

/**
 * What a core is busy with between two runs of its step: `yield*` or a disposal. Emitted code makes it, so that code without has
 * nothing of it. The methods return whose turn it is: the core's, with its answer in `core.mode` and `core.value` once it is pending
 * no more.
 */
export interface Pending {
  /** Goes on after an await of its own. */
  wake(core: Core, mode: Mode, value: unknown): Turn | null;
  /** Begins, or goes on after a yield of its own. */
  receive(core: Core, mode: Mode, value: unknown): Turn | null;
  /** Goes on with what a compiled generator answered without a promise. */
  answered(core: Core, mode: Mode, value: unknown): Turn | null;
  /** What it awaits was let go of. Returns whether there is more to do before the body goes on with that completion. */
  interrupted(mode: Mode): boolean;
  /** The iterator that it reads. */
  readonly iterator?: object;
  /** Whether that has been asked to return. */
  readonly isClosing?: boolean;
  /** The chain that it is a link of; undefined for what can be none. */
  readonly chain?: Chain | null;
  /** The same if it wraps a synchronous one. */
  readonly sync?: AsyncFromSyncIterator | undefined;
  /** Fused: the chain that begins with the generator, if it can run as one. */
  findChain?(root: Core): Chain | null;
}

/** The body asks for an operation that takes several steps. */
export function begin(core: Core, pending: Pending): Core {
  core.ownRare().pending = pending;
  core.mode = Mode.Next;
  core.value = undefined;
  return core;
}

/** The iterator that a generator's `yield*` reads; undefined when it is in none. */
export function delegatedIterator({ rare }: Core): object | undefined {
  return rare.pending?.iterator;
}

/** The operation is over: the body goes on with its completion. */
export function answer(core: Core, mode: Mode, value: unknown): Core {
  core.rare.pending = null;
  core.standing = Status.Executing;
  core.mode = mode;
  core.value = value;
  return core;
}
