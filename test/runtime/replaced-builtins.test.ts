/** Functions of the engine's that the program has replaced: generators call none of them that they would not call natively. */

import { expect } from "chai";
import { compileText } from "./support/compile.js";

const { items } = compileText(`
  exports.items = async function* (source) {
    try {
      for await (const item of source) yield await Promise.resolve(item);
      yield* [Promise.resolve(3), { then: (resolve) => resolve(4) }];
    } finally {
      await null;
    }
  };
`);

const replaced: readonly [object, string][] = [
  [Function.prototype, "call"],
  [Function.prototype, "apply"],
  [Function.prototype, "bind"],
  [Reflect, "apply"],
  [Reflect, "construct"],
  [Reflect, "getPrototypeOf"],
  [Object, "getPrototypeOf"],
  [Object, "create"],
  [Object, "hasOwn"],
  [Object, "defineProperty"],
  [Object.prototype, "hasOwnProperty"],
];

/** All items, and which of the replaced functions were called for them. */
async function readAll(): Promise<{ read: unknown[]; called: string[] }> {
  const called: string[] = [];
  const originals = replaced.map(([holder, name]) => Object.getOwnPropertyDescriptor(holder, name)!);
  const { defineProperty: define } = Object;
  const { apply } = Reflect;
  const read: unknown[] = [];
  try {
    for (const [index, [holder, name]] of replaced.entries())
      define(holder, name, {
        configurable: true,
        value(...args: unknown[]) {
          called.push(name);
          return apply(originals[index]!.value, this, args);
        },
      });
    for await (const item of items(items([1, 2]))) read.push(item);
  } finally {
    for (const [index, [holder, name]] of replaced.entries()) define(holder, name, originals[index]!);
  }
  return { read, called };
}

describe("built-ins that the program has replaced", () => {
  it("are not called", async () => {
    // What is made once is there.
    for await (const _ of items([1]));
    expect(await readAll()).to.deep.equal({ read: [1, 2, 3, 4, 3, 4], called: [] });
  });
});
