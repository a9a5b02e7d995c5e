/** `npm start`: builds what is stale and runs the example. */

import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

for (const script of [["scripts/build.mjs", "--if-stale"], ["examples/ndjson/run.mjs"]]) {
  const { status } = spawnSync(process.execPath, script, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
