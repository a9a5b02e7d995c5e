/** The server: `ws://host/<room>?name=<name>` to talk, `http://host/<room>` to see who is there. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { closeOnSignals } from "aclose";
import { WebSocketServer } from "ws";
import { serve } from "./connection.js";
import { Room } from "./room.js";

const rooms = new Map<string, Room>();

function roomAt(path: string): Room {
  let room = rooms.get(path);
  if (room === undefined) rooms.set(path, (room = new Room()));
  return room;
}

const locate = (url: string | undefined): URL => new URL(url ?? "/", "http://localhost");

const server = createServer((request, response) => {
  const { members, peak } = roomAt(locate(request.url).pathname);
  response.setHeader("content-type", "application/json").end(JSON.stringify({ members, peak }));
});

new WebSocketServer({ server }).on("connection", (socket, request) => {
  const { pathname, searchParams } = locate(request.url);
  void serve(socket, roomAt(pathname), searchParams.get("name") ?? "somebody");
});

closeOnSignals(["SIGINT", "SIGTERM"]);
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
