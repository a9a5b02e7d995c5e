/** Lets an example import this package by its name, as `npm link` would: `node scripts/link-example.mjs sse`. */

import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [name = ""] = process.argv.slice(2);
const example = join(root, "examples", name);

if (name === "" || !existsSync(join(example, "package.json"))) {
  console.error(`No example "${name}".`);
  process.exit(2);
}
const link = join(example, "node_modules/aclose");
if (!existsSync(link)) {
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(root, link, "junction");
}
