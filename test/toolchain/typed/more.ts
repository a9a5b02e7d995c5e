import { Base, parse, type Row, type Shape } from "./library.js";

export class Special<T extends Row> extends Base<T> {
  /** `super` keeps its step inside the method. */
  async *described(extra: (row: T) => string): AsyncGenerator<string> {
    "use aclose";
    yield super.describe();
    const parts = [this.value].map((row) => extra(row));
    for (const part of parts) yield part;
    yield* this.value.tags.map((tag) => tag.toUpperCase());
  }
  /** A computed name, an overload, a default, a rest and an optional parameter. */
  async *["rest"](first?: string, ...others: (string | number)[]): AsyncGenerator<string> {
    "use aclose";
    yield [first, ...others].map((each) => String(each)).join();
  }
}

interface Options {
  readonly name: string;
  readonly level?: number;
  readonly [other: string]: unknown;
}

export async function* destructured(
  { name, level = 1, ...others }: Options,
  [head, ...tail]: readonly number[],
): AsyncGenerator<string> {
  "use aclose";
  const { length } = tail;
  const given = others as Record<string, string>;
  yield `${name} ${level} ${given["key"]} ${head} ${length}`;
  const { a, b: [c] = [0] } = await Promise.resolve<{ a: number; b?: number[] }>({ a: 1 });
  let sum = a + c!;
  const add = (n: number) => void (sum += n);
  tail.forEach(add);
  await null;
  yield String(sum);
  const nested = async function* <U>(this: void, ...items: U[]): AsyncGenerator<U> {
    for (const item of items) yield item;
  };
  for await (const item of nested<string>("x", "y")) yield item;
  await using resource = {
    value: "held",
    async [Symbol.asyncDispose]() {
      sum = 0;
    },
  };
  yield resource.value;
  for (const x in { p: 1, q: 2 } satisfies Record<string, number>) {
    if (x === "q") break;
    yield x;
  }
  enumerate: {
    const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null && "id" in value;
    const rows: unknown[] = [{ id: 1 }, 2];
    const found = rows.filter(isRow);
    if (found.length === 0) break enumerate;
    yield `${found[0]!.id}`;
  }
  const counter = new (class {
    n = 0;
    async *up(by: number): AsyncGenerator<number> {
      "use aclose";
      while (this.n < 2) yield (this.n += by);
    }
  })();
  for await (const n of counter.up(1)) yield `${n}`;
}

/** Callers read types of what they iterate, in functions that are compiled too. */
export async function total(rows: AsyncIterable<Row>): Promise<number> {
  let sum = 0;
  for await (const { id, tags } of rows) sum += id + tags.map((tag) => tag.length).reduce((a, b) => a + b, 0);
  return sum;
}

/** A comma operator around a suspension, and a call before what it calls is initialized. */
export async function* late(n: number): AsyncGenerator<number> {
  "use aclose";
  const start = () => half();
  const last = (n++, await 0, n);
  const half = () => last / 2;
  yield start();
  yield (n++, await 0, half)();
}

class Held {
  x: number | string = 1;
}

/** Members that are declared only, that override, and overloads, in the body. */
export async function* declared(row: Row): AsyncGenerator<number> {
  "use aclose";
  class Own extends Held {
    declare x: number;
    declare readonly y?: string;
    sum(): number {
      return this.x + (this.y?.length ?? 0);
    }
  }
  abstract class Part {
    abstract size: number;
    grow(): number {
      return ++this.size;
    }
  }
  class Whole extends Part {
    override size = row.id;
    override grow(): number {
      return super.grow();
    }
  }
  function twice(a: number): number;
  function twice(a: string): string;
  function twice(a: any): any {
    return a + a;
  }
  yield new Own().sum();
  yield new Whole().grow() + twice(row.id);
}

