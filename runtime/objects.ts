import { defineProperty, getOwnPropertyDescriptor, IntrinsicTypeError, ownKeys } from "./intrinsics.js";

/** `ToPropertyKey` ({@link https://tc39.es/ecma262/#sec-topropertykey}). */
export function key(x: any): PropertyKey {
  if (typeof x === "string" || typeof x === "symbol") return x;
  return ownKeys({ [x]: undefined })[0] as PropertyKey;
}

/** `RequireObjectCoercible` ({@link https://tc39.es/ecma262/#sec-requireobjectcoercible}) for destructuring. */
export function requireObject<T>(x: T): T {
  if (x === undefined || x === null) throw new IntrinsicTypeError(`Cannot destructure '${x}' as it is ${x}.`);
  return x;
}

/** `CopyDataProperties` ({@link https://tc39.es/ecma262/#sec-copydataproperties}): the rest of an object pattern. */
export function copyRest(source: unknown, excludedKeys: readonly PropertyKey[]): object {
  const from = Object(source);
  const excluded = new Set(excludedKeys.map((k) => (typeof k === "symbol" ? k : `${k}`)));
  const rest = {};
  for (const name of ownKeys(from)) {
    if (excluded.has(name as string) || !getOwnPropertyDescriptor(from, name)?.enumerable) continue;
    defineProperty(rest, name, { value: from[name], writable: true, enumerable: true, configurable: true });
  }
  return rest;
}
