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
    if (isObject(answer)) void resolved(answer).then(undefined, reportDisposal);
  } catch (error) {
    reportDisposal(error);
  }
}

const reportDisposal = (error: unknown): void => reportLate("disposing of a value that came", error);

/** Reports an error that was meant for an await which was let go. */
export function reportLate(what: string, exception: unknown): void {
  reportFailure({ message: `an error occurred while ${what} after its await was interrupted`, exception });
}
