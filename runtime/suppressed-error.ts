interface SuppressedErrorLike extends Error {
  error: unknown;
  suppressed: unknown;
}

const Native: (new (error: unknown, suppressed: unknown, message?: string) => SuppressedErrorLike) | undefined = (
  globalThis as any
).SuppressedError;

/** `SuppressedError` for engines that lack it ({@link https://tc39.es/ecma262/#sec-suppressederror-objects}). */
class SuppressedError extends Error {
  constructor(error: unknown, suppressed: unknown, message?: string) {
    super(message);
    define(this, "error", error);
    define(this, "suppressed", suppressed);
  }
}
// No static block: React Native's preset for Babel does not lower one, and fails.
define(SuppressedError.prototype, "name", "SuppressedError");

function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: false, configurable: true });
}

/** The error that stands for `error`, which came up while `suppressed` was on its way. */
export function suppressed(error: unknown, suppressed: unknown): SuppressedErrorLike {
  if (Native !== undefined) return new Native(error, suppressed);
  return new SuppressedError(error, suppressed) as SuppressedErrorLike;
}
