"use aclose interrupt";

import type { BindValues, QueryResult } from "node-sqlite3-wasm";
import type { Pool } from "./pool.js";

/** The rows of a query, one by one. While it is open, its statement holds a lock and its connection is taken. */
export async function* rows(pool: Pool, sql: string, values?: BindValues): AsyncGenerator<QueryResult> {
  using lease = await pool.acquire();
  const statement = lease.database.prepare(sql);
  try {
    yield* statement.iterate(values);
  } finally {
    statement.finalize();
  }
}

/** Runs a statement for each of the values, in one transaction; yields how many it has done. All or nothing. */
export async function* runAll(pool: Pool, sql: string, all: AsyncIterable<BindValues>): AsyncGenerator<number> {
  using lease = await pool.acquire();
  const { database } = lease;
  database.exec("BEGIN IMMEDIATE");
  const statement = database.prepare(sql);
  try {
    let count = 0;
    for await (const values of all) {
      statement.run(values);
      yield ++count;
    }
  } finally {
    statement.finalize();
  }
  database.exec("COMMIT");
}
