import { getOwnPropertyDescriptor, getPrototypeOf } from "./intrinsics.js";

/** The enumeration of a `for-in` ({@link https://tc39.es/ecma262/#sec-enumerate-object-properties}). */
class KeyRecord {
  /** Whether the enumeration is over. */
  done = false;
  private readonly keys: string[] = [];
  private index = 0;

  constructor(private readonly object: any) {
    for (const key in object) this.keys.push(key);
  }

  /** The next key that is still there; undefined, with `done` set, at the end. */
  step(): string | undefined {
    while (this.index < this.keys.length) {
      const key = this.keys[this.index++] as string;
      if (isPresent(this.object, key)) return key;
    }
    this.done = true;
    return undefined;
  }
}

/** Looks as engines do: at the property itself, up the prototype chain, without the `has` trap of a proxy. */
function isPresent(object: unknown, key: string): boolean {
  for (let at = Object(object); at !== null; at = getPrototypeOf(at)) {
    if (getOwnPropertyDescriptor(at, key) !== undefined) return true;
  }
  return false;
}

/** Enumerates the keys of `x`, which may be anything. */
export function keysIn(x: unknown): KeyRecord {
  return new KeyRecord(x);
}
