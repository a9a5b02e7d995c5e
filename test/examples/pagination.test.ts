import { expect } from "chai";
import { Example, type Log } from "./example.js";

const [first, second, third] = ["Ada, Alan, Barbara", "Donald, Edsger, Frances", "Grace, John"];
const state = (open: number, timers: number): string[] => [`open requests: ${open}`, `timers: ${timers}`];

/** What an engine's own generators clean up. */
const finished: Log = {
  "read to the end": [first, second, third, "requests: 3", ...state(0, 0)],
  "the server is busy three times": [first, second, third, "requests: 6", ...state(0, 0)],
  "the server is down": [first, "HttpError: /down: 503 Service Unavailable", "requests: 5", ...state(0, 0)],
  "the server refuses": [first, "HttpError: /forbidden: 403 Forbidden", "requests: 2", ...state(0, 0)],
  "the next page is fetched ahead": [`${first}, after 2 requests`, ...state(0, 0)],
  "enough read: break": ["Ada", "Alan", ...state(0, 0)],
};

describe("examples/pagination", function () {
  this.timeout(120_000);
  const example = new Example("pagination");
  let compiled: Log;
  let native: Log;

  before(async () => {
    [compiled, native] = await example.buildAndRunBoth();
  });

  it("compiles every generator that opted in", () => example.expectCompiled());

  it("aborts what is on its way when the reader leaves", () => {
    expect(compiled).to.deep.equal({
      ...finished,
      "left while a page is loading": [first, ...state(0, 0)],
      "left while it waits until tomorrow": [first, ...state(0, 0)],
      forgotten: ["Ada", ...state(0, 0)],
    });
  });

  it("goes on natively", () => {
    expect(native).to.deep.equal({
      ...finished,
      "left while a page is loading": [first, ...state(1, 0)],
      "left while it waits until tomorrow": [first, ...state(0, 1)],
      forgotten: ["Ada", ...state(1, 0)],
    });
  });
});
