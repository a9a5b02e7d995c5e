/**
 * `npm run bench:build-time -- [files] [rounds] [--typescript 5.9]`: how long a build takes. 2,000 generated files, 1 % and all of them with
 * the directive: tsc with the plugin over plain tsc of the same version, and `aclose build` against Babel's preset-env.
 * The plugin runs as `aclose init` sets it up, in a tsc that is patched on disk; and in tspc, which patches in each run. Beside it,
 * what TypeScript 7 is used with: `aclose build` after plain tsc.
 * Every output is checked: all files are there, and one is executed.
 */

import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { describe, measure, ratio } from "./measure.mjs";
import { program, source } from "./project.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const { values, positionals } = parseArgs({ options: { typescript: { type: "string" } }, allowPositionals: true });
const [files, rounds] = [positionals[0] ?? 2000, positionals[1] ?? 5].map(Number);
const folder = mkdtempSync(join(tmpdir(), "aclose-build-time-"));

/** Where TypeScript and ts-patch are: this project's, or another version's from the registry. */
function modulesWith(version) {
  if (!version) return join(root, "node_modules");
  const versions = JSON.parse(readFileSync(join(root, "test/toolchain/typescript-versions.json"), "utf8"));
  const place = join(folder, "typescript");
  mkdirSync(place);
  writeFileSync(join(place, "package.json"), "{}");
  execFileSync("npm", ["install", "--no-audit", "--no-fund", ...versions[version].packages], { cwd: place });
  return join(place, "node_modules");
}

const modules = modulesWith(values.typescript);
const tsc = join(modules, "typescript/bin/tsc");
const tspc = join(modules, "ts-patch/bin/tspc.js");
const tsPatch = join(modules, "ts-patch/bin/ts-patch.js");
const cli = join(root, "dist/cjs/integrations/cli/main.js");
const babel = join(root, "bench/build-time/babel.cjs");

/** A copy of the same TypeScript, patched on disk: what `"prepare": "ts-patch install -s"` makes of a project's. */
function patchedTsc() {
  const place = join(folder, "patched");
  const copy = join(place, "node_modules/typescript");
  cpSync(join(modules, "typescript"), copy, { recursive: true });
  writeFileSync(join(place, "package.json"), "{}");
  execFileSync("node", [tsPatch, "install", "-s", "-d", place]);
  return join(copy, "bin/tsc");
}

const isOptedIn = (index, every) => index % every === 0;

/** A project in which every `every`th file has the directive. */
function project(name, every) {
  const place = join(folder, name);
  mkdirSync(join(place, "src"), { recursive: true });
  mkdirSync(join(place, "node_modules"));
  symlinkSync(root, join(place, "node_modules/aclose"));
  writeFileSync(join(place, "package.json"), '{ "type": "module" }');
  for (let index = 0; index < files; index++)
    writeFileSync(join(place, `src/file${index}.ts`), source(index, isOptedIn(index, every)));
  const options = {
    target: "ES2022",
    module: "NodeNext",
    strict: true,
    skipLibCheck: true,
    sourceMap: true,
    rootDir: "src",
    types: [],
  };
  const plugins = { plain: [], plugin: [{ transform: "aclose/transformer" }] };
  for (const [config, list] of Object.entries(plugins))
    writeFileSync(
      join(place, `${config}.json`),
      JSON.stringify({ compilerOptions: { ...options, outDir: config, plugins: list }, include: ["src"] }),
    );
  return { place, every };
}

function output(out, index) {
  writeFileSync(join(out, "program.js"), program(index));
  return execFileSync("node", [join(out, "program.js")], { encoding: "utf8" });
}

/** Throws unless all files are there, exactly those are compiled that must be, and one does what it does natively. */
function checkOutput(place, out, isCompiled) {
  const here = join(place, out);
  const names = readdirSync(here).filter((name) => /^file\d+\.js$/.test(name));
  if (names.length !== files) throw new Error(`${here}: ${names.length} files, not ${files}`);
  for (const name of names) {
    const expectation = isCompiled(Number(/\d+/.exec(name)[0]));
    const text = readFileSync(join(here, name), "utf8");
    if (/async\s*function\s*\*/.test(text) === expectation) throw new Error(`${join(here, name)}: wrongly compiled`);
    if (!existsSync(join(here, `${name}.map`))) throw new Error(`${join(here, name)}: no source map`);
  }
  const index = [...Array(files).keys()].findLast(isCompiled) ?? files - 1;
  const [ours, native] = [here, join(place, "plain")].map((each) => output(each, index));
  if (ours !== native || !native.includes("one two")) throw new Error(`${here}, file ${index}: printed ${ours}`);
}

