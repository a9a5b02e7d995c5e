import { captureCreationStacks } from "./creation-stack.js";
import { type AsyncGeneratorSettings, defaultOnError, defaultOnWarning, settings } from "./settings.js";

const known: { readonly [K in keyof AsyncGeneratorSettings]: true } = {
  onError: true,
  onWarning: true,
  captureCreationStack: true,
  warnNeverAwaited: true,
};

/**
 * Changes process-wide settings. A key that is missing stays as it is; undefined restores the default.
 *
 * @throws TypeError for a setting that there is not, and an `onError` or `onWarning` that is no function; then nothing is changed
 */
export function configureAsyncGenerators(
  changes: { [K in keyof AsyncGeneratorSettings]?: AsyncGeneratorSettings[K] | undefined },
): void {
  for (const key of Object.keys(changes))
    if (!Object.hasOwn(known, key))
      throw new TypeError(`unknown setting ${key}; the settings are: ${Object.keys(known).join(", ")}`);
  for (const key of ["onError", "onWarning"] as const) {
    const value = changes[key];
    if (value !== undefined && typeof value !== "function")
      throw new TypeError(`callable ${key} expected, got ${typeof value}`);
  }
  if ("onError" in changes) settings.onError = changes.onError ?? defaultOnError;
  if ("onWarning" in changes) settings.onWarning = changes.onWarning ?? defaultOnWarning;
  if ("captureCreationStack" in changes) {
    settings.captureCreationStack = changes.captureCreationStack ?? false;
    captureCreationStacks(settings.captureCreationStack);
  }
  if ("warnNeverAwaited" in changes) settings.warnNeverAwaited = changes.warnNeverAwaited ?? false;
}
