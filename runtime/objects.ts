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
  const rest = {};
  const names = ownKeys(from);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as PropertyKey;
    if (isAmong(excludedKeys, name) || !getOwnPropertyDescriptor(from, name)?.enumerable) continue;
    defineProperty(rest, name, { value: from[name], writable: true, enumerable: true, configurable: true });
  }
  return rest;
}

function isAmong(keys: readonly PropertyKey[], name: PropertyKey): boolean {
  for (let i = 0; i < keys.length; i++) {
    if (key(keys[i]) === name) return true;
  }
  return false;
}
