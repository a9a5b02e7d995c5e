import { apply, asMethod, IntrinsicTypeError, rejected, resolved } from "./intrinsics.js";
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
      method = asMethod(this.iterator.return, "return");
    } catch (error) {
      return rejected(error);
    }
    if (method === undefined) return resolved({ value: args[0], done: true });
    return continuation(this.iterator, method, args, false);
  }

  throw(...args: unknown[]): Promise<Result> {
    let method: Function | undefined;
    try {
      method = asMethod(this.iterator.throw, "throw");
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
export function closeSyncIterator(iterator: { return?: unknown }): void {
  const method = asMethod(iterator.return, "return");
  if (method !== undefined) requireResult(apply(method, iterator, []));
}

/** `IteratorClose` for a throw completion. */
export function closeQuietly(iterator: { return?: unknown }): void {
  try {
    const method = asMethod(iterator.return, "return");
    if (method !== undefined) apply(method, iterator, []);
  } catch {
    // The completion that is being delivered wins.
  }
}
