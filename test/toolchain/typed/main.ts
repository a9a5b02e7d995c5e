"use aclose";
import { areas, batches, handler, lookups, methods, Private, scoped, Table } from "./generators.js";
import {
  around,
  declared,
  destructured,
  extended,
  inner,
  late,
  optional,
  ran,
  Special,
  sums,
  total,
  Unread,
  unread,
} from "./more.js";

interface Item {
  readonly name: string;
  readonly size: number;
}

async function* items(): AsyncGenerator<Item> {
  yield { name: "a", size: 1 };
  yield { name: "b", size: 2 };
  yield { name: "c", size: 3 };
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

async function count(source: AsyncIterable<unknown>): Promise<number> {
  let length = 0;
  for await (const _item of source) length++;
  return length;
}

/** What is iterated may be `any`. */
async function untyped(source: any): Promise<string> {
  const all: string[] = [];
  for await (const { id } of source) all.push(String(id));
  for await (const { tags } of source) all.push(await tags.join());
  return all.join();
}

const log: string[] = [];
for await (const sizes of batches(items(), 2, "size")) log.push(sizes.map((size) => size.toFixed(1)).join());
log.push(
  (
    await collect(
      areas([
        { kind: "circle", r: 1 },
        { kind: "square", a: 2 },
      ]),
    )
  ).join(),
);
log.push((await collect(lookups(["two", "three"]))).join());
const privates = new Private(5);
log.push(
  (await collect(Private.of(privates, new Private(6)))).join(),
  (await collect(privates.numbers({ n: 2 }))).join(),
  (await collect(privates.called((tags) => ({ id: 1, tags })))).join(),
);
const table = new Table("row ").add({ id: 1, tags: [] }).add({ id: 2, tags: ["t"] });
log.push((await collect(table.names())).join(), String(await table.secret()));
const step = await handler({ id: 3, tags: ["h", "i"] }).next();
log.push(String(step.value));
log.push((await collect(methods.numbers(2))).join());
log.push((await collect(scoped([1, 2])())).map((n) => n * 2).join());
const special = new Special({ id: 9, tags: ["s"] });
log.push((await collect(special.described((row) => `id ${row.id}`))).join());
log.push((await collect(special.rest("a", 1))).join(), (await collect(special.rest())).join());
log.push((await collect(destructured({ name: "n", key: "k" }, [1, 2, 3]))).join());
log.push(String(await total(table.all())), await ran);
async function* pairs(): AsyncGenerator<readonly [number, number]> {
  yield [1, 2];
}
log.push((await collect(unread(pairs()))).join(), (await collect(new Unread({ id: 5, tags: [] }).described())).join());
log.push(String(await count(pairs())));
log.push(await sums());
log.push(
  await untyped([
    { id: 1, tags: [] },
    { id: 2, tags: ["t"] },
  ]),
  (await collect(late(5))).join(),
  (await collect(inner({ id: 1, tags: [] }))).join(),
  (await collect(declared({ id: 1, tags: [] }))).join(),
  (await collect(extended())).join(),
  (await collect(optional())).join(),
  (await collect(around(true, [8, 9]))).join(),
);
console.log(log.join("\n"));
