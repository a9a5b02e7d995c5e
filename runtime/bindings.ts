import { defineProperty, getOwnPropertyDescriptor, IntrinsicReferenceError, IntrinsicTypeError } from "./intrinsics.js";

/** What an uninitialized binding holds. */
export const TDZ: unique symbol = Symbol("uninitialized");

/** `GetBindingValue` ({@link https://tc39.es/ecma262/#sec-declarative-environment-records-getbindingvalue-n-s}). */
export function checked<T>(value: T, name: string): T {
  if (value === TDZ) throw new IntrinsicReferenceError(`Cannot access '${name}' before initialization`);
  return value;
}

/** Throws the TypeError of an assignment to a constant. */
export function constantAssignment(_name: string): never {
  throw new IntrinsicTypeError("Assignment to constant variable.");
}

/** `SetFunctionName` ({@link https://tc39.es/ecma262/#sec-setfunctionname}) for an anonymous function. */
export function named<F extends Function>(fn: F, key: PropertyKey): F {
  const own = getOwnPropertyDescriptor(fn, "name");
  if (own === undefined || own.value === "") {
    const value = typeof key === "symbol" ? (key.description === undefined ? "" : `[${key.description}]`) : `${key}`;
    defineProperty(fn, "name", { value, writable: false, enumerable: false, configurable: true });
  }
  return fn;
}
