"use aclose interrupt";

import { on, once } from "node:events";
import { WebSocket } from "ws";
import type { Room } from "./room.js";

const GOING_AWAY = 1001;

/** Says good-bye and waits for the answer. */
async function close(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  const closed = once(socket, "close");
  socket.close(GOING_AWAY, "Come back soon");
  await closed;
}

/** What a client says. The socket is read as fast as the messages are; it is closed when nobody reads any more. */
async function* incoming(socket: WebSocket): AsyncGenerator<string> {
  const options = { close: ["close"], highWaterMark: 4, lowWaterMark: 1 };
  try {
    for await (const [data] of on(socket, "message", options)) yield String(data);
  } finally {
    await close(socket);
  }
}

/** Resolves when the system has taken the message. A socket that is gone is noticed where it is read. */
function send(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve) => socket.send(text, () => resolve()));
}

async function deliver(messages: AsyncIterable<string>, socket: WebSocket): Promise<void> {
  for await (const text of messages) await send(socket, text);
}

/** One client in one room, until it goes or the server does. */
export async function serve(socket: WebSocket, room: Room, name: string): Promise<void> {
  socket.on("error", ({ message }) => console.log(`${name}: ${message}`));
  const messages = room.join(name);
  const delivery = deliver(messages, socket);
  try {
    for await (const text of incoming(socket)) await room.say(`${name}: ${text}`);
  } finally {
    await messages.return(undefined);
    await delivery;
  }
}
