"use aclose interrupt";

import { setTimeout as sleep } from "node:timers/promises";
import { parse, type StreamEvent } from "./parse.js";

const DEFAULT_RETRY_MS = 1000;

/** One connection. However it ends, the request does. */
async function* connect(url: string, lastEventId: string): AsyncGenerator<StreamEvent> {
  const controller = new AbortController();
  try {
    const headers = { accept: "text/event-stream", ...(lastEventId && { "last-event-id": lastEventId }) };
    const response = await fetch(url, { headers, signal: controller.signal });
    if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
    yield* parse(response.body!, lastEventId);
  } finally {
    controller.abort();
  }
}

/** The events of a server. When the connection is lost, it connects again behind the last event that it has. */
export async function* events(url: string): AsyncGenerator<StreamEvent> {
  let lastEventId = "";
  let retryMs = DEFAULT_RETRY_MS;
  for (;;) {
    try {
      for await (const event of connect(url, lastEventId)) {
        ({ lastEventId, retryMs = retryMs } = event);
        yield event;
      }
    } catch (error) {
      // That is what fetch says when a connection breaks; all else is not to be tried again.
      if (!(error instanceof TypeError)) throw error;
    }
    await sleep(retryMs);
  }
}

/** The text that a language model writes, token by token. */
export async function* tokens(url: string): AsyncGenerator<string> {
  for await (const { type, data } of events(url)) {
    if (type === "error") throw new Error(JSON.parse(data).message);
    if (data === "[DONE]") return;
    yield JSON.parse(data).token;
  }
}
