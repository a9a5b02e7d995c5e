/**
 * The realm's intrinsics, captured when the runtime is loaded, so that later changes to the built-ins can be seen by
 * a program only where ECMAScript says so.
 */

export const { apply } = Reflect;
export const { create, defineProperty, getPrototypeOf, setPrototypeOf } = Object;

// Bundlers leave these out where nothing needs them.
export const constructWith = Reflect.construct;
export const getOwnPropertyDescriptor = Reflect.getOwnPropertyDescriptor;
export const ownKeys = Reflect.ownKeys;

export const IntrinsicPromise: PromiseConstructor = Promise;
export const promisePrototype: Promise<unknown> = Promise.prototype;
export const promiseThen: Function = Promise.prototype.then;

export const IntrinsicTypeError: TypeErrorConstructor = TypeError;
export const IntrinsicReferenceError: ReferenceErrorConstructor = ReferenceError;

/** `PromiseResolve(%Promise%, value)` ({@link https://tc39.es/ecma262/#sec-promise-resolve}). */
export const resolved: (value: unknown) => Promise<any> = Promise.resolve.bind(Promise);

/** A promise that is rejected with `reason`. */
export const rejected: (reason: unknown) => Promise<any> = Promise.reject.bind(Promise);

const { call } = Function.prototype;
const { hasOwnProperty } = Object.prototype;

/** `Call` of a function of the engine's. Engines inline its `call`, unless the program has replaced that. */
export function callIntrinsic(fn: Function, receiver: unknown, first: unknown, second?: unknown): any {
  return fn.call === call ? fn.call(receiver, first, second) : apply(fn, receiver, [first, second]);
}

export function hasOwn(object: object, key: PropertyKey): boolean {
  return callIntrinsic(hasOwnProperty, object, key);
}

/** Whether the value is an Object ({@link https://tc39.es/ecma262/#sec-object-type}). */
export function isObject(value: unknown): value is object {
  return typeof value === "object" ? value !== null : typeof value === "function";
}

/**
 * What `GetMethod` ({@link https://tc39.es/ecma262/#sec-getmethod}) makes of a property's value. Who asks reads the property itself:
 * engines learn for each place what is read there.
 */
export function asMethod(method: unknown, key: PropertyKey): Function | undefined {
  if (method === undefined || method === null) return undefined;
  if (typeof method !== "function") throw new IntrinsicTypeError(`${describeKey(key)} is not a function`);
  return method;
}

function describeKey(key: PropertyKey): string {
  return typeof key === "symbol" ? `[${key.description}]` : `${key}`;
}
