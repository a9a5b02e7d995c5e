/** Lets an example import this package by its name, as `npm link` would: `node scripts/link-example.mjs sse`. */

import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [name = ""] = process.argv.slice(2);
const examples = join(root, "examples");
const example = join(examples, name);

if (name === "" || !existsSync(join(example, "package.json"))) {
  const known = readdirSync(examples).filter((each) => existsSync(join(examples, each, "package.json")));
  console.error(`No example "${name}". There are: ${known.join(", ")}.`);
  process.exit(2);
}
const link = join(example, "node_modules/aclose");
if (!existsSync(link)) {
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(root, link, "junction");
}
