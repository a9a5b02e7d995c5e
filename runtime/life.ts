import { shared } from "./copies.js";
import type { Core } from "./core.js";
import type { CapturedContext } from "./host.js";
import { forget } from "./registered.js";
import { Status } from "./status.js";

/** What a generator needs to be cleaned up in the end. Most never have one. */
export class Life {
  /** Whether the registry has seen it. */
  enrolled = false;
  /** Whether the first call of a method has been noticed. */
  begun = false;
  /** The finalizer hook, captured at the first call. */
  finalizer: ((generator: any) => unknown) | null = null;
  /** Whether a close was started: nothing else will close the generator again. */
  closing = false;
  /** Whether the generator refused to close. */
  refused = false;
  /** Whether its handle is registered for finalization. */
  watched = false;
  context: CapturedContext | null = null;
  /** What else waits for the end of the generator; see `whenFinished`. */
  onFinished: ((core: Core) => void)[] | null = null;
  controller: AbortController | null = null;
  creationStack: string | undefined = undefined;
  /** When it was registered, at most a turn after it first waited or owed cleanup: milliseconds since the epoch. */
  since: number | undefined = undefined;
}

/** Stands for the life of a generator that waits in the nursery and has none of its own. */
export const NEWBORN = shared("NEWBORN", new Life());
NEWBORN.enrolled = true;

/** The generator's own life. */
export function lifeOf(core: Core): Life {
  const life = core.life;
  if (life !== null && life !== NEWBORN) return life;
  const own = (core.life = new Life());
  own.enrolled = life === NEWBORN;
  return own;
}

/** Whether nothing is left of the body, nor to clean up: requests may still wait for what they were given. */
export function isOver({ standing }: Core): boolean {
  return standing === Status.Completed || standing === Status.Draining || standing === Status.Finishing;
}

/** Has the function called once when the generator is finished. */
export function whenFinished(core: Core, act: (core: Core) => void): void {
  const life = lifeOf(core);
  life.onFinished ??= [];
  life.onFinished.push(act);
}

/** Takes the generator off the registry, and runs what waits for its end. */
export function finished(core: Core, life: Life): void {
  forget(core);
  const acts = life.onFinished ?? [];
  life.onFinished = null;
  for (const act of acts) act(core);
}
