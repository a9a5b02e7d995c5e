import { expect } from "chai";
import { Example, type Log } from "./example.js";

const free = "connections in use: 0";
const taken = ["connections in use: 1", "other program: SQLITE3ERROR: DATABASE IS LOCKED"];
const others = (orders: number): string[] => [free, `other program: ${orders} orders`];

const all = ["Ada: 10", "Grace: 20", "Alan: 30"];
const two = ["1 inserted", "2 inserted"];

/** What an engine's own generators clean up. */
const finished: Log = {
  "read to the end": [...all, ...others(3)],
  "first match: break": ["Grace: 20", ...others(3)],
  "the query is wrong": ['SQLite3Error: near "order": syntax error', ...others(3)],
  "a transaction to its end": [...two, ...others(5)],
  "its source fails": [...two, "Error: The connection to the shop is lost", ...others(3)],
  "a constraint fails": ["1 inserted", "SQLite3Error: CHECK constraint failed: price > 0", ...others(3)],
  "query called off in the queue": [...all, ...others(3)],
};

describe("examples/sqlite", function () {
  this.timeout(120_000);
  const example = new Example("sqlite");
  let compiled: Log;
  let native: Log;

  before(async () => {
    [compiled, native] = await example.buildAndRunBoth();
  });

  it("compiles every generator that opted in", () => example.expectCompiled());

  it("gives the connection back and leaves no lock, however a query ends", () => {
    expect(compiled).to.deep.equal({
      ...finished,
      "cursor forgotten": ["Ada: 10", ...others(3)],
      "transaction forgotten": ["1 inserted", ...others(3)],
      "transaction called off": [...two, ...others(3)],
      "open at the program's end": ["next start: 3 orders"],
    });
  });

  it("leaves connections taken and the database locked natively, even for the next process", () => {
    expect(native).to.deep.equal({
      ...finished,
      "cursor forgotten": ["Ada: 10", ...taken],
      "transaction forgotten": ["1 inserted", ...taken],
      "transaction called off": [...two, ...taken],
      "open at the program's end": ["next start: SQLITE3ERROR: DATABASE IS LOCKED"],
    });
  });
});
