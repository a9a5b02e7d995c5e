/**
 * Runs programs and prints their answers as JSON, in the order of the arguments, null where there is none:
 * `node --expose-gc worker.mjs <subject> <program...>`.
 */

import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const [, , subject, ...files] = process.argv;
const turns = 20;

async function collect() {
  for (let turn = 0; turn < turns; turn++) {
    globalThis.gc();
    await sleep(1);
  }
}

/** Long enough for everything that happens at all. */
const settle = () => sleep(turns);

const { Repeater } = await import("@repeaterjs/repeater");

async function answerOf(file) {
  const program = await import(pathToFileURL(file).href);
  if (subject !== "repeater") return program.default({ collect, settle });
  return program.withRepeater?.({ collect, settle, Repeater });
}

const answers = [];
for (const file of files) answers.push((await answerOf(file)) ?? null);

// An answer that is a function is asked for when the process exits.
const final = (answer) => (typeof answer === "function" ? answer() : answer);
process.on("exit", () => writeSync(1, JSON.stringify(answers.map(final))));
