/** What the program has left alone of the engine's promises: the runtime then calls nothing that the program could notice. */

import {
  getPrototypeOf,
  hasOwn,
  IntrinsicPromise,
  isPrototypeOf,
  promisePrototype,
  promiseThen,
} from "./intrinsics.js";

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

/** Nobody else has it, so nothing has such a property. */
const UNKNOWN = Symbol("unknown");

/**
 * Whether calling the intrinsic `then` on the value differs in nothing observable from `PerformPromiseThen`. Its `constructor` is read
 * when it is known that nobody's code runs then. The read before teaches V8 the shape of the value, which makes all that follows
 * cheap.
 */
export function isPristine(value: any): boolean {
  return (
    isPrototypeOf(promisePrototype, value) &&
    value[UNKNOWN] === undefined &&
    getPrototypeOf(value) === promisePrototype &&
    !hasOwn(value, "constructor") &&
    value.constructor === IntrinsicPromise &&
    IntrinsicPromise[Symbol.species] === IntrinsicPromise
  );
}
