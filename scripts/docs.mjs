/**
 * Writes the generated parts of the documentation: the reference, the compiled functions and their pictures, and the files that
 * pages show. `--check` changes nothing and fails when something is out of date.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { machines } from "./docs/machines.mjs";
import { reference } from "./docs/reference.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const flags = process.argv.slice(2);

const { text, undocumented } = reference(root);
for (const name of undocumented) console.error(`${name} has no docstring`);
if (undocumented.length > 0) process.exitCode = 1;

for (const [path, content] of new Map([["docs/reference.md", text], ...machines(root)])) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, "utf8") === content) continue;
  if (flags.includes("--check")) {
    console.error(`${path} is out of date. Run: npm run docs`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

// After what they show.
const { status } = spawnSync(process.execPath, [join(root, "scripts/update-readme.mjs"), ...flags], {
  stdio: "inherit",
});
if (status !== 0) process.exitCode = 1;
