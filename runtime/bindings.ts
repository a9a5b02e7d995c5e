import { defineProperty, getOwnPropertyDescriptor, IntrinsicReferenceError, IntrinsicTypeError } from "./intrinsics.js";

/** What an uninitialized binding holds. */
export const TDZ: unique symbol = Symbol("uninitialized");

/** `GetBindingValue` ({@link https://tc39.es/ecma262/#sec-declarative-environment-records-getbindingvalue-n-s}). */
export function checked<T>(value: T, name: string): T {
  if (value === TDZ) throw new IntrinsicReferenceError(`Cannot access '${name}' before initialization`);
  return value;
}

/** What stands for a constant where it is assigned to: reading gives its value, writing throws TypeError. */
export function constant<T>(_name: string, read: () => T): { value: T } {
  return {
    get value() {
      return read();
    },
    set value(_value) {
      throw new IntrinsicTypeError("Assignment to constant variable.");
    },
  };
}

/** The object that holds a binding, for an assignment to it; throws ReferenceError while it is uninitialized. */
export function initialized<T extends object>(holder: T, field: keyof T, name: string): T {
  checked(holder[field], name);
  return holder;
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