/** Types and directives of functions in the body. */
export async function* inner(row: Row): AsyncGenerator<string> {
  "use aclose";
  const shape: { id: number; shape?: Shape } = row;
  const read = async (): Promise<string> => {
    // @ts-expect-error: rows have no such member, and "@ts-expect-error" is a string
    const none: unknown = row.none;
    return `${String(none)} @ts-expect-error ${shape.id}`;
  };
  yield await read();
  // @ts-expect-error: in front of a statement of the generator's own
  void row.none;
}

export const callbacks: { run(each: (value: number) => AsyncIterable<number>): Promise<string> } = {
  async run(each) {
    const all: number[] = [];
    for await (const value of each(2)) all.push(value);
    return all.join();
  },
};

export const ran: Promise<string> = callbacks.run(async function* (value) {
  "use aclose";
  yield value;
  yield value * 2;
});

/** Never read, where TypeScript lets that stand. */
export async function* unread(items: AsyncIterable<readonly [number, number]>): AsyncGenerator<string> {
  "use aclose";
  using _held = { [Symbol.dispose]() {} };
  for (const _item of [1, 2]) yield "item";
  for await (const [_first, second] of items) yield String(second);
  const [_zero, { length, ...others }] = await Promise.resolve<[number, Row["tags"]]>([0, []]);
  try {
    yield Object.keys(others).join();
    throw { reason: "caught" };
  } catch ({ reason, ...rest }: any) {
    yield Object.keys(rest).join();
  }
  try {
    yield "try";
    throw new Error("unread");
  } catch (error) {
    yield "caught";
  }
}

export class Unread extends Base<Row> {
  async *described(): AsyncGenerator<string> {
    "use aclose";
    await using _held = { async [Symbol.asyncDispose]() {} };
    yield super.describe();
  }
}

const mixed = <T extends new (row: Row) => object>(base: T): T & { readonly mixed: string } =>
  Object.assign(base, { mixed: "mixed" });

/** What a class extends is a value, and so is a function with its type arguments. */
export async function* extended(): AsyncGenerator<string> {
  "use aclose";
  class Mixed extends mixed(Base<Row>) {}
  class Late extends (await Promise.resolve(Base))<Row> {}
  const rowOf = parse<Row>;
  yield Mixed.mixed;
  yield new Mixed(rowOf('{ "id": 1 }')).describe();
  yield new Late({ id: 2, tags: [] }).describe();
}

/** A call that may be none has its sign in front of the type arguments. */
export async function* optional(rowOf?: <T>(row: T) => T): AsyncGenerator<number> {
  "use aclose";
  yield rowOf?.<Row>({ id: 3, tags: [] }).id ?? 0;
}

/** What it can be iterated by is known to callers; functions without variables, too. */
export class Iterated {
  async *[Symbol.asyncIterator](): AsyncGenerator<number> {
    "use aclose";
    yield 1;
  }
  get again(): () => AsyncGenerator<number> {
    return async function* () {
      "use aclose";
      yield 2;
    };
  }
}

/** Reads by those types, natively. */
export async function sums(): Promise<string> {
  const object = {
    async *[Symbol.asyncIterator](): AsyncGenerator<number> {
      "use aclose";
      yield 3;
    },
  };
  let sum = 0;
  for await (const n of new Iterated()) sum += n;
  for await (const n of new Iterated().again()) sum += n;
  for await (const n of object) sum += n;
  return String(sum);
}

/** Arms of which nobody reads the value, and a generator that knows what is sent to it from around it. */
export async function* around(flag: boolean, numbers: number[]): AsyncGenerator<number, void, unknown> {
  "use aclose";
  const seen: number[] = [];
  flag ? seen.push(await Promise.resolve(7)) : flag && seen.push(0);
  yield* (function* (source: Iterator<number>) {
    let result: IteratorResult<number> | undefined;
    do result = source.next(yield result?.value ?? seen.length);
    while (!result.done);
  })(numbers[Symbol.iterator]()) as Generator<number, void, unknown>;
}