/** A candidate that compiles `place` with one of its configurations. */
function compilation(compiler, { place, every }, config) {
  return {
    cwd: place,
    commands: [[compiler, "-p", `${config}.json`]],
    before: () => rmSync(join(place, config), { recursive: true, force: true }),
    check: () => checkOutput(place, config, (index) => config === "plugin" && isOptedIn(index, every)),
  };
}

/** A candidate that compiles `place` with plain tsc, and what that has written with `aclose build`. */
function compilationAndRewriting({ place, every }) {
  const out = "rewritten";
  return {
    cwd: place,
    commands: [
      [tsc, "-p", "plain.json", "--outDir", out],
      [cli, "build", "--in-place", out],
    ],
    before: () => rmSync(join(place, out), { recursive: true, force: true }),
    check: () => checkOutput(place, out, (index) => isOptedIn(index, every)),
  };
}

/** A candidate that compiles what plain tsc made of all files. */
function rewriting(place, out, args) {
  return {
    cwd: place,
    commands: [args],
    before: () => rmSync(join(place, out), { recursive: true, force: true }),
    check: () => checkOutput(place, out, () => true),
  };
}

function table(samples) {
  console.log("\n| | wall, s (quartiles) | user, s | CPU, s | memory, MiB |\n| --- | ---: | ---: | ---: | ---: |");
  for (const [name, all] of Object.entries(samples)) console.log(describe(name, all));
}

function compare(what, one, other, limit) {
  const [wall, user, cpu] = ratio(one, other);
  console.log(`| ${what} | ${wall} | ${user} | ${cpu} | ${limit} |`);
}

const comparisons = () =>
  console.log("\n| | wall (quartiles) | user | CPU | target |\n| --- | ---: | ---: | ---: | ---: |");

try {
  const few = project("few", 100);
  const all = project("all", 1);
  const installed = patchedTsc();
  const compiled = measure(
    {
      tsc: compilation(tsc, few, "plain"),
      "tspc without plugins": compilation(tspc, few, "plain"),
      "patched tsc, aclose, 1 % with the directive": compilation(installed, few, "plugin"),
      "tspc, aclose, 1 % with the directive": compilation(tspc, few, "plugin"),
      "tsc && aclose build, 1 % with the directive": compilationAndRewriting(few),
      "tsc, all with the directive": compilation(tsc, all, "plain"),
      "patched tsc, aclose, all with the directive": compilation(installed, all, "plugin"),
      "tspc, aclose, all with the directive": compilation(tspc, all, "plugin"),
      "tsc && aclose build, all with the directive": compilationAndRewriting(all),
    },
    rounds,
  );
  table(compiled);
  const [plain, inMemory, one, oneInMemory, oneAfter, plainAll, every, everyInMemory, everyAfter] =
    Object.values(compiled);
  comparisons();
  compare("tspc without plugins / tsc", inMemory, plain, "–");
  compare("1 % with the directive: plugin / tsc", one, plain, "≤ 1.05");
  compare("1 % with the directive: plugin in tspc / tsc", oneInMemory, plain, "–");
  compare("1 % with the directive: tsc && aclose build / tsc", oneAfter, plain, "≤ 1.05");
  compare("all with the directive: plugin / tsc", every, plainAll, "≤ 1.35");
  compare("all with the directive: plugin in tspc / tsc", everyInMemory, plainAll, "–");
  compare("all with the directive: tsc && aclose build / tsc", everyAfter, plainAll, "≤ 1.35");

  execFileSync("node", [tsc, "-p", "plain.json"], { cwd: all.place });
  rmSync(join(all.place, "plain/program.js"), { force: true });
  const rewritten = measure(
    {
      "aclose build": rewriting(all.place, "aclose", [cli, "build", "plain/*.js", "--out-dir", "aclose"]),
      "Babel, preset-env, IE 11": rewriting(all.place, "ie11", [babel, "ie11", "plain", "ie11"]),
      "Babel, preset-env, Chrome 62": rewriting(all.place, "chrome62", [
        babel,
        "async-generators",
        "plain",
        "chrome62",
      ]),
    },
    rounds,
  );
  table(rewritten);
  const [own, ie11, chrome62] = Object.values(rewritten);
  comparisons();
  compare("Babel, IE 11 / aclose build", ie11, own, "≥ 3");
  compare("Babel, Chrome 62 / aclose build", chrome62, own, "–");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
