import { apply, constructWith } from "./intrinsics.js";

/** `Call` ({@link https://tc39.es/ecma262/#sec-call}). */
export function call(callee: any, receiver: unknown, ...args: unknown[]): any {
  if (typeof callee !== "function") return callee();
  return apply(callee, receiver, args);
}

/** A tag function that calls `tag` with the receiver. */
export function tagged(tag: any, receiver: unknown): (...args: unknown[]) => any {
  return (...args) => {
    if (typeof tag !== "function") return tag();
    return apply(tag, receiver, args);
  };
}

/** `Construct` ({@link https://tc39.es/ecma262/#sec-construct}). */
export function construct(constructor: any, ...args: unknown[]): any {
  if (typeof constructor !== "function") return new constructor();
  return constructWith(constructor, args);
}
