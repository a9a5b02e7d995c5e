"use aclose interrupt";

import { enter, leave } from "./ledger.js";

/** The text of a response, piece by piece. Aborts the request when nobody wants the rest. */
export async function* download(url: string): AsyncGenerator<string> {
  const controller = new AbortController();
  enter();
  try {
    const response = await fetch(url, { signal: controller.signal });
    const decoder = new TextDecoder();
    for await (const chunk of response.body!) yield decoder.decode(chunk, { stream: true });
  } finally {
    leave();
    controller.abort();
  }
}
