import type { DelegateKind, ValueKind } from "./script.js";

/** One run's surroundings: a tick counter, a log, and values that write to it when they are looked at. */
export class World {
  readonly log: string[] = [];
  private tick = 0;
  private running = true;
  private readonly names = new Map<unknown, string>();

  /** Counts microtask ticks until `stop`. */
  async startTicking(): Promise<void> {
    while (this.running) {
      this.tick++;
      await undefined;
    }
  }

  stop(): void {
    this.running = false;
  }

  write(text: string): void {
    this.log.push(`${this.tick} ${text}`);
  }

  describe(value: unknown): string {
    const known = this.names.get(value);
    if (known !== undefined) return known;
    if (value instanceof TypeError) return "TypeError";
    if (typeof value !== "object" || value === null) return String(value);
    if (value instanceof Error) return value.message;
    return JSON.stringify(value);
  }

  private named<T>(value: T, name: string): T {
    this.names.set(value, name);
    return value;
  }

  private async after<T>(ticks: number, act: () => T): Promise<T> {
    for (let i = 0; i < ticks; i++) await undefined;
    return act();
  }

  value(kind: ValueKind, id: number | string): unknown {
    const name = `${kind}${id}`;
    switch (kind) {
      case "number":
        return typeof id === "number" ? id : name;
      case "undefined":
        return undefined;
      case "object":
        return this.named({}, name);
      case "thenable":
        return this.thenable(name, (resolve) => resolve(`value of ${name}`));
      case "throwingThenable":
        return this.thenable(name, () => {
          throw new Error(`thrown by ${name}`);
        });
      default:
        return this.promise(kind, name);
    }
  }

  private thenable(name: string, then: (resolve: (value: unknown) => void) => void): object {
    const write = (text: string): void => this.write(text);
    return this.named(
      {
        get then() {
          write(`get ${name}.then`);
          return (resolve: (value: unknown) => void) => {
            write(`call ${name}.then`);
            then(resolve);
          };
        },
      },
      name,
    );
  }

  private promise(kind: ValueKind, name: string): unknown {
    const write = (text: string): void => this.write(text);
    const quiet = <T>(promise: Promise<T>): Promise<T> => {
      promise.catch(() => {});
      return promise;
    };
    switch (kind) {
      case "slow":
        return this.named(
          this.after(4, () => `value of ${name}`),
          name,
        );
      case "rejected":
        return this.named(quiet(Promise.reject(new Error(`reason of ${name}`))), name);
      case "slowRejected":
        return this.named(
          quiet(
            this.after(3, () => {
              throw new Error(`reason of ${name}`);
            }),
          ),
          name,
        );
      case "promiseOfThenable":
        return this.named(Promise.resolve(this.thenable(`inner ${name}`, (f) => f(name))), name);
      case "subclass":
        return this.named(new (class Sub extends Promise<unknown> {})((resolve) => resolve(name)), name);
    }
    const promise = this.named(Promise.resolve(`value of ${name}`), name);
    if (kind === "poisoned") {
      Object.defineProperty(promise, "constructor", {
        get() {
          write(`get ${name}.constructor`);
          throw new Error(`poison of ${name}`);
        },
      });
    } else if (kind === "noConstructor") {
      Object.defineProperty(promise, "constructor", {
        get() {
          write(`get ${name}.constructor`);
          return undefined;
        },
      });
    } else if (kind === "ownThen") {
      promise.then = ((...args: [any, any]) => {
        write(`call ${name}.then`);
        return Promise.prototype.then.apply(promise, args);
      }) as never;
    }
    return promise;
  }

  iterable(kind: DelegateKind, id: number): any {
    const name = `${kind}${id}`;
    const write = (text: string): void => this.write(text);
    switch (kind) {
      case "notIterable":
        return {};
      case "native":
        return (async function* (): AsyncGenerator<string, string> {
          for (let i = 0; i < 3; i++) write(`${name} got ${String(yield `${name}.${i}`)}`);
          return `${name} end`;
        })();
      case "nativeWithFinally":
        return (async function* (): AsyncGenerator<string, void> {
          try {
            yield `${name}.1`;
            await undefined;
            yield `${name}.2`;
          } finally {
            write(`${name} finally`);
            yield `${name}.3`;
          }
        })();
      default:
        return this.handmade(kind, name);
    }
  }

  private handmade(kind: DelegateKind, name: string): any {
    let count = 0;
    const result = (method: string, argument: unknown): unknown => {
      this.write(`${name}.${method}(${this.describe(argument)})`);
      const done = method === "return" || ++count > 3;
      if (kind === "nonObjects" && count > 1) return 7;
      if (kind === "failing" && count > 1) throw new Error(`${name} failed`);
      const write = (text: string): void => this.write(text);
      const record = {
        get value() {
          write(`get ${name}.value`);
          return kind === "sync" ? Promise.resolve(`${name}.${count}`) : `${name}.${count}`;
        },
        get done() {
          write(`get ${name}.done`);
          return done;
        },
      };
      return kind === "sync" || kind === "asyncPlain" ? record : Promise.resolve(record);
    };
    const iterator: Record<string, unknown> = {};
    const has = { throw: !/NoThrow|Bare/.test(kind), return: !/NoReturn|Bare/.test(kind), next: true };
    for (const method of ["next", "throw", "return"] as const) {
      if (has[method]) iterator[method] = (argument: unknown) => result(method, argument);
    }
    return { [kind === "sync" ? Symbol.iterator : Symbol.asyncIterator]: () => iterator };
  }
}
