/** Runs one scenario and prints, a line of JSON each: what it left open, and whether the process ends by itself. */

import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isClean, measure } from "./measure.js";
import { scenarios } from "./scenarios.js";

const SETTLE_MS = 1500;
const END_MS = 700;

const [title = "", file = "", server = ""] = process.argv.slice(2);
const scenario = scenarios[title]!;
// The last line is written when the event loop has stopped.
const print = (line: unknown): unknown => writeSync(1, `${JSON.stringify(line)}\n`);

async function settle(): Promise<void> {
  const deadline = Date.now() + SETTLE_MS;
  while (!isClean(measure(file)) && Date.now() < deadline) {
    globalThis.gc?.();
    await sleep(20);
  }
}

async function main(): Promise<void> {
  await scenario.run({ file, server });
  if (scenario.look === "after") {
    await settle();
    print(measure(file));
  }
  setTimeout(() => {
    ends = false;
    process.exit();
  }, END_MS).unref();
}

// Node 25 and later end a program for such a file. This one goes on, to look at what else is open.
process.on("uncaughtException", (error) => {
  if (!error.message.includes("closed during garbage collection")) throw error;
  console.error(error.message);
});

let ends = true;
process.on("exit", () => {
  if (scenario.look === "at exit") print(measure(file));
  print({ ends });
});
await main();
