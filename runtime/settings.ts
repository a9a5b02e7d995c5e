import { shared } from "./copies.js";

/** What went wrong where nobody awaits, or is worth knowing. */
export interface AsyncGeneratorReport {
  /** What happened to which generator. */
  readonly message: string;
  /** The error. */
  readonly exception: unknown;
  /** The generator, or a handle that works like it when the generator itself has been collected. */
  readonly asyncGenerator?: unknown;
}

/** Process-wide settings. */
export interface AsyncGeneratorSettings {
  /** Takes errors that nobody awaits. Default: `process.emitWarning` or `reportError`. */
  onError: (report: AsyncGeneratorReport) => void;
  /** Takes warnings. Default: `process.emitWarning` or `console.warn`. */
  onWarning: (warning: { readonly message: string; readonly asyncGenerator?: unknown }) => void;
  /** Remembers the stack where each generator was created, for leak reports. Slow. */
  captureCreationStack: boolean;
  /** Warns of `anext()`, `asend()`, `athrow()` and `aclose()` that are dropped without being awaited. Slow. */
  warnNeverAwaited: boolean;
}

const host = globalThis as {
  process?: { emitWarning?: (warning: Error | string, options?: object) => void };
  reportError?: (error: unknown) => void;
  console?: { error: (...data: unknown[]) => void; warn: (...data: unknown[]) => void };
};

export function defaultOnError({ message, exception }: AsyncGeneratorReport): void {
  if (host.process?.emitWarning) {
    const detail = (exception instanceof Error && exception.stack) || String(exception);
    host.process.emitWarning(message, { type: "AsyncGeneratorWarning", detail });
  } else if (host.reportError) host.reportError(exception);
  else host.console?.error(message, exception);
}

export function defaultOnWarning({ message }: { message: string }): void {
  if (host.process?.emitWarning) host.process.emitWarning(message, { type: "AsyncGeneratorWarning" });
  else host.console?.warn(message);
}

export const settings = shared<AsyncGeneratorSettings>("settings", {
  onError: defaultOnError,
  onWarning: defaultOnWarning,
  captureCreationStack: false,
  warnNeverAwaited: false,
});

/** Reports an error that nobody awaits. */
export function reportFailure(report: AsyncGeneratorReport): void {
  tell("onError", report);
}

/** Reports what is worth knowing. */
export function warn(message: string, asyncGenerator?: unknown): void {
  tell("onWarning", { message, asyncGenerator } as AsyncGeneratorReport);
}

/** A reporter that throws cannot do harm. */
function tell(reporter: "onError" | "onWarning", report: AsyncGeneratorReport): void {
  try {
    settings[reporter](report);
  } catch (exception) {
    defaultOnError({ message: `an error occurred in ${reporter}`, exception });
  }
}
