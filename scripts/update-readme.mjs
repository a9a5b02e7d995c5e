/**
 * Puts files into the README and the pages of docs/: what stands between `<!-- file: path#from-to -->` and `<!-- end -->` becomes
 * the lines of that file in a code block, or the picture. Without `#from-to`, all of it. `--check` changes nothing and fails
 * when they differ.
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const region = /(<!-- file: (\S+?)(?:#(\d+)-(\d+))? -->\n)[\s\S]*?(<!-- end -->)/g;

function shown(page, path, from, to) {
  const name = posix.basename(path, extname(path));
  if (extname(path) === ".svg") return `![The states of ${name}](${posix.relative(posix.dirname(page), path)})`;
  const lines = readFileSync(join(root, path), "utf8").trim().split("\n");
  const chosen = from ? lines.slice(Number(from) - 1, Number(to)) : lines;
  return `\`\`\`${extname(path).slice(1)}\n${chosen.join("\n")}\n\`\`\``;
}

for (const page of pages) {
  const before = readFileSync(join(root, page), "utf8");
  const after = before.replace(
    region,
    (_, open, path, from, to, close) => `${open}\n${shown(page, path, from, to)}\n\n${close}`,
  );
  if (after === before) continue;
  if (process.argv.includes("--check")) {
    console.error(`${page} is not in step with the files it shows. Run: node scripts/update-readme.mjs`);
    process.exitCode = 1;
  } else writeFileSync(join(root, page), after);
}
