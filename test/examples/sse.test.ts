import { expect } from "chai";
import { Example, type Log } from "./example.js";

const gone = "server: the client has left";
const sending = "server: STILL SENDING";
const answer = "Grüße, 世界! 🌍 Ça va?";
const first = "Grüße, 世界";

/** What an engine's own generators clean up. */
const finished: Log = {
  "read to the end": [answer, gone],
  "the server reports an error": ["Error: The model is overloaded", "Grüße", gone],
  "the connection is lost": [answer, gone, "requests: 2"],
  "enough read: break": ["Grüße,", gone],
};

describe("examples/sse", function () {
  this.timeout(120_000);
  const example = new Example("sse");
  let compiled: Log;
  let native: Log;

  before(async () => {
    [compiled, native] = await example.buildAndRunBoth();
  });

  it("compiles every generator that opted in", () => example.expectCompiled());

  it("ends the request however the reader goes away", () => {
    expect(compiled).to.deep.equal({
      ...finished,
      "stop button: return()": [first, gone, "next(): the stream has ended", "return(): the stream has ended"],
      "signal aborted": [first, gone, "next(): CancelledError: The tab was closed"],
      forgotten: [first, gone],
    });
  });

  it("leaves the request open natively", () => {
    expect(native).to.deep.equal({
      ...finished,
      "stop button: return()": [first, sending, "next(): NO ANSWER", "return(): NO ANSWER"],
      "signal aborted": [first, sending, "next(): NO ANSWER"],
      forgotten: [first, sending],
    });
  });

  const stream =
    "\uFEFF: comment\r\nid: 7\r\nevent: greeting\r\ndata: Grüße\r\ndata:  🌍\r\n\r\n" +
    "data\rdata\rretry: 30\r\r" +
    "id\nretry: soon\nunknown: x\n\ndata:a:b\n\nid: 8\n\nevent: nothing\n\ndata: last\n\ndata: incomplete";

  const expected = [
    { type: "greeting", data: "Grüße\n 🌍", lastEventId: "7", retryMs: undefined },
    { type: "message", data: "\n", lastEventId: "7", retryMs: 30 },
    { type: "message", data: "a:b", lastEventId: "", retryMs: 30 },
    { type: "message", data: "last", lastEventId: "8", retryMs: 30 },
  ];

  async function parsed(chunks: Uint8Array[]): Promise<unknown[]> {
    const { parse } = await example.import("parse.js");
    const events: unknown[] = [];
    async function* body(): AsyncGenerator<Uint8Array> {
      yield* chunks;
    }
    for await (const event of parse(body())) events.push(event);
    return events;
  }

  it("parses a stream wherever its chunks end", async () => {
    const bytes = new TextEncoder().encode(stream);
    expect(await parsed([bytes])).to.deep.equal(expected);
    expect(await parsed([...bytes].map((byte) => Uint8Array.of(byte)))).to.deep.equal(expected);
    for (let at = 1; at < bytes.length; at++) {
      expect(await parsed([bytes.subarray(0, at), bytes.subarray(at)]), `cut at ${at}`).to.deep.equal(expected);
    }
  });
});
