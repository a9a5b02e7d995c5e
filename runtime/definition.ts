import type { Step } from "./abi.js";
import { createPrototype } from "./async-generator-prototype.js";
import { shared } from "./copies.js";
import { Core } from "./core.js";
import { hideText } from "./function-text.js";
import type { Fused } from "./fused.js";
import { stamp } from "./handle.js";
import {
  defineProperty,
  getOwnPropertyDescriptor,
  hasOwn,
  IntrinsicTypeError,
  isObject,
  setPrototypeOf,
} from "./intrinsics.js";
import { asyncGeneratorFunctionPrototype, asyncGeneratorPrototype } from "./native-prototypes.js";

/** Makes objects with one prototype: a plain constructor is the fastest way to do that. */
type Maker = { new (): object; prototype: unknown };

export interface DefinitionOptions {
  /** What `return()` does while the generator waits. Default: `"queue"`, as ECMAScript says. */
  readonly close?: "queue" | "interrupt";
  /** How to run without the ticks that ECMAScript prescribes; without it they are all taken. */
  readonly fused?: Fused;
  /** Where the function and its suspensions stand in the source; see `positions.ts`. */
  readonly positions?: string;
}

/** One compiled async generator function: its function object, its step, and what its generators inherit from. */
class OwnDefinition {
  declare self: Function & { prototype: unknown };
  declare readonly step: Step;
  declare private readonly Maker: Maker;
  /** Whether `return()` interrupts a pending await instead of waiting behind it. */
  declare readonly interrupts: boolean;
  /** How to leave ticks out that ECMAScript prescribes; null where they are all taken. */
  declare readonly fused: Fused | null;
  declare positions: string | undefined;
  /** What the function's `prototype` was at the last call: the Maker makes objects that inherit from it. */
  declare private prototype: unknown;

  constructor(step: Step, Maker: Maker, interrupts: boolean, fused: Fused | null, positions?: string) {
    this.self = undefined as never;
    this.step = step;
    this.Maker = Maker;
    this.interrupts = interrupts;
    this.fused = fused;
    this.positions = positions;
    this.prototype = undefined;
  }

  /** Gives the function the identity of an async generator function. */
  identify(fn: Function): void {
    const prototype = this.self === undefined ? createPrototype() : this.self.prototype;
    setPrototypeOf(fn, asyncGeneratorFunctionPrototype);
    if (hasOwn(fn, "prototype")) fn.prototype = prototype;
    else defineProperty(fn, "prototype", { value: prototype, writable: true, enumerable: false, configurable: false });
    this.self = fn as never;
    this.follow(prototype);
    hideText(fn);
  }

  /**
   * `OrdinaryCreateFromConstructor(fn, "%AsyncGenerator.prototype%")`
   * ({@link https://tc39.es/ecma262/#sec-ordinarycreatefromconstructor}) and `AsyncGeneratorStart`.
   */
  create(variables?: unknown, step?: Step): object {
    const { prototype } = this.self;
    if (prototype !== this.prototype) this.follow(prototype);
    return stamp(new this.Maker(), new Core(step === undefined ? this : this.withStep(step), variables));
  }

  /** The generators from here on inherit from what the function's `prototype` is now. */
  private follow(prototype: unknown): void {
    this.prototype = prototype;
    this.Maker.prototype = isObject(prototype) ? prototype : asyncGeneratorPrototype;
  }

  /** The same for one call, whose step is a closure. */
  private withStep(step: Step): Definition {
    const definition = new Definition(step, this.Maker, this.interrupts, this.fused, this.positions);
    definition.self = this.self;
    return definition;
  }

  /** Another handle for a core whose handle was collected. */
  facade(core: Core): object {
    return stamp(new this.Maker(), core);
  }
}

export type Definition = OwnDefinition;
export const Definition: typeof OwnDefinition = shared("Definition", OwnDefinition);

/** Where the step comes with each call, there is none yet. */
function newDefinition(step: Step | undefined, options: DefinitionOptions | undefined): Definition {
  return new Definition(
    step as Step,
    function () {} as never,
    options?.close === "interrupt",
    options?.fused ?? null,
    options?.positions,
  );
}

/** Compiles in a function: `make` receives the definition and returns the shell. */
export function define<F extends Function>(
  step: Step | undefined,
  make: (definition: Definition) => F,
  options?: DefinitionOptions,
): F {
  const definition = newDefinition(step, options);
  const fn = make(definition);
  definition.identify(fn);
  return fn;
}

const declared = new WeakMap<Function, Definition>();

/**
 * The same for a hoisted function declaration. It may be called before the code that declares it has run (a cycle of
 * modules), so the definition is made once, by whoever comes first; only the declaring code knows the positions. `name` is
 * set where the declaration has another.
 */
export function declare(
  fn: Function,
  step?: Step,
  name?: string,
  options?: DefinitionOptions,
  early?: Definition,
): Definition {
  let definition = declared.get(fn);
  if (definition === undefined) {
    definition = early ?? newDefinition(step, options);
    definition.identify(fn);
    if (name !== undefined)
      defineProperty(fn, "name", { value: name, writable: false, enumerable: false, configurable: true });
    declared.set(fn, definition);
  }
  definition.positions ??= options?.positions;
  return definition;
}

/** The same for the method `home[key]`, unless a later member of that name has taken its place. */
export function method(
  home: object,
  key: PropertyKey,
  step?: Step,
  options?: DefinitionOptions,
  early?: Definition,
): Definition {
  const value: unknown = getOwnPropertyDescriptor(home, key)?.value;
  return typeof value === "function" ? declare(value, step, undefined, options, early) : newDefinition(step, options);
}

/** The same for the method that a decorator is called for: a legacy one is given its descriptor, a standard one the method. */
export function decorated(
  [value, , descriptor]: readonly [unknown, unknown, PropertyDescriptor?],
  step?: Step,
  options?: DefinitionOptions,
  early?: Definition,
): Definition {
  return declare((descriptor ? descriptor.value : value) as Function, step, undefined, options, early);
}

/** The definition of a method that is called before its decorator is: until then another function stands for it. */
export function early(step?: Step, options?: DefinitionOptions): Definition {
  const definition = newDefinition(step, options);
  definition.identify(function () {});
  return definition;
}

/** An object literal whose methods get their identity before anybody sees it. */
export function withMethods<T extends object>(home: T, identify: (home: T) => void): T {
  identify(home);
  return home;
}

/** What `new` does with an async generator function that had to stay a function declaration. */
export function rejectConstruct(name: string): never {
  throw new IntrinsicTypeError(`${name} is not a constructor`);
}
