/**
 * `npm run update-goldens`: writes what the compiler makes of the fixtures now, what tsc makes of the example with the plugin, and the
 * pages that show them. Read the difference before you commit it.
 */

import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const example = join(root, "examples/ndjson");

function run(script) {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts", script)], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`scripts/${script} failed: ${stderr}`);
}

/** Returns the paths that changed. */
function updateExample() {
  const [made, golden] = [join(example, "dist/aclose/file.js"), join(example, "golden/file.js")];
  run("start.mjs");
  if (readFileSync(made, "utf8") === readFileSync(golden, "utf8")) return [];
  copyFileSync(made, golden);
  return [golden];
}

register();
const { updateGoldens } = await import("../test/transformer/goldens.ts");
const changed = [...updateGoldens(), ...updateExample()];
run("docs.mjs");
for (const path of changed) console.log(path);
console.log(`${changed.length} goldens changed`);
