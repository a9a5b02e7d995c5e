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

/** What async functions give. The global one may be another by then: bluebird, or zone.js. Where they are lowered, they give that. */
export const IntrinsicPromise = (async () => {})().constructor as PromiseConstructor;
export const promisePrototype: Promise<unknown> = IntrinsicPromise.prototype;
export const promiseThen: Function = promisePrototype.then;

export const IntrinsicTypeError: TypeErrorConstructor = TypeError;
export const IntrinsicReferenceError: ReferenceErrorConstructor = ReferenceError;

/** `PromiseResolve(%Promise%, value)` ({@link https://tc39.es/ecma262/#sec-promise-resolve}). */
export const resolved: (value: unknown) => Promise<any> = IntrinsicPromise.resolve.bind(IntrinsicPromise);

/** A promise that is rejected with `reason`. */
export const rejected: (reason: unknown) => Promise<any> = IntrinsicPromise.reject.bind(IntrinsicPromise);

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
