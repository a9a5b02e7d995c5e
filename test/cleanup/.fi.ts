import * as testing from "/tmp/snap/runtime/testing.js";
import { compileScript } from "/tmp/snap/test/runtime/support/compile.js";

const tick = (v?: any): any => new Promise((r) => setImmediate(r, v));
const world = {
  tick,
  async connect(r: any, n: string) {
    await null;
    return r.open(n);
  },
  events(items: any[]) {
    return { take: () => tick(items.shift()) };
  },
  async *native(items: any[]): any {
    for (const i of items) {
      await null;
      yield i;
    }
  },
};
const all = Object.assign(
  {},
  ...["sources", "pipelines", "scopes"].map((f) =>
    compileScript(`/tmp/snap/test/cleanup/programs/${f}.js`, import.meta.url).programs(world),
  ),
);
const names = process.argv[2] ? process.argv[2].split(",") : Object.keys(all);
const fs = process.argv[3] ? (process.argv[3].split(",") as any) : undefined;
for (const f of fs ?? [
  "return",
  "throw",
  "cancel",
  "interrupting close",
  "abandon",
  "shutdown",
  "process end",
  "hang",
  "error in cleanup",
])
  for (const n of names) {
    const t = Date.now();
    const r = await testing.injectFaults({ [n]: all[n] }, { timeoutMs: 30, faults: [f as any] });
    const d = Date.now() - t;
    if (d > 100 || r.leaks.length) console.log(f, d, "ms", testing.describeFaults(r));
  }
console.log("done");
