/** Run by process.test.ts in a process of its own: `process-program.ts end|promise|at-once|late|hung|signal|signal-twice|signal-library|signal-self|signal-refuse|refuse`. */

import { fileURLToPath } from "node:url";
import * as api from "../../../runtime/index.js";
import { compileScript } from "../support/compile.js";

const mode = process.argv[2];
const gate = new Promise((resolve) => {
  if (mode === "signal-twice" || mode === "signal-library") process.once("SIGTERM", () => setTimeout(resolve, 100));
});
const log = (line: string): void => console.log(line);
const make = compileScript("./programs.js", import.meta.url).programs({ log, gate });

async function open(name: string, count: number): Promise<any[]> {
  const generators = Array.from({ length: count }, () => make[name]());
  await Promise.all(generators.map((each) => each.next()));
  return generators;
}

console.log(fileURLToPath(import.meta.url).endsWith("process-program.ts") ? "started" : "");
if (mode === "end") (globalThis as any).kept = await open("awaitsFirst", 1000);
else if (mode === "promise") {
  // As bluebird's: each callback waits for a turn of the event loop, which is not empty then.
  globalThis.Promise = class<T> extends Promise<T> {
    override then(...callbacks: any[]): any {
      return super.then((value) => setImmediate(callbacks[0], value), callbacks[1]);
    }
  } as PromiseConstructor;
  (globalThis as any).kept = await open("simple", 1);
} else if (mode === "at-once") {
  // As in a program that ends before any timer is due.
  (globalThis as any).setTimeout = () => undefined;
  (globalThis as any).kept = await open("simple", 1);
} else if (mode === "late") {
  await (await open("simple", 1))[0].return();
  process.once("beforeExit", async () => ((globalThis as any).kept = await open("simple", 1)));
} else if (mode === "hung") {
  const [byAclose, byReturn] = ((globalThis as any).kept = await open("hangsInCleanup", 3));
  void byAclose.aclose().promise();
  void byReturn.return();
} else if (mode === "refuse")
  (globalThis as any).kept = [...(await open("yieldsInFinally", 1)), ...(await open("simple", 1))];
else if (mode === "signal-twice") {
  for (let i = 0; i < 2; i++) api.closeOnSignals(["SIGTERM"]);
  (globalThis as any).kept = await open("hangsInCleanup", 2);
  setInterval(() => {}, 1000);
  console.log("ready");
} else if (mode === "signal-library") {
  api.closeOnSignals(["SIGTERM"]);
  // As signal-exit does.
  process.on("SIGTERM", function kill() {
    if (process.listenerCount("SIGTERM") > 1) return;
    console.log("killed by the library");
    process.off("SIGTERM", kill).kill(process.pid, "SIGTERM");
  });
  (globalThis as any).kept = await open("hangsInCleanup", 2);
  setInterval(() => {}, 1000);
  console.log("ready");
} else {
  api.closeOnSignals(["SIGTERM"]);
  const name = mode === "signal-refuse" ? "yieldsInFinally" : "hangs";
  (globalThis as any).kept = await open(name, 2);
  if (name === "hangs") for (const each of (globalThis as any).kept) void each.next();
  setInterval(() => {}, 1000);
  console.log("ready");
  if (mode !== "signal") process.kill(process.pid, "SIGTERM");
}
