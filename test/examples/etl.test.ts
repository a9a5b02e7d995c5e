import { expect } from "chai";
import { Example, type Log } from "./example.js";

const inOrder = "closed: extract, validate, transform, load";
const clean = "files: rejects.txt, sales.csv, sales.ndjson";
const torn = `${clean}, sales.ndjson.part`;

/** What an engine's own generators clean up. */
const finished: Log = {
  "a whole job": [
    "2 loaded",
    "4 loaded",
    "5 loaded",
    '{"date":"2025-01-02","customer":"Müller, Söhne & Co.","euros":10.5}',
    '{"date":"2025-01-03","customer":"The \\"Old\\" Mill","euros":18}',
    '{"date":"2025-01-04","customer":"Ōtani","euros":18}',
    '{"date":"2025-01-05","customer":"Two\\nlines","euros":40}',
    '{"date":"2025-01-07","customer":"Alan","euros":54}',
    'line 5: "yesterday" is no date',
    'line 8: "50 or so" is no amount',
    inOrder,
    clean,
  ],
  "too many bad rows": [
    "2 loaded",
    "4 loaded",
    'Error: more than 1 bad rows; line 8: "50 or so" is no amount',
    inOrder,
    clean,
  ],
  "no rate": ["2 loaded", "Error: no rate for JPY today", inOrder, clean],
  "no folder": [
    "Error: ENOENT: no such file or directory, open '/elsewhere/sales.ndjson.part'",
    "closed: load",
    "files: sales.csv, sales.ndjson",
  ],
  "stopped after a batch": ["2 loaded", inOrder, clean],
};

interface Split {
  readonly logs: Log;
  /** Microtask turns for a thousand records. */
  readonly turns: number;
}

function split({ speed = [], ...logs }: Log): Split {
  return { logs, turns: Number.parseInt(speed[0]!, 10) };
}

describe("examples/etl", function () {
  this.timeout(120_000);
  const example = new Example("etl");
  let native: Split;
  let compiled: Split;

  before(async () => {
    [compiled, native] = (await example.buildAndRunBoth()).map(split) as [Split, Split];
  });

  it("compiles every generator", () => example.expectCompiled());

  it("closes all stages in order, and leaves no half of a file", () => {
    expect(compiled.logs).to.deep.equal({
      ...finished,
      "called off while it waits": ["2 loaded", inOrder, clean],
      forgotten: ["2 loaded", inOrder, clean],
      "open at the program's end": [clean],
    });
  });

  it("leaves stages open and half of a file natively", () => {
    expect(native.logs).to.deep.equal({
      ...finished,
      "called off while it waits": ["2 loaded", "closed: NOTHING", torn],
      forgotten: ["2 loaded", "closed: NOTHING", torn],
      "open at the program's end": [torn],
    });
  });

  it("takes less than a tenth of the microtask turns", () => {
    expect(compiled.turns)
      .to.be.greaterThan(0)
      .and.lessThan(native.turns / 10);
  });
});
