import { shared } from "./copies.js";
import type { Core } from "./core.js";
import { noticeCall, observers } from "./first-call.js";
import { coreOf } from "./handle.js";
import { isRunAgain } from "./host.js";
import { apply, asMethod, create, defineProperty, IntrinsicTypeError, rejected } from "./intrinsics.js";
import { asyncGeneratorPrototype, asyncIteratorPrototype } from "./native-prototypes.js";
import { ownMethods } from "./own-methods.js";
import { pythonMethods } from "./python-methods.js";
import { replaced } from "./replaced-methods.js";
import { requestNext, requestReturn, requestThrow } from "./requests.js";

function foreign(name: "next" | "return" | "throw", receiver: unknown, value: unknown): Promise<any> {
  const other = replaced[name];
  if (other !== undefined) return apply(other, receiver, [value]);
  return rejected(new IntrinsicTypeError(`${name} method called on incompatible receiver`));
}

/** Lets the hooks see the first call. What they throw rejects the call's promise. */
function notice(core: Core, handle: object): Promise<any> | undefined {
  try {
    noticeCall(core, handle);
    return undefined;
  } catch (error) {
    return rejected(error);
  }
}

/** `%AsyncGeneratorPrototype%`'s methods ({@link https://tc39.es/ecma262/#sec-asyncgenerator-prototype}). */
export const methods = shared("methods", {
  next(this: unknown, value: unknown): Promise<any> {
    const core = coreOf(this);
    if (core === undefined) return foreign("next", this, value);
    if (observers.length > 0) {
      const failure = notice(core, this as object);
      if (failure !== undefined) return failure;
    }
    return requestNext(core, value, this as object);
  },
  return(this: unknown, value: unknown): Promise<any> {
    const core = coreOf(this);
    if (core === undefined) return foreign("return", this, value);
    if (observers.length > 0) {
      const failure = notice(core, this as object);
      if (failure !== undefined) return failure;
    }
    return requestReturn(core, value, this as object);
  },
  throw(this: unknown, value: unknown): Promise<any> {
    const core = coreOf(this);
    if (core === undefined) return foreign("throw", this, value);
    if (observers.length > 0) {
      const failure = notice(core, this as object);
      if (failure !== undefined) return failure;
    }
    return requestThrow(core, value, this as object);
  },
});

Object.assign(ownMethods, methods);

/** `%AsyncIteratorPrototype%[@@asyncDispose]` ({@link https://tc39.es/ecma262/#sec-%asynciteratorprototype%-%symbol.asyncdispose%}). */
const disposeMethods = {
  async [Symbol.asyncDispose as symbol](this: { return?: unknown }): Promise<void> {
    const method = asMethod(this.return, "return");
    if (method !== undefined) await apply(method, this, []);
  },
};

/**
 * Lets the realm's `%AsyncGeneratorPrototype%` serve compiled generators. A compiled generator inherits from that very
 * object, as ECMAScript demands, and the native methods reject receivers that are not native; so they are
 * wrapped in place. For native generators they do what they did. Returns false where the object is frozen.
 */
function install(): boolean {
  try {
    defineMethods(asyncGeneratorPrototype);
  } catch {
    return false;
  }
  if (Symbol.asyncDispose !== undefined && !(Symbol.asyncDispose in asyncIteratorPrototype)) {
    defineMethod(asyncGeneratorPrototype, Symbol.asyncDispose, disposeMethods[Symbol.asyncDispose as any]);
  }
  return true;
}

/** Without iteration, which a program may have changed before its first async generator. */
function defineMethods(target: object): void {
  defineMethod(target, "next", methods.next);
  defineMethod(target, "return", methods.return);
  defineMethod(target, "throw", methods.throw);
  defineMethod(target, "anext", pythonMethods.anext);
  defineMethod(target, "asend", pythonMethods.asend);
  defineMethod(target, "athrow", pythonMethods.athrow);
  defineMethod(target, "aclose", pythonMethods.aclose);
}

function defineMethod(target: object, key: PropertyKey, value: unknown): void {
  replaced[key] ??= (asyncGeneratorPrototype as typeof replaced)[key];
  defineProperty(target, key, { value, writable: true, enumerable: false, configurable: true });
}

let installed: boolean | undefined;

/** Makes an object that generators of one function inherit from: `OrdinaryObjectCreate(%AsyncGeneratorPrototype%)`. */
export function createPrototype(): object {
  const prototype = create(asyncGeneratorPrototype);
  installed ??= !isRunAgain && install();
  if (!installed) defineMethods(prototype);
  return prototype;
}
