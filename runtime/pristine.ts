/** What the program has left alone of the engine's promises: the runtime then calls nothing that the program could notice. */

import { getPrototypeOf, hasOwn, IntrinsicPromise, promisePrototype, promiseThen } from "./intrinsics.js";

const objectPrototype: { then?: unknown } = Object.prototype as never;

/** Whether calling `then` on a promise of the runtime's own calls nothing else. */
export function thenIsPristine(): boolean {
  return (
    promisePrototype.constructor === IntrinsicPromise &&
    promisePrototype.then === promiseThen &&
    IntrinsicPromise[Symbol.species] === IntrinsicPromise
  );
}

/** Whether nothing can tell a promise that the runtime keeps to itself from none at all. */
export function promisesArePristine(): boolean {
  return promisePrototype.constructor === IntrinsicPromise && objectPrototype.then === undefined;
}

/**
 * Whether calling the intrinsic `then` on the value differs in nothing observable from `PerformPromiseThen`. Only a proxy can tell that
 * it was asked, and may throw.
 */
export function isPristine(value: object): boolean {
  try {
    return (
      getPrototypeOf(value) === promisePrototype &&
      promisePrototype.constructor === IntrinsicPromise &&
      !hasOwn(value, "constructor") &&
      IntrinsicPromise[Symbol.species] === IntrinsicPromise
    );
  } catch {
    return false;
  }
}

/** What inherits from `%Promise.prototype%` is an instance of it, whatever the program does to `Promise[Symbol.hasInstance]`. */
const PromiseShape: { new (): unknown; prototype: unknown } = function () {} as never;
PromiseShape.prototype = promisePrototype;

/**
 * Whether `Await` asks for nothing but the `then` of the value: it does not inherit from a promise, and is no proxy that refuses to
 * tell. (A promise that inherits from no promise of this realm is taken as any other thenable; its `constructor` could tell.)
 */
export function isOrdinary(value: object): boolean {
  try {
    return !(value instanceof PromiseShape) && thenIsPristine();
  } catch {
    return false;
  }
}
