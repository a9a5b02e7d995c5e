/** What the program has left alone of the engine's promises: the runtime then calls nothing that the program could notice. */

import { getPrototypeOf, hasOwn, IntrinsicPromise, promisePrototype, promiseThen, resolved } from "./intrinsics.js";

const species: typeof Symbol.species = Symbol.species;
const objectPrototype: { then?: unknown } = Object.prototype as never;

/** Whether calling `then` on a promise of the runtime's own calls nothing else. */
export function thenIsPristine(): boolean {
  return (
    promisePrototype.constructor === IntrinsicPromise &&
    promisePrototype.then === promiseThen &&
    IntrinsicPromise[species] === IntrinsicPromise
  );
}

/** Whether nothing can tell a promise that the runtime keeps to itself from none at all. */
export function promisesArePristine(): boolean {
  return promisePrototype.constructor === IntrinsicPromise && objectPrototype.then === undefined;
}

/** What inherits from `%Promise.prototype%` is an instance of it, whatever the program does to `Promise[Symbol.hasInstance]`. */
const PromiseShape: { new (): unknown; prototype: unknown } = function () {} as never;
PromiseShape.prototype = promisePrototype;

type Inheriting = { readonly __proto__?: object | null };

const hasAccessor = readsPrototypes();

/** Deno has taken the accessor away, and Node can be told to do so, or to throw (`--disable-proto`). */
function readsPrototypes(): boolean {
  try {
    // biome-ignore lint/suspicious/noProto: It is what is asked for.
    return (resolved(undefined) as Inheriting).__proto__ === promisePrototype;
  } catch {
    return false;
  }
}

/** By the accessor: engines learn the value's shape there, and know the answer from it. */
export function prototypeOf(value: object): object | null {
  // biome-ignore lint/suspicious/noProto: A function would be called each time.
  return hasAccessor ? (value as Inheriting).__proto__! : getPrototypeOf(value);
}

/**
 * Whether calling the intrinsic `then` on the value differs in nothing observable from `PerformPromiseThen`. Only a proxy, or a getter
 * in place of `__proto__`, can tell that it was asked, and may throw.
 */
export function isPristine(value: object): boolean {
  try {
    return (
      value instanceof PromiseShape &&
      prototypeOf(value) === promisePrototype &&
      promisePrototype.constructor === IntrinsicPromise &&
      !hasOwn(value, "constructor") &&
      IntrinsicPromise[species] === IntrinsicPromise
    );
  } catch {
    return false;
  }
}

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
