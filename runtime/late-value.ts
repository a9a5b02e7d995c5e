import { apply, asMethod, isObject, resolved } from "./intrinsics.js";
import { reportFailure } from "./settings.js";

/** Disposes of a value that came too late for whoever had asked for it. */
export function disposeOf(value: unknown): void {
  if (!isObject(value)) return;
  const late: Partial<AsyncDisposable & Disposable> = value;
  try {
    const method =
      asMethod(late[Symbol.asyncDispose], Symbol.asyncDispose) ?? asMethod(late[Symbol.dispose], Symbol.dispose);
    if (method === undefined) return;
    const answer = apply(method, value, []);
    if (isObject(answer)) void resolved(answer).then(undefined, reportLate);
  } catch (error) {
    reportLate(error);
  }
}

function reportLate(exception: unknown): void {
  reportFailure({
    message: "an error occurred while disposing of a value that came after its await was interrupted",
    exception,
  });
}
