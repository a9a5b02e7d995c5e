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
const arrayPrototype: object = Array.prototype;

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
 * Nobody else has it, so nothing has such a property. To read it teaches V8 the shape of a value, which makes the checks that follow
 * cheap.
 */
const UNKNOWN = Symbol("unknown");

/** What a value inherits from. A proxy can tell that it was asked, and may throw; nothing else can. */
function prototypeOf(value: any): unknown {
  return value[UNKNOWN] === undefined ? getPrototypeOf(value) : undefined;
}

/**
 * Whether calling the intrinsic `then` on the value differs in nothing observable from `PerformPromiseThen`. Its `constructor` is read
 * when it is known that nobody's code runs then.
 */
export function isPristine(value: any): boolean {
  try {
    return (
      prototypeOf(value) === promisePrototype &&
      !hasOwn(value, "constructor") &&
      value.constructor === IntrinsicPromise &&
      IntrinsicPromise[Symbol.species] === IntrinsicPromise
    );
  } catch {
    return false;
  }
}

/**
 * Whether `PromiseResolve` would do nothing with the value but ask for its `then`: it is a plain object or an array. (A promise that
 * was given one of their prototypes, and `%Promise%` as its own `constructor`, would be awaited natively; nothing else tells.) Of
 * others it is not known whether they are promises, whose `constructor` is asked for as well.
 */
export function isPlain(value: object): boolean {
  try {
    const prototype = prototypeOf(value);
    return prototype === objectPrototype || prototype === arrayPrototype;
  } catch {
    return false;
  }
}

/** Whether the value inherits from a promise, or will not tell. */
export function mayBePromise(value: object): boolean {
  try {
    return isPrototypeOf(promisePrototype, value);
  } catch {
    return true;
  }
}
