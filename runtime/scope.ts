import { OWES_CLEANUP } from "./abi.js";
import { closeInBackground } from "./background-close.js";
import { close, isCleaningUp } from "./close-request.js";
import { shared } from "./copies.js";
import type { Core } from "./core.js";
import { ignoreFirstCalls, observeFirstCalls } from "./first-call.js";
import { type ContextVariable, host } from "./host.js";
import { interruptWait } from "./interrupt.js";
import { IntrinsicPromise } from "./intrinsics.js";
import { isOver, lifeOf, whenFinished } from "./life.js";
import { readersOf } from "./read-by.js";
import { watch } from "./registry.js";
import { Status } from "./status.js";
import { suppressed } from "./suppressed-error.js";
import { waitersFor } from "./waits-for.js";

/** What copies of the runtime know of a scope: each has a class of its own. */
interface Scope {
  readonly members: (Core | Scope)[];
  readonly parent: Scope | undefined;
  readonly interrupts: boolean;
  /** From its close on; resolved, whatever fails, when that is over. */
  closing: Promise<void> | undefined;
}

/** Tells who waits for the close itself, which cannot wait for it then. */
type Waits = (core: Core) => boolean;

const state = shared("scopes", { current: undefined as ContextVariable<Scope> | undefined, open: 0, adopt });

/** Options for closing a scope. */
export interface ScopeOptions {
  /** Interrupts members that are waiting for something. Default: they are waited for. */
  readonly interrupt?: boolean | undefined;
}

/**
 * Owns the generators that are first used inside `run`: they are closed when it ends, last first, but one that another of them
 * reads in a `for await` or by `yield*` behind that. Scopes nest.
 */
export class AsyncGeneratorScope implements AsyncDisposable {
  readonly #scope: Scope;

  constructor(options: ScopeOptions = {}) {
    state.current ??= host.createContextVariable<Scope>();
    const parent = openScope();
    this.#scope = { members: [], parent, interrupts: options.interrupt === true, closing: undefined };
    parent?.members.push(this.#scope);
    if (state.open++ === 0) observeFirstCalls(state.adopt);
  }

  /**
   * Runs the function and gives its result. Generators first used in it, and in what it awaits, belong to the scope; outside of
   * Node only those first used before its first await.
   * @throws Error when the scope is closed
   */
  run<R>(fn: () => R): R {
    if (this.#scope.closing !== undefined) throw new Error("The scope is closed");
    return (state.current as ContextVariable<Scope>).run(this.#scope, fn);
  }

  /**
   * Closes the members, last first. Throws the error of a cleanup; several come as SuppressedError. Called once more, it waits for
   * the close that is under way, and throws nothing. A member that awaits it itself, as in its `finally`, or in whose body it is
   * called, is not waited for: it is closed when it goes on, and its error goes to `onError`.
   */
  close(): Promise<void> {
    const waits = waitersFor(coresIn(this.#scope.members));
    const promise: Promise<void> = closeScope(this.#scope, (core) => waits(core, promise));
    return promise;
  }

  /** Closes it, at the end of the block of an `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function closeScope(scope: Scope, waits: Waits): Promise<void> {
  const { closing, members, parent } = scope;
  let end = (): void => {};
  scope.closing ??= new IntrinsicPromise((resolve) => {
    end = resolve;
  });
  if (closing === undefined && --state.open === 0) ignoreFirstCalls(state.adopt);
  // Whoever calls this begins to wait for it only now.
  await null;
  // What fails is told to who began it.
  if (closing !== undefined) return coresIn(members).some(waits) ? undefined : closing;
  try {
    await closeMembers(scope, waits);
  } finally {
    // Not before: the one around it is closed when this one is.
    if (parent !== undefined) forget(parent, scope);
    end();
  }
}

async function closeMembers(scope: Scope, waits: Waits): Promise<void> {
  const { members } = scope;
  let failure: { error: unknown } | undefined;
  const readers = readersOf(coresIn(members));
  while (members.length > 0) {
    const member = outermost(members[members.length - 1] as Core | Scope, members, readers);
    try {
      await closeMember(scope, member, waits);
    } catch (error) {
      failure = { error: failure === undefined ? error : suppressed(error, failure.error) };
    }
    // Not before: whoever is being cleaned up is a member still.
    forget(scope, member);
  }
  if (failure !== undefined) throw failure.error;
}

const coresIn = (members: Scope["members"]): Core[] =>
  members.flatMap((member) => ("members" in member ? coresIn(member.members) : member));

/**
 * The member, or who reads it, or who reads that. A reader is the first to be used, before what it makes for itself to read; if
 * that closed first, the reader would take it for the end of its source.
 */
function outermost(
  member: Core | Scope,
  members: readonly (Core | Scope)[],
  readers: ReadonlyMap<Core, Core>,
  passed = new Set<Core | Scope>(),
): Core | Scope {
  passed.add(member);
  for (const each of coresIn([member])) {
    const reader = readers.get(each);
    if (reader !== undefined && members.includes(reader) && !passed.has(reader))
      return outermost(reader, members, readers, passed);
  }
  return member;
}

function closeMember({ interrupts }: Scope, member: Core | Scope, waits: Waits): Promise<void> | void {
  if ("members" in member) return closeScope(member, waits);
  if (interrupts && !isCleaningUp(member)) interruptWait(member, true);
  else if (waits(member)) return closeInBackground(member);
  return close(member);
}

function forget({ members }: Scope, member: Core | Scope): void {
  const index = members.lastIndexOf(member);
  if (index >= 0) members.splice(index, 1);
}

/** The innermost scope around this that is open: what was begun in one that is closed by now goes on in those around it. */
function openScope(): Scope | undefined {
  let scope = state.current?.get();
  while (scope?.closing !== undefined) scope = scope.parent;
  return scope;
}

/** Makes the generator a member of the scope that is open here. */
function adopt(core: Core, handle: object): void {
  const scope = openScope();
  if (scope === undefined || core.status === Status.Completed) return;
  const life = lifeOf(core);
  life.begun = true;
  scope.members.push(core);
  whenFinished(core, (finished) => isDone(finished) && forget(scope, finished));
  // The scope may live longer: one that is dropped where it owes nothing is never finished otherwise.
  watch(core, handle);
}

/** Whether nothing is left to close. One that was collected where hooks close nothing may owe its cleanup still. */
function isDone(core: Core): boolean {
  return isOver(core) || (core.status === Status.Yielded && (core.op & OWES_CLEANUP) === 0);
}
