/** How a list is read: the same text for both compilers. */

import { comesTrue } from "./comes-true.js";
import { items, pages } from "./pages.js";
import type { Server } from "./server.js";

/** Tells what came of it, line by line. */
type Scenario = (server: Server) => AsyncIterable<string>;

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

/** What goes on although nobody reads. */
export async function state(server: Server): Promise<string[]> {
  await comesTrue(() => server.open + timers() === 0);
  return [`open requests: ${server.open}`, `timers: ${timers()}`];
}

async function* readAll(server: Server, list: string): AsyncGenerator<string> {
  try {
    for await (const page of pages<string>(server.url + list)) yield page.join(", ");
  } catch (error) {
    yield String(error);
  }
  yield `requests: ${server.requests}`;
}

/** The second page is asked for as soon as the first is there. */
async function* prefetch(server: Server): AsyncGenerator<string> {
  for await (const page of pages<string>(`${server.url}/steady`)) {
    await comesTrue(() => server.requests === 2);
    yield `${page.join(", ")}, after ${server.requests} requests`;
    break;
  }
}

/** The second page is on its way when the reader has enough. */
async function* enoughRead(server: Server): AsyncGenerator<string> {
  for await (const name of items<string>(`${server.url}/hanging`)) {
    yield name;
    await comesTrue(() => server.open === 1);
    if (name === "Alan") break;
  }
}

/** Reads the first page, asks for the second, and leaves while that is being waited for. */
async function* leave(server: Server, list: string, isWaiting: () => boolean): AsyncGenerator<string> {
  const generator = pages<string>(server.url + list);
  const { value } = await generator.next();
  yield value.join(", ");
  // Nobody wants to know what becomes of them, and the server will break the connection.
  generator.next().catch(() => {});
  await comesTrue(isWaiting);
  generator.return(undefined).catch(() => {});
}

/** A page of a program showed the first item, and is no longer there. */
async function* forget(server: Server): AsyncGenerator<string> {
  yield (await items<string>(`${server.url}/hanging`).next()).value;
  await comesTrue(() => server.requests === 2);
}

export const scenarios: Record<string, Scenario> = {
  "read to the end": (server) => readAll(server, "/steady"),
  "the server is busy three times": (server) => readAll(server, "/busy"),
  "the server is down": (server) => readAll(server, "/down"),
  "the server refuses": (server) => readAll(server, "/forbidden"),
  "the next page is fetched ahead": prefetch,
  "enough read: break": enoughRead,
  "left while a page is loading": (server) => leave(server, "/hanging", () => server.open === 1),
  forgotten: forget,
  // The last one: what waits natively, still does when the next would begin.
  "left while it waits until tomorrow": (server) => leave(server, "/tomorrow", () => timers() === 1),
};
