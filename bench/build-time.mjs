/**
 * `npm run bench:build-time`: how long a build takes. 2,000 generated files, 1 % and all of them with the directive:
 * tsc with the plugin over plain tsc, and `aclose build` against Babel's preset-env. The best of some rounds, taken in
 * turns, so that a busy machine disturbs all alike.
 */

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const files = Number(process.argv[2] ?? 2000);
const rounds = Number(process.argv[3] ?? 3);
const folder = mkdtempSync(join(tmpdir(), "aclose-build-time-"));

const source = (index, isCompiled) => `export interface Row${index} { id: number; name: string }
export class Store${index} {
  private readonly rows = new Map<number, Row${index}>();
  add(row: Row${index}): void { this.rows.set(row.id, row); }
  find(id: number): Row${index} | undefined { return this.rows.get(id); }
  get size(): number { return this.rows.size; }
}
export function total${index}(rows: readonly Row${index}[]): number {
  let sum = 0;
  for (const { id, name } of rows) sum += id * name.length;
  return sum;
}
export async function* read${index}(store: Store${index}, ids: Iterable<number>): AsyncGenerator<Row${index}> {
  ${isCompiled ? '"use aclose";' : ""}
  try {
    for (const id of ids) {
      const row = await Promise.resolve(store.find(id));
      if (row) yield row;
    }
  } finally {
    await Promise.resolve();
  }
}
`;

function project(name, share) {
  const place = join(folder, name);
  mkdirSync(join(place, "src"), { recursive: true });
  mkdirSync(join(place, "node_modules"));
  symlinkSync(root, join(place, "node_modules/aclose"));
  writeFileSync(join(place, "package.json"), '{ "type": "module" }');
  const every = Math.round(1 / share);
  for (let index = 0; index < files; index++)
    writeFileSync(join(place, `src/file${index}.ts`), source(index, index % every === 0));
  const options = { target: "ES2022", module: "NodeNext", strict: true, rootDir: "src", outDir: "out", types: [] };
  for (const [config, plugins] of [
    ["plain", []],
    ["plugin", [{ transform: "aclose/transformer" }]],
  ])
    writeFileSync(
      join(place, `${config}.json`),
      JSON.stringify({ compilerOptions: { ...options, plugins }, include: ["src"] }),
    );
  return place;
}

/** A TypeScript of its own, so that the one that others use stays as it is. */
function patchedTypeScript() {
  cpSync(join(root, "node_modules/typescript"), join(folder, "node_modules/typescript"), { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}");
  execFileSync("node", [join(root, "node_modules/ts-patch/bin/ts-patch.js"), "install", "-s"], { cwd: folder });
  return join(folder, "node_modules/typescript/bin/tsc");
}

const babel = `const { transformSync } = require("@babel/core");
const { readdirSync, readFileSync, writeFileSync, mkdirSync } = require("node:fs");
mkdirSync("babel", { recursive: true });
const presets = [[require.resolve("@babel/preset-env"), { targets: { ie: 11 } }]];
for (const name of readdirSync("out").filter((each) => each.endsWith(".js")))
  writeFileSync("babel/" + name, transformSync(readFileSync("out/" + name, "utf8"), { filename: name, presets, babelrc: false, configFile: false, sourceMaps: true }).code);`;

function seconds(cwd, ...args) {
  const start = performance.now();
  execFileSync("node", args, { cwd, stdio: "ignore" });
  return (performance.now() - start) / 1000;
}

function best(candidates) {
  const times = Object.fromEntries(Object.keys(candidates).map((name) => [name, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of Object.entries(candidates)) times[name] = Math.min(times[name], run());
  return times;
}

function compare(what, one, other, limit) {
  const ratio = one / other;
  console.log(`${what}: ${one.toFixed(2)} s / ${other.toFixed(2)} s = ${ratio.toFixed(3)} (${limit})`);
}

try {
  const plain = join(root, "node_modules/typescript/bin/tsc");
  const patched = patchedTypeScript();
  const few = project("few", 0.01);
  const all = project("all", 1);
  const times = best({
    few: () => seconds(few, patched, "-p", "plugin.json"),
    fewPlain: () => seconds(few, plain, "-p", "plain.json"),
    all: () => seconds(all, patched, "-p", "plugin.json"),
    allPlain: () => seconds(all, plain, "-p", "plain.json"),
  });
  compare("1 % with the directive, plugin over plain tsc", times.few, times.fewPlain, "at most 1.05");
  compare("all with the directive, plugin over plain tsc", times.all, times.allPlain, "at most 1.35");
  seconds(all, plain, "-p", "plain.json");
  // In the project, so that require finds the packages of this repository.
  writeFileSync(join(root, "node_modules/.aclose-babel.cjs"), babel);
  const cli = join(root, "dist/cjs/integrations/cli/main.js");
  const builds = best({
    babel: () => seconds(all, join(root, "node_modules/.aclose-babel.cjs")),
    aclose: () => seconds(all, cli, "build", "out", "--out-dir", "compiled"),
  });
  compare("Babel's preset-env over aclose build", builds.babel, builds.aclose, "at least 3");
} finally {
  rmSync(join(root, "node_modules/.aclose-babel.cjs"), { force: true });
  rmSync(folder, { recursive: true, force: true });
}
