/**
 * The realm's own async generator intrinsics. An engine without async generators has none, and a bundler that lowers
 * this file for one leaves a plain function: then they are made here.
 */

const native: any = Object.getPrototypeOf(async function* () {});

/** Whether the engine has them. */
export const isNative: boolean = native.prototype !== undefined;

/** `%AsyncGeneratorFunction.prototype%` ({@link https://tc39.es/ecma262/#sec-properties-of-asyncgeneratorfunction-prototype}). */
export const asyncGeneratorFunctionPrototype: any = isNative ? native : /* @__PURE__ */ intrinsics();

/** `%AsyncGeneratorPrototype%` ({@link https://tc39.es/ecma262/#sec-properties-of-asyncgenerator-prototype}). */
export const asyncGeneratorPrototype: any = asyncGeneratorFunctionPrototype.prototype;

/** `%AsyncIteratorPrototype%` ({@link https://tc39.es/ecma262/#sec-asynciteratorprototype}). */
export const asyncIteratorPrototype: any = Object.getPrototypeOf(asyncGeneratorPrototype);

function intrinsics(): any {
  const property = (value: unknown, writable = false) => ({ value, writable, enumerable: false, configurable: true });
  // Hermes and older engines do not have the symbol either; libraries agree on this way to fill it in.
  const symbol: typeof Symbol.asyncIterator = Symbol.asyncIterator ?? Symbol.for("Symbol.asyncIterator");
  if (!Symbol.asyncIterator) Object.defineProperty(Symbol, "asyncIterator", { value: symbol });
  const { self } = {
    self(this: unknown) {
      return this;
    },
  };
  const iterator = Object.defineProperty({}, symbol, property(self, true));
  const AsyncGeneratorFunction = function () {
    throw new TypeError("This engine cannot compile async generators");
  };
  const functions = Object.create(Function.prototype, {
    constructor: property(AsyncGeneratorFunction),
    [Symbol.toStringTag]: property("AsyncGeneratorFunction"),
  });
  const generators = Object.create(iterator, {
    constructor: property(functions),
    [Symbol.toStringTag]: property("AsyncGenerator"),
  });
  AsyncGeneratorFunction.prototype = functions;
  return Object.defineProperty(functions, "prototype", property(generators));
}
