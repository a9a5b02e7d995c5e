/** Run by process.test.ts in a process of its own: `process-program.ts end|at-once|signal|refuse`. */

import { fileURLToPath } from "node:url";
import * as api from "../../../runtime/index.js";
import { compileScript } from "../support/compile.js";

const mode = process.argv[2];
const gate = new Promise(() => {});
const log = (line: string): void => console.log(line);
const make = compileScript("./programs.js", import.meta.url).programs({ log, gate });

async function open(name: string, count: number): Promise<unknown[]> {
  const generators = Array.from({ length: count }, () => make[name]());
  await Promise.all(generators.map((each) => each.next()));
  return generators;
}

console.log(fileURLToPath(import.meta.url).endsWith("process-program.ts") ? "started" : "");
if (mode === "end") (globalThis as any).kept = await open("awaitsFirst", 1000);
else if (mode === "at-once") {
  // As in a program that ends before any timer is due.
  (globalThis as any).setTimeout = () => undefined;
  (globalThis as any).kept = await open("simple", 1);
} else if (mode === "refuse")
  (globalThis as any).kept = [...(await open("yieldsInFinally", 1)), ...(await open("simple", 1))];
else {
  api.closeOnSignals(["SIGTERM"]);
  (globalThis as any).kept = await open("hangs", 2);
  for (const each of (globalThis as any).kept) void each.next();
  setInterval(() => {}, 1000);
  console.log("ready");
}
