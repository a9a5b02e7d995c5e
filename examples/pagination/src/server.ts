/** A list of names on pages, served by a server that is busy, slow or broken now and then. */

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const names = ["Ada", "Alan", "Barbara", "Donald", "Edsger", "Frances", "Grace", "John"];
const PAGE = 3;

type Answer = (response: ServerResponse) => unknown;

const fail =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end("Try again later.");
const hang: Answer = () => {};

/** What the list does in place of its second page, request by request; then it serves it. */
const lists: Record<string, readonly Answer[]> = {
  "/steady": [],
  "/busy": [
    fail(429, { "retry-after": "0" }),
    fail(503),
    fail(503, { "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }),
  ],
  "/down": Array.from({ length: 10 }, () => fail(503)),
  "/forbidden": [fail(403)],
  "/hanging": [hang],
  "/tomorrow": [fail(429, { "retry-after": "86400" })],
};

function servePage(response: ServerResponse, list: string, number: number): void {
  const last = Math.ceil(names.length / PAGE) - 1;
  const links = [`<${list}?page=0>; rel="first"`, `<${list}?page=${last}>; rel="last"`];
  if (number < last) links.push(`<${list}?page=${number + 1}>; rel="next"`);
  response.writeHead(200, { "content-type": "application/json", link: links.join(", ") });
  response.end(JSON.stringify(names.slice(number * PAGE, (number + 1) * PAGE)));
}

export interface Server {
  readonly url: string;
  /** How many requests it has had. */
  readonly requests: number;
  /** How many of them it has not answered. */
  readonly open: number;
  close(): void;
}

export async function startServer(): Promise<Server> {
  const open = new Set<ServerResponse>();
  const troubles = new Map(Object.entries(lists).map(([list, answers]) => [list, [...answers]]));
  let requests = 0;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(request.url!, "http://localhost");
    requests++;
    open.add(response);
    response.on("close", () => open.delete(response));
    const number = Number(searchParams.get("page") ?? 0);
    const trouble = number === 1 ? troubles.get(pathname)!.shift() : undefined;
    if (trouble === undefined) servePage(response, pathname, number);
    else trouble(response);
  };
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests;
    },
    get open() {
      return open.size;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
