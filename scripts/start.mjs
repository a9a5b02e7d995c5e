/** `npm start`, `npm start sse`: builds what is stale and runs an example. */

import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [name = "ndjson"] = process.argv.slice(2);

function run(command, cwd) {
  const { status } = spawnSync(command, { cwd, stdio: "inherit", shell: true });
  if (status !== 0) process.exit(status ?? 1);
}

run("node scripts/build.mjs --if-stale", root);
run(`node scripts/link-example.mjs ${name}`, root);
run("npm start --silent", join(root, "examples", name));
