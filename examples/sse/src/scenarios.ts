/** What users of a chat do: the same text for both compilers. */

import { bindSignal, isCompiledAsyncGenerator } from "aclose";
import { tokens } from "./client.js";
import { comesTrue } from "./comes-true.js";
import type { Server } from "./server.js";

/** Tells what came of it, line by line. */
export type Scenario = (server: Server) => AsyncIterable<string>;

async function connection(server: Server): Promise<string> {
  const isGone = await comesTrue(() => server.clients === 0);
  return isGone ? "server: the client has left" : "server: STILL SENDING";
}

async function outcome(promise: Promise<IteratorResult<string>>): Promise<string> {
  try {
    const { done, value } = await promise;
    return done ? "the stream has ended" : value;
  } catch (error) {
    return String(error);
  }
}

async function take(generator: AsyncGenerator<string>, count: number): Promise<string> {
  let text = "";
  for (let i = 0; i < count; i++) text += (await generator.next()).value;
  return text;
}

/** A promise's outcome; "NO ANSWER" if there is none yet. */
const now = (promise: Promise<string>): Promise<string> =>
  Promise.race([promise, new Promise<string>((resolve) => setImmediate(resolve, "NO ANSWER"))]);

async function* read(server: Server, path: string): AsyncGenerator<string> {
  let text = "";
  try {
    for await (const token of tokens(server.url + path)) text += token;
  } catch (error) {
    yield String(error);
  }
  yield text;
  yield await connection(server);
}

async function* readToTheEnd(server: Server): AsyncGenerator<string> {
  yield* read(server, "/answer");
}

async function* serverFails(server: Server): AsyncGenerator<string> {
  yield* read(server, "/overloaded");
}

async function* connectionLost(server: Server): AsyncGenerator<string> {
  const before = server.requests;
  yield* read(server, "/flaky");
  yield `requests: ${server.requests - before}`;
}

async function* enoughRead(server: Server): AsyncGenerator<string> {
  let text = "";
  for await (const token of tokens(`${server.url}/thinking`)) {
    text += token;
    if (text.length > 5) break;
  }
  yield text;
  yield await connection(server);
}

/** The button is pressed while `next()` waits for a token that does not come. */
async function* stopButton(server: Server): AsyncGenerator<string> {
  const generator = tokens(`${server.url}/thinking`);
  yield await take(generator, 3);
  const next = outcome(generator.next());
  const stopped = outcome(generator.return(undefined));
  yield await connection(server);
  yield `next(): ${await now(next)}`;
  yield `return(): ${await now(stopped)}`;
}

/** A signal, such as that of a request that this program serves itself. No native generator can be bound to one. */
async function* signal(server: Server): AsyncGenerator<string> {
  const controller = new AbortController();
  const generator = tokens(`${server.url}/thinking`);
  if (isCompiledAsyncGenerator(generator)) bindSignal(generator, controller.signal);
  yield await take(generator, 3);
  const next = outcome(generator.next());
  controller.abort(new Error("The tab was closed"));
  yield await connection(server);
  yield `next(): ${await now(next)}`;
}

/** The component that read it is gone, and has told nobody. */
async function* forgotten(server: Server): AsyncGenerator<string> {
  yield await take(tokens(`${server.url}/thinking`), 3);
  yield await connection(server);
}

export const scenarios: Record<string, Scenario> = {
  "read to the end": readToTheEnd,
  "the server reports an error": serverFails,
  "the connection is lost": connectionLost,
  "enough read: break": enoughRead,
  "stop button: return()": stopButton,
  "signal aborted": signal,
  forgotten: forgotten,
};
