/**
 * Puts files into the README: what stands between `<!-- file: path#from-to -->` and `<!-- end -->` becomes the lines
 * of that file in a code block. Without `#from-to`, all of it. `--check` changes nothing and fails when they differ.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const readme = join(root, "README.md");
const region = /(<!-- file: (\S+?)(?:#(\d+)-(\d+))? -->\n)[\s\S]*?(<!-- end -->)/g;

const before = readFileSync(readme, "utf8");
const after = before.replace(region, (_, open, path, from, to, close) => {
  const lines = readFileSync(join(root, path), "utf8").trimEnd().split("\n");
  const shown = from ? lines.slice(Number(from) - 1, Number(to)) : lines;
  return `${open}\n\`\`\`${extname(path).slice(1)}\n${shown.join("\n")}\n\`\`\`\n\n${close}`;
});

if (after === before) process.exit(0);
if (process.argv.includes("--check")) {
  console.error("README.md is not in step with the files it shows. Run: node scripts/update-readme.mjs");
  process.exit(1);
}
writeFileSync(readme, after);
