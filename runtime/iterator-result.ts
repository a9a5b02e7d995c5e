import { IntrinsicTypeError, isObject } from "./intrinsics.js";

/** Throws unless the value is an Object, as every iterator result must be. */
export function requireResult(value: unknown): asserts value is { done: unknown; value: unknown } {
  if (!isObject(value)) throw new IntrinsicTypeError(`Iterator result ${String(value)} is not an object`);
}
