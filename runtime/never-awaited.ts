import { whenCollected } from "./host.js";
import { settings, warn } from "./settings.js";

const dropped = whenCollected<string>((message) => warn(message));

/** Has a warning given when the step is collected without ever having been awaited, as Python does. */
export function expectAwait(step: object, kind: string, generator: string): void {
  if (!settings.warnNeverAwaited) return;
  // Python calls both the same.
  const method = kind === "anext" ? "asend" : kind;
  dropped?.register(step, `coroutine method '${method}' of '${generator}' was never awaited`, step);
}

/** The step was awaited or cancelled. */
export function wasAwaited(step: object): void {
  if (settings.warnNeverAwaited) dropped?.unregister(step);
}
