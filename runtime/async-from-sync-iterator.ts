import { apply, getMethod, IntrinsicTypeError, rejected, resolved } from "./intrinsics.js";
import { requireResult } from "./iterator-result.js";

type Result = { value: unknown; done: boolean };

/** `%AsyncFromSyncIteratorPrototype%` ({@link https://tc39.es/ecma262/#sec-async-from-sync-iterator-objects}). */
export class AsyncFromSyncIterator {
  declare readonly iterator: any;
  declare readonly syncNext: Function;

  constructor(iterator: object, next: Function) {
    this.iterator = iterator;
    this.syncNext = next;
  }

  next(...args: unknown[]): Promise<Result> {
    return continuation(this.iterator, this.syncNext, args, true);
  }

  return(...args: unknown[]): Promise<Result> {
    let method: Function | undefined;
    try {
      method = getMethod(this.iterator, "return");
    } catch (error) {
      return rejected(error);
    }
    if (method === undefined) return resolved({ value: args[0], done: true });
    return continuation(this.iterator, method, args, false);
  }

  throw(...args: unknown[]): Promise<Result> {
    let method: Function | undefined;
    try {
      method = getMethod(this.iterator, "throw");
      if (method === undefined) {
        closeSyncIterator(this.iterator);
        throw new IntrinsicTypeError("The iterator does not provide a 'throw' method");
      }
    } catch (error) {
      return rejected(error);
    }
    return continuation(this.iterator, method, args, true);
  }
}

/**
 * Calls the method and hands on what it answers:
 * `AsyncFromSyncIteratorContinuation` ({@link https://tc39.es/ecma262/#sec-asyncfromsynciteratorcontinuation}).
 */
async function continuation(
  iterator: object,
  method: Function,
  args: unknown[],
  closeOnRejection: boolean,
): Promise<Result> {
  const result: unknown = apply(method, iterator, args);
  requireResult(result);
  const done = !!result.done;
  const value = result.value;
  try {
    return { value: await value, done };
  } catch (error) {
    if (!done && closeOnRejection) closeQuietly(iterator);
    throw error;
  }
}

/** `IteratorClose` ({@link https://tc39.es/ecma262/#sec-iteratorclose}) for a completion that is not a throw. */
export function closeSyncIterator(iterator: object): void {
  const method = getMethod(iterator, "return");
  if (method !== undefined) requireResult(apply(method, iterator, []));
}

/** `IteratorClose` for a throw completion. */
export function closeQuietly(iterator: object): void {
  try {
    const method = getMethod(iterator, "return");
    if (method !== undefined) apply(method, iterator, []);
  } catch {
    // The completion that is being delivered wins.
  }
}
