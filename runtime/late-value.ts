import { apply, asMethod, isObject, resolved } from "./intrinsics.js";
import { reportFailure } from "./settings.js";

/** Calls a method, if there is one, whose answer nobody waits for: only an error is somebody's business. */
export function callAside(receiver: object, find: () => Function | undefined, fail: (error: unknown) => void): void {
  try {
    const method = find();
    const answer: unknown = method && apply(method, receiver, []);
    if (isObject(answer)) void resolved(answer).then(undefined, fail);
  } catch (error) {
    fail(error);
  }
}

/** Disposes of a value that came too late for whoever had asked for it. */
export function disposeOf(value: unknown): void {
  if (!isObject(value)) return;
  const late: Partial<AsyncDisposable & Disposable> = value;
  const find = (): Function | undefined =>
    asMethod(late[Symbol.asyncDispose], Symbol.asyncDispose) ?? asMethod(late[Symbol.dispose], Symbol.dispose);
  callAside(value, find, reportDisposal);
}

const reportDisposal = (error: unknown): void => reportLate("disposing of a value that came", error);

/** Reports an error that was meant for an await which was let go. */
export function reportLate(what: string, exception: unknown): void {
  reportFailure({ message: `an error occurred while ${what} after its await was interrupted`, exception });
}
