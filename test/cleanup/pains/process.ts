/** Run by pains.test.ts in a process of its own: leaves 1,000 generators open. `process.ts native|compiled`. */

import { compileScript, runScriptNatively } from "../../runtime/support/compile.js";

const load = process.argv[2] === "native" ? runScriptNatively : compileScript;
let cleaned = 0;
const make = load("./programs.js", import.meta.url).programs({ log: () => cleaned++, gate: null });
const kept = Array.from({ length: 1000 }, () => make.waits());
await Promise.all(kept.map((each) => each.next()));
process.on("exit", () => console.log(`${cleaned} of ${kept.length} cleaned up`));
