/** What befalls cursors and transactions: the same text for both compilers. */

import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Database } from "node-sqlite3-wasm";
import { comesTrue } from "./comes-true.js";
import { Pool } from "./pool.js";
import { rows, runAll } from "./queries.js";

/** Tells what came of it, line by line. */
type Scenario = (shop: Shop) => AsyncIterable<string>;

/** A database of three orders, a pool with one connection to it, and another program that uses it too. */
export class Shop {
  readonly path: string;
  readonly pool: Pool;
  readonly #other: Database;

  constructor(folder: string) {
    this.path = join(folder, `${randomUUID()}.db`);
    this.#other = new Database(this.path);
    this.#other.exec("CREATE TABLE orders (customer TEXT NOT NULL, price INTEGER CHECK (price > 0))");
    this.#other.exec("INSERT INTO orders VALUES ('Ada', 10), ('Grace', 20), ('Alan', 30)");
    this.pool = new Pool(this.path, 1);
  }

  orders(): ReturnType<typeof rows> {
    return rows(this.pool, "SELECT customer, price FROM orders ORDER BY price");
  }

  add(orders: AsyncIterable<[string, number]>): ReturnType<typeof runAll> {
    return runAll(this.pool, "INSERT INTO orders VALUES (?, ?)", orders);
  }

  close(): void {
    this.pool.close();
    this.#other.close();
  }

  /** What everybody else can do now, once everything had the time to be cleaned up. */
  async state(): Promise<string[]> {
    await comesTrue(() => this.pool.inUse === 0);
    return [`connections in use: ${this.pool.inUse}`, `other program: ${this.count()}`];
  }

  count(): string {
    try {
      return `${this.#other.get("SELECT count(*) AS count FROM orders")!.count} orders`;
    } catch (error) {
      return String(error).toUpperCase();
    }
  }
}

/** Orders from elsewhere. After the last one, they end, fail or hang. */
async function* incoming(end: "ends" | "fails" | "hangs"): AsyncGenerator<[string, number]> {
  yield ["Edsger", 40];
  yield ["Barbara", 50];
  if (end === "fails") throw new Error("The connection to the shop is lost");
  if (end === "hangs") await new Promise(() => {});
}

async function* readAll(shop: Shop): AsyncGenerator<string> {
  for await (const { customer, price } of shop.orders()) yield `${customer}: ${price}`;
}

async function* firstMatch(shop: Shop): AsyncGenerator<string> {
  for await (const { customer, price } of shop.orders()) {
    if (Number(price) < 20) continue;
    yield `${customer}: ${price}`;
    break;
  }
}

async function* badQuery(shop: Shop): AsyncGenerator<string> {
  try {
    for await (const _ of rows(shop.pool, "SELECT * FROM order")) yield "a row";
  } catch (error) {
    yield String(error);
  }
}

async function* addAll(shop: Shop): AsyncGenerator<string> {
  for await (const count of shop.add(incoming("ends"))) yield `${count} inserted`;
}

async function* sourceFails(shop: Shop): AsyncGenerator<string> {
  try {
    for await (const count of shop.add(incoming("fails"))) yield `${count} inserted`;
  } catch (error) {
    yield String(error);
  }
}

async function* constraintFails(shop: Shop): AsyncGenerator<string> {
  async function* orders(): AsyncGenerator<[string, number]> {
    yield ["Edsger", 40];
    yield ["Barbara", -50];
  }
  try {
    for await (const count of shop.add(orders())) yield `${count} inserted`;
  } catch (error) {
    yield String(error);
  }
}

/** A handler took the first row and returned. */
async function* forgottenCursor(shop: Shop): AsyncGenerator<string> {
  const { value } = await shop.orders().next();
  yield `${value.customer}: ${value.price}`;
}

async function* forgottenTransaction(shop: Shop): AsyncGenerator<string> {
  const { value } = await shop.add(incoming("ends")).next();
  yield `${value} inserted`;
}

/** The next order does not come, and the import is called off. */
async function* calledOff(shop: Shop): AsyncGenerator<string> {
  const generator = shop.add(incoming("hangs"));
  for (let i = 0; i < 2; i++) yield `${(await generator.next()).value} inserted`;
  void generator.next();
  void generator.return(undefined);
}

/** Called off while it waits for a connection, which is handed over to nobody. */
async function* calledOffInTheQueue(shop: Shop): AsyncGenerator<string> {
  const first = shop.orders();
  await first.next();
  const second = shop.orders();
  void second.next();
  void second.return(undefined);
  await first.return(undefined);
  yield* readAll(shop);
}

export const scenarios: Record<string, Scenario> = {
  "read to the end": readAll,
  "first match: break": firstMatch,
  "the query is wrong": badQuery,
  "a transaction to its end": addAll,
  "its source fails": sourceFails,
  "a constraint fails": constraintFails,
  "cursor forgotten": forgottenCursor,
  "transaction forgotten": forgottenTransaction,
  "transaction called off": calledOff,
  "query called off in the queue": calledOffInTheQueue,
};
