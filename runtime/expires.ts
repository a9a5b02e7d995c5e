import { IntrinsicPromise } from "./intrinsics.js";

/** The longest time that a timer knows, almost 25 days: with any longer one it goes off at once. */
const LONGEST = 2 ** 31 - 1;

/** Whether the promise is still pending after so many milliseconds. It counts as handled from here on. */
export function expires(promise: Promise<unknown>, milliseconds = Infinity): Promise<boolean> {
  return new IntrinsicPromise((resolve) => {
    const timer = milliseconds > LONGEST ? undefined : setTimeout(resolve, milliseconds, true);
    const settled = (): void => {
      if (timer) clearTimeout(timer);
      resolve(false);
    };
    promise.then(settled, settled);
  });
}
