/**
 * `npm run check:package`: the package as it is published. publint and "are the types wrong" must have nothing to say,
 * and what a compiled file adds to a bundle must not grow: `scripts/size-limit.json` is a ratchet, lowered with
 * `--update` whenever the size has become smaller.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const limitFile = join(root, "scripts/size-limit.json");
const source = `export async function* rows(n) {
  "use aclose";
  try { for (let i = 0; i < n; i++) yield await i; } finally { await 0; }
}`;

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exitCode = 1;
}

function checkTypesAndEntries() {
  const folder = mkdtempSync(join(tmpdir(), "aclose-check-"));
  try {
    run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder]);
    const tarball = join(
      folder,
      readdirSync(folder).find((name) => name.endsWith(".tgz")),
    );
    run("npx", ["publint", tarball, "--strict"]);
    // Not "node10": TypeScript's resolution without "exports", which TypeScript 6 deprecates and 7 does not have.
    const attw = (...options) => run("npx", ["attw", tarball, "--format", "ascii", "--quiet", ...options]);
    attw("--profile", "node16", "--exclude-entrypoints", "./testing/vitest");
    // Vitest itself cannot be required.
    attw("--profile", "esm-only", "--entrypoints", "./testing/vitest");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes, minified and gzipped, of one small generator and all of the runtime that it needs. */
async function size() {
  const { transform } = require(join(root, "dist/cjs/transformer/index.js"));
  const { code } = transform(source, { fileName: "rows.js", sourceMap: false });
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

async function checkSize() {
  const { gzip: limit } = JSON.parse(readFileSync(limitFile, "utf8"));
  const now = await size();
  if (process.argv.includes("--update")) {
    writeFileSync(limitFile, `{ "gzip": ${now} }\n`);
  } else if (now > limit) {
    console.error(`A compiled generator needs ${now} bytes (minified, gzipped); the limit is ${limit}.`);
    process.exitCode = 1;
  } else console.log(`A compiled generator needs ${now} bytes (minified, gzipped) of at most ${limit}.`);
}

checkTypesAndEntries();
await checkSize();
