import { defineProperty, getOwnPropertyDescriptor, IntrinsicReferenceError, IntrinsicTypeError } from "./intrinsics.js";

/** What an uninitialized binding holds. */
export const TDZ: unique symbol = Symbol.for("aclose.uninitialized");

/** `GetBindingValue` ({@link https://tc39.es/ecma262/#sec-declarative-environment-records-getbindingvalue-n-s}). */
export function checked<T>(value: T, name: string): T {
  if (value === TDZ) throw new IntrinsicReferenceError(`Cannot access '${name}' before initialization`);
  return value;
}

/** Stands for a binding where it is assigned to: `.value` is what is read and written. */
interface Binding<T> {
  value: T;
}

/**
 * What stands for a constant where it is assigned to: reading gives its value, writing throws TypeError, or what
 * reading throws.
 */
export function constant<T>(read: () => T): Binding<T> {
  return {
    get value() {
      return read();
    },
    set value(_value) {
      read();
      throw new IntrinsicTypeError("Assignment to constant variable.");
    },
  };
}

/**
 * What stands for a binding that may be uninitialized where it is assigned to: throws ReferenceError when it is read or
 * written, not before ({@link https://tc39.es/ecma262/#sec-declarative-environment-records-setmutablebinding-n-v-s}).
 */
export function initialized<T extends object, K extends keyof T>(holder: T, field: K, name: string): Binding<T[K]> {
  return {
    get value() {
      return checked(holder[field], name);
    },
    set value(value) {
      checked(holder[field], name);
      holder[field] = value;
    },
  };
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
