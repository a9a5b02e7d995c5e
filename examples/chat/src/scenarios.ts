/** What happens in rooms: the same text for both compilers. The server is a process of its own. */

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Client } from "./client.js";
import { comesTrue } from "./comes-true.js";

/** A running server: its address and what it prints. */
export interface Server {
  readonly url: string;
  readonly process: ChildProcess;
  readonly printed: readonly string[];
}

/** Tells what came of it, line by line. */
type Scenario = (room: URL, server: Server) => AsyncIterable<string>;

async function state(room: URL): Promise<{ members: string[]; peak: number }> {
  return (await fetch(room)).json() as Promise<{ members: string[]; peak: number }>;
}

async function* twoTalk(room: URL): AsyncGenerator<string> {
  const ada = await Client.join(room, "Ada");
  const grace = await Client.join(room, "Grace");
  ada.say("Good morning!");
  await grace.hears("Ada: Good morning!");
  grace.say("Hello, Ada!");
  await ada.hears("Grace: Hello, Ada!");
  yield ada.heard.join(" | ");
}

/** Ada listens and says nothing: nothing is sent that would show the server that Grace is gone. */
async function* leave(room: URL): AsyncGenerator<string> {
  const ada = await Client.join(room, "Ada");
  const grace = await Client.join(room, "Grace");
  await grace.leave();
  yield `Ada hears that: ${(await ada.hears("Grace has left")) ? "yes" : "NO"}`;
  yield `members: ${(await state(room)).members.join(", ")}`;
}

async function* breakOff(room: URL): AsyncGenerator<string> {
  const ada = await Client.join(room, "Ada");
  const grace = await Client.join(room, "Grace");
  grace.say("Listen:");
  await ada.hears("Grace: Listen:");
  grace.socket.send("The answer ", { fin: false }, () => grace.socket.terminate());
  yield `Ada hears that: ${(await ada.hears("Grace has left")) ? "yes" : "NO"}`;
  yield ada.heard.slice(2).join(" | ");
  yield `members: ${(await state(room)).members.join(", ")}`;
}

/** Grace reads nothing for a while. Ada's messages wait with Ada, not in the server. */
async function* slowReader(room: URL): AsyncGenerator<string> {
  const COUNT = 400;
  const long = "x".repeat(100_000);
  const ada = await Client.join(room, "Ada");
  const grace = await Client.join(room, "Grace");
  grace.socket.pause();
  for (let i = 0; i < COUNT; i++) ada.say(`${i} ${long}`);
  ada.say("done");
  let { peak } = await state(room);
  while (peak < 8) ({ peak } = await state(room));
  yield `Ada is done: ${ada.heard.includes("Ada: done") ? "YES" : "no"}`;
  grace.socket.resume();
  await grace.hears("Ada: done");
  const numbers = grace.heard.map((text) => /^Ada: (\d+)/.exec(text)?.[1]).filter((each) => each !== undefined);
  yield `in order: ${numbers.every((each, i) => Number(each) === i) && numbers.length === COUNT ? "yes" : "NO"}`;
  yield `at most ${(await state(room)).peak} messages have waited for one member`;
}

/** The server is told to stop. */
async function* terminate(room: URL, server: Server): AsyncGenerator<string> {
  const edsger = await Client.join(room, "Edsger");
  const barbara = await Client.join(room, "Barbara");
  const exit = once(server.process, "close");
  server.process.kill("SIGTERM");
  const [code, signal] = await exit;
  await comesTrue(() => edsger.closed !== undefined && barbara.closed !== undefined);
  yield `Edsger's connection: ${edsger.closed}`;
  yield `Barbara's connection: ${barbara.closed}`;
  yield `server: ${server.printed.filter((line) => /^(Edsger|Barbara) /.test(line)).join(", ") || "NOTHING"}`;
  yield `server: ended by ${signal ?? code}`;
}

export const scenarios: Record<string, Scenario> = {
  "two talk": twoTalk,
  "one leaves": leave,
  "one breaks off in the middle of a message": breakOff,
  "one reads slowly": slowReader,
  SIGTERM: terminate,
};
