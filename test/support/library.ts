/** What test programs can use: values that watch how they are used, and iterables that behave and misbehave. */

export type Log = (...values: unknown[]) => unknown;

/** How an iterator of the library deviates. */
export interface Behaviour {
  /** Methods that it does not have. */
  readonly lacks?: readonly ("return" | "throw")[];
  /** Methods that throw. */
  readonly fails?: readonly ("next" | "return" | "throw" | "iterator" | "done" | "value")[];
  /** Methods that return something that is not an object. */
  readonly bad?: readonly ("next" | "return" | "throw" | "iterator")[];
  /** What `return` and `throw` say about being done. */
  readonly refuses?: boolean;
}

type Method = "next" | "return" | "throw";

function answer(name: string, log: Log, behaviour: Behaviour, value: unknown, done: boolean): object {
  const fails = behaviour.fails ?? [];
  if (!fails.includes("done") && !fails.includes("value")) return { value, done };
  return {
    get done() {
      if (fails.includes("done")) throw new Error(`${name} done`);
      return done;
    },
    get value() {
      log(`${name}.value`);
      if (fails.includes("value")) throw new Error(`${name} value`);
      return value;
    },
  };
}

/** The methods of an iterator over the values; every call is logged. */
function methods(
  name: string,
  log: Log,
  values: readonly unknown[],
  behaviour: Behaviour,
): Record<string, (value?: unknown) => unknown> {
  let index = 0;
  const respond: Record<Method, (value: unknown) => object> = {
    next: () => answer(name, log, behaviour, values[index], index++ >= values.length),
    return: (value) => answer(name, log, behaviour, value, !behaviour.refuses),
    throw: (value) => {
      if (behaviour.refuses) return answer(name, log, behaviour, "caught", false);
      throw value;
    },
  };
  const result: Record<string, (value?: unknown) => unknown> = {};
  for (const key of ["next", "return", "throw"] as const) {
    if (key !== "next" && behaviour.lacks?.includes(key)) continue;
    result[key] = function (this: unknown, ...args: unknown[]) {
      log(`${name}.${key}`, ...args, ...(this === result ? [] : ["wrong receiver"]));
      if (behaviour.fails?.includes(key)) throw new Error(`${name} ${key}`);
      return behaviour.bad?.includes(key) ? 42 : respond[key](args[0]);
    };
  }
  return result;
}

const promised = (method: (value?: unknown) => unknown) =>
  async function (this: unknown, ...args: [unknown?]): Promise<unknown> {
    return method.apply(this, args);
  };

function iterable(
  name: string,
  log: Log,
  values: readonly unknown[],
  behaviour: Behaviour,
  symbol: symbol,
  isAsync: boolean,
): object {
  return {
    [symbol]() {
      log(`${name}.iterator`);
      if (behaviour.fails?.includes("iterator")) throw new Error(`${name} iterator`);
      if (behaviour.bad?.includes("iterator")) return 42;
      const iterator = methods(name, log, values, behaviour);
      if (isAsync) for (const [key, method] of Object.entries(iterator)) iterator[key] = promised(method);
      return iterator;
    },
  };
}

function watched(name: string, target: object, log: Log): object {
  const text = (key: PropertyKey) => `${name}.${String(key)}`;
  return new Proxy(target, {
    get: (object, key, receiver) => (log(`get ${text(key)}`), Reflect.get(object, key, receiver)),
    set: (object, key, value) => (log(`set ${text(key)}`, value), Reflect.set(object, key, value)),
    has: (object, key) => (log(`has ${text(key)}`), Reflect.has(object, key)),
    deleteProperty: (object, key) => (log(`delete ${text(key)}`), Reflect.deleteProperty(object, key)),
    ownKeys: (object) => (log(`keys ${name}`), Reflect.ownKeys(object)),
  });
}

/** A thenable that logs when it is asked, and answers at once. */
function thenable(log: Log, name: string, settle: "fulfil" | "reject" | "throw", value: unknown): object {
  return {
    then(resolve: (value: unknown) => void, reject: (value: unknown) => void) {
      log(`${name}.then`);
      if (settle === "throw") throw value;
      (settle === "fulfil" ? resolve : reject)(value);
    },
  };
}

function poisoned(log: Log): Promise<unknown> {
  return Object.defineProperty(Promise.resolve("poisoned"), "constructor", {
    get() {
      log("constructor");
      throw new Error("poisoned constructor");
    },
  });
}

/** Everything in scope of a program, by name. Each run gets its own, bound to its log. */
export function library(log: Log): Record<string, unknown> {
  return {
    log,
    error: (message: string) => new Error(message),
    fail: (message: string) => {
      throw new Error(message);
    },
    resolved: (value: unknown) => Promise.resolve(value),
    rejected: (message: string) => Promise.reject(new Error(message)),
    thenable: (value: unknown) => thenable(log, "thenable", "fulfil", value),
    rejecting: (message: string) => thenable(log, "rejecting", "reject", new Error(message)),
    throwing: (message: string) => thenable(log, "throwing", "throw", new Error(message)),
    poisoned: () => poisoned(log),
    unreadable: (message: string) => ({
      get then() {
        throw new Error(message);
      },
    }),
    watched: (name: string, target: object) => watched(name, target, log),
    key: (name: string) => ({ toString: () => (log(`key ${name}`), name) }),
    sync: (name: string, values: readonly unknown[], behaviour: Behaviour = {}) =>
      iterable(name, log, values, behaviour, Symbol.iterator, false),
    foreign: (name: string, values: readonly unknown[], behaviour: Behaviour = {}) =>
      iterable(name, log, values, behaviour, Symbol.asyncIterator, true),
    foreignPlain: (name: string, values: readonly unknown[], behaviour: Behaviour = {}) =>
      iterable(name, log, values, behaviour, Symbol.asyncIterator, false),
    native: nativeGenerator(log),
    resource: (name: string, failure?: string) => ({
      name,
      [Symbol.dispose]() {
        log(`dispose ${name}`);
        if (failure) throw new Error(failure);
      },
    }),
    asyncResource: (name: string, failure?: string) => ({
      name,
      async [Symbol.asyncDispose]() {
        log(`dispose ${name} begins`);
        await null;
        log(`dispose ${name} ends`);
        if (failure) throw new Error(failure);
      },
    }),
  };
}

/** An async generator that no compiler touches: compiled ones must work together with it. */
function nativeGenerator(log: Log) {
  return async function* native(name: string, values: readonly unknown[]): AsyncGenerator<unknown, string, unknown> {
    try {
      for (const value of values) {
        try {
          log(`${name} got`, yield value);
        } catch (caught) {
          log(`${name} caught`, caught);
        }
      }
      return `${name} result`;
    } finally {
      log(`${name} finally`);
      await null;
    }
  };
}
