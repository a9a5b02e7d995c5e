/** A server that streams as language models do, in chunks that end in odd places. */

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";

const answer = ["Grüße", ",", " 世界", "! ", "🌍", " Ça", " va", "?"];

const event = (id: number): string => `id: ${id}\ndata: {"token":\ndata:  ${JSON.stringify(answer[id])}}\n\n`;

/** The whole answer behind an event, with comments, as a proxy would send them to keep the connection. */
function stream(after = -1): string {
  const rest = answer.map((_, id) => (id > after ? event(id) : "")).join(": keep-alive\n\n");
  return `retry: 5\n\n${rest}data: [DONE]\n\n`;
}

/** Three bytes at a time: no character of four stays whole. */
async function send(response: ServerResponse, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length && !response.destroyed; at += 3) {
    response.write(bytes.subarray(at, at + 3));
    await turn();
  }
}

const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<unknown>> = {
  async "/answer"(_, response) {
    await send(response, stream());
    response.end();
  },
  /** Writes three tokens and thinks for ever. */
  async "/thinking"(_, response) {
    await send(response, event(0) + event(1) + event(2));
  },
  /** Breaks off in the middle of the fifth event, at the first time. */
  async "/flaky"(request, response) {
    const id = request.headers["last-event-id"];
    if (id !== undefined) {
      await send(response, stream(Number(id)));
      return response.end();
    }
    const text = stream();
    await send(response, text.slice(0, text.indexOf("id: 4") + 10));
    response.destroy();
  },
  async "/overloaded"(_, response) {
    await send(response, `${event(0)}event: error\ndata: {"message":"The model is overloaded"}\n\n`);
  },
};

export interface Server {
  readonly url: string;
  /** How many clients it is sending to. */
  readonly clients: number;
  /** How many requests it has had. */
  readonly requests: number;
  close(): void;
}

export async function startServer(): Promise<Server> {
  const open = new Set<ServerResponse>();
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    open.add(response);
    response.on("close", () => open.delete(response));
    response.writeHead(200, { "content-type": "text/event-stream" });
    void routes[request.url!]!(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get clients() {
      return open.size;
    },
    get requests() {
      return requests;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
