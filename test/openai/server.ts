/** A server that answers as OpenAI's does, and remembers what it saw. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

type Route = (response: ServerResponse, body: string, url: URL) => Promise<void> | void;

const event = (data: unknown): string => `data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;

const chunk = (content: string, rest: object = {}): object => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1,
  model: "test",
  choices: [{ index: 0, delta: { role: "assistant", content }, ...rest }],
});

const words = ["Grüße ", "from ", "the ", "日本 ", "server"].map((word) => event(chunk(word)));
const last = event(chunk("", { finish_reason: "stop" })) + event("[DONE]");

/** What a chat completion streams, by the name of the model. */
const completions: Record<string, Route> = {
  async whole(response) {
    for (const word of words) {
      response.write(word);
      await sleep(1);
    }
    response.end(last);
  },
  /** Torn at every seventh byte, inside of characters and line ends too, with the other kind of line ends. */
  async torn(response) {
    const bytes = Buffer.from((words.join("") + last).replaceAll("\n", "\r\n"));
    for (let i = 0; i < bytes.length; i += 7) {
      response.write(bytes.subarray(i, i + 7));
      if (i % 70 === 0) await sleep(1);
    }
    response.end();
  },
  async endless(response) {
    while (!response.destroyed) {
      response.write(words[0]);
      await sleep(2);
    }
  },
  stuck: (response) => void response.write(words[0]! + words[1]!),
  malformed: (response) => void response.end(`${words[0]}data: {"id":\n\n`),
  failing: (response) => void response.end(words[0] + event({ error: { message: "overloaded", code: "busy" } })),
  unfinished: (response) => void response.end(words[0] + words[1]!.trimEnd()),
  async cut(response) {
    response.write(words[0]);
    await sleep(20);
    response.destroy();
  },
};

const filesOf = ["f1 f2 f3", "f4 f5", "f6"].map((ids) => ids.split(" ").map((id) => ({ id, object: "file" })));

function listFiles(response: ServerResponse, _body: string, url: URL): void {
  const after = url.searchParams.get("after");
  const page = after === null ? 0 : filesOf.findIndex((files) => files.at(-1)!.id === after) + 1;
  if (url.searchParams.get("purpose") === "failing" && page === 1) {
    response.statusCode = 500;
    return void response.end(`{"error":{"message":"no second page"}}`);
  }
  response.end(JSON.stringify({ object: "list", data: filesOf[page], has_more: page < filesOf.length - 1 }));
}

function respond(response: ServerResponse, body: string): void {
  const answered = body.includes("function_call_output");
  const call = { type: "function_call", id: "fc_1", call_id: "call_1", name: "add", arguments: `{"a":2,"b":3}` };
  const text = { type: "output_text", text: "five", annotations: [] };
  const message = { type: "message", id: "msg_1", role: "assistant", status: "completed", content: [text] };
  response.end(
    JSON.stringify({ id: "resp", object: "response", status: "completed", output: [answered ? message : call] }),
  );
}

const turn = { turn_id: "t1", session_id: "s1", turn: { id: "t1", subagent_id: null } };
const session = ["turn.created", "turn.in_progress", "turn.completed", "idle"].map((type, index) =>
  event({ event_id: `e${index}`, type: `agent.session.${type}`, ...turn }),
);

const routes: Record<string, Route> = {
  "POST /chat/completions": (response, body, url) => completions[JSON.parse(body).model]!(response, body, url),
  "GET /files": listFiles,
  "POST /files": (response) => void response.end(`{"id":"f7","object":"file"}`),
  "POST /responses": respond,
  "POST /agents/sessions": (response) => void response.end(session.join("")),
  "GET /agents/sessions/s1": (response) => void response.end(`{"id":"s1","status":"idle"}`),
  "GET /agents/sessions/s1/events": (response) => void response.write(session.join("")),
  "POST /agents/sessions/s1/events": (response) => void response.end("{}"),
};

async function read(request: IncomingMessage): Promise<string> {
  let body = "";
  request.setEncoding("utf8");
  for await (const piece of request) body += piece;
  return body;
}

/** The boundary of a form is random. */
const normalized = (body: string): string => body.replaceAll(/openai-\w+/g, "openai-boundary");

export class Server {
  private readonly open = new Set<ServerResponse>();
  private seen: { request: string; end: string }[] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const record = { request: `${request.method} ${request.url}`, end: "left open" };
    this.seen.push(record);
    this.open.add(response);
    response.on("close", () => {
      this.open.delete(response);
      record.end = response.writableFinished ? "complete" : "aborted";
    });
    try {
      const body = await read(request);
      record.request += ` ${normalized(body)}`;
      const url = new URL(request.url!, "http://server");
      const streams = body.includes(`"stream":true`) || url.pathname.endsWith("/events");
      response.setHeader("content-type", streams ? "text/event-stream" : "application/json");
      await routes[`${request.method} ${url.pathname}`]!(response, body, url);
    } catch {
      // The client left before it had said all.
    }
  }

  async arrived(): Promise<void> {
    while (this.open.size === 0) await sleep(2);
  }

  /** What was requested since the last call and how it ended. What nobody ends is cut off after a while. */
  async takeSeen(): Promise<string[]> {
    for (let waited = 0; this.open.size > 0 && waited < 300; waited += 5) await sleep(5);
    const seen = this.seen.map(({ request, end }) => `${request} → ${end}`);
    this.seen = [];
    for (const response of this.open) response.destroy();
    return seen;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
