import type * as types from "./library.js";
import { assertNever, Base, fixed, parse, type Row, type Shape, table } from "./library.js";

type Handler<T> = (item: T) => AsyncGenerator<string, number, void>;

/** Generic, with its type parameter, imported types and callbacks inside. */
export async function* batches<T extends object, K extends keyof T>(
  source: AsyncIterable<T>,
  size: number,
  key: K,
): AsyncGenerator<T[K][], number, void> {
  "use aclose";
  let batch: T[K][] = [];
  const seen = new Map<T, types.Row | undefined>();
  let total = 0;
  try {
    for await (const item of source) {
      seen.set(item, undefined);
      batch.push(item[key] as T[K]);
      if (batch.length < size) continue;
      total += batch.length;
      yield batch.filter((each) => each !== null);
      batch = [];
    }
    if (batch.length > 0) yield batch;
    return total + batch.length;
  } finally {
    await Promise.all([...seen.keys()].map(async (each) => each));
  }
}

export async function* areas(shapes: readonly Shape[]): AsyncGenerator<string> {
  "use aclose";
  for (const shape of shapes) {
    await null;
    switch (shape.kind) {
      case "circle":
        yield `circle ${shape.r}`;
        break;
      case "square":
        yield `square ${shape.a}`;
        break;
      default:
        yield assertNever(shape);
    }
  }
}

export async function* lookups(names: string[]): AsyncGenerator<string> {
  "use aclose";
  interface Found {
    readonly name: string;
    readonly value: number | undefined;
  }
  type Key = keyof typeof fixed;
  const keys = Object.keys(fixed) as Key[];
  for (const key of keys) yield fixed[key];
  const found: Found[] = [];
  for (const name of names) {
    await undefined;
    found.push({ name, value: table[name] });
    found.sort((a, b) => a.name.localeCompare(b.name));
    table[name] = (table[name] ?? 0) + 1;
  }
  const text = found.map(({ name, value }) => `${name}=${value ?? "none"}`).join();
  yield text;
  yield parse<Row>('{"id": 7, "tags": ["x"]}').tags[0] ?? "";
  const describe = function (this: Base<string>, suffix?: string): string {
    return this.describe() + (suffix ?? "");
  };
  class Local<V> extends Base<V> implements Iterable<V> {
    readonly extra: V[] = [];
    *[Symbol.iterator](): Iterator<V> {
      yield this.value;
      yield* this.extra;
    }
  }
  const local = new Local<string>("v");
  local.extra.push("w");
  yield describe.call(local, "!") + [...local].join("");
  const identity = <U>(value: U): U => value;
  yield identity<string>(await Promise.resolve("same"));
  try {
    throw new Error("inner");
  } catch (error) {
    yield (error as Error).message;
  }
}

export class Table {
  static #count = 0;
  private readonly rows: Row[] = [];
  private readonly prefix: string;
  constructor(prefix: string) {
    this.prefix = prefix;
    Table.#count++;
  }
  add(row: Row): this {
    this.rows.push(row);
    return this;
  }
  /** Keeps its step outside the class. */
  async *all(this: Table, from = 0): AsyncGenerator<Row, void, number | undefined> {
    "use aclose";
    for (let i = from; i < this.rows.length; i++) {
      const skip = yield this.rows[i] as Row;
      i += skip ?? 0;
    }
  }
  async *names(): AsyncGenerator<string> {
    "use aclose";
    for await (const { id } of this.all()) yield `${this.prefix}${id}`;
  }
  async *#secret(n: number): AsyncGenerator<number> {
    "use aclose";
    yield n + Table.#count;
  }
  async secret(): Promise<number> {
    for await (const n of this.#secret(1)) return n;
    return 0;
  }
}

/** What is only used in compiled bodies, and what is narrowed there before a suspension. */
export class Private {
  static #made = 0;
  private static seen = 0;
  #next: { readonly n: number } | undefined = { n: 1 };
  private readonly step: number;
  constructor(step: number) {
    this.step = step;
  }
  static async *of(one: Private, two?: Private): AsyncGenerator<number> {
    "use aclose";
    Private.#made++;
    yield one.step + Private.#made;
    if (two) {
      yield Private.seen++;
      yield two.step;
    }
  }
  async *numbers(limit?: { readonly n: number }): AsyncGenerator<number> {
    "use aclose";
    class Sum {
      private readonly n = 3;
      get(): number {
        return this.n;
      }
    }
    if (this.#next && limit) {
      yield this.#next.n;
      yield this.#next.n + limit.n + new Sum().get();
    }
  }
  stop(): void {
    this.#next = undefined;
  }
  readonly #from = (n: number): readonly number[] => [n + this.step];
  #tagged(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
    return strings.join("-") + values.join() + this.step;
  }
  async *called(make: (tags: Row["tags"]) => Row): AsyncGenerator<number | string, void, number> {
    "use aclose";
    let first: number = make([`${yield 1}`]).tags.length;
    first += make([`${yield 2}`]).id;
    yield this.#from(first)[0]!;
    yield this.#tagged`${typeof (yield 3)}`;
    yield this.#tagged`${first}`.length + new Private(...[await 7]).step;
  }
}

/** Typed by what it is assigned to. */
export const handler: Handler<Row> = async function* (row) {
  "use aclose";
  yield row.tags.join();
  return row.id;
};

export const methods: { prefix: string; numbers(upTo: number): AsyncGenerator<string> } = {
  prefix: "m",
  async *numbers(upTo: number): AsyncGenerator<string> {
    "use aclose";
    for (let i = 0; i < upTo; i++) yield this.prefix + i;
  },
};

export function scoped<T>(values: T[]): () => AsyncGenerator<T> {
  async function* inner(): AsyncGenerator<T> {
    "use aclose";
    for (const value of values) yield value;
  }
  return inner;
}
