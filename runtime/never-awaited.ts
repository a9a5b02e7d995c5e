import { whenCollected } from "./host.js";
import { settings, warn } from "./settings.js";

/** Made by the first step that is to be awaited. */
let dropped: ReturnType<typeof whenCollected<string>>;

/** Has a warning given when the step is collected without ever having been awaited, as Python does. */
export function expectAwait(step: object, kind: string, generator: string): void {
  if (!settings.warnNeverAwaited) return;
  dropped ??= whenCollected(warn);
  // Python calls both the same.
  const method = kind === "anext" ? "asend" : kind;
  dropped?.register(step, `coroutine method '${method}' of '${generator}' was never awaited`, step);
}

/** The step was awaited or cancelled, which may be after the setting has been switched off. */
export function wasAwaited(step: object): void {
  dropped?.unregister(step);
}
