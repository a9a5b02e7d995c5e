/**
 * Builds dist/: ES modules (dist/esm), CommonJS (dist/cjs), the classic scripts (dist/aclose.global*.js) and, for
 * Node's `import`, thin wrappers around the CommonJS files (dist/node), so that `import` and `require` share one
 * instance. Everything is built beside dist/ and moved into place at the end: a failed build leaves the old one.
 *
 * `--if-stale` does nothing when dist/ is newer than its sources.
 */

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build as bundle } from "esbuild";
import { rolldown } from "rolldown";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const run = promisify(execFile);

/** Entries that Node's `import` reaches through a wrapper: name in dist/node → module in dist/cjs. */
const wrappers = {
  index: "runtime/index.js",
  runtime: "runtime/runtime.js",
  testing: "runtime/testing.js",
  transformer: "transformer/index.js",
};

const sources = ["runtime", "transformer", "picture", "integrations", "scripts/build.mjs", "package.json"];
const configs = ["tsconfig.base.json", "tsconfig.esm.json", "tsconfig.cjs.json"];

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isStale() {
  const stamp = join(root, "dist/package.json");
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  return [...sources, ...configs].some((path) => newest(join(root, path)) > built);
}

const write = (path, text) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

async function compile(project, outDir) {
  const tsc = require.resolve("typescript/bin/tsc");
  try {
    await run(process.execPath, [tsc, "-p", join(root, project), "--outDir", outDir], { cwd: root });
  } catch (error) {
    throw new Error(`tsc -p ${project} failed:\n${error.stdout || error.message}`);
  }
}

/** The second is for engines without async generators, where the first is a syntax error. */
const scripts = { "aclose.global.js": "es2022", "aclose.global.es2015.js": "es2015" };

async function bundleGlobal(out) {
  for (const [name, target] of Object.entries(scripts))
    await bundle({
      absWorkingDir: root,
      entryPoints: ["runtime/global.ts"],
      outfile: join(out, name),
      bundle: true,
      format: "iife",
      platform: "neutral",
      target,
      legalComments: "none",
    });
  write(
    join(out, "aclose.global.d.ts"),
    `import type * as runtime from "./cjs/${wrappers.runtime}";\ndeclare global {\n  var __aclose: typeof runtime;\n}\nexport {};\n`,
  );
}

/**
 * Rolldown 1.0 and earlier (in Vite 8.0 and tsdown 0.21) calls a CommonJS file that it bundles `require_<file>`, also where
 * the file has a variable of this name, as Rolldown's own output does. As long as before, so that the map stays true.
 */
const otherNames = {
  name: "other-names",
  renderChunk: (code) => ({ code: code.replace(/\brequire_(?=\w)/g, "imports_"), map: null }),
};

/** Replaces the CommonJS files of a folder by bundles: they load in a third of the time. */
async function bundleFolder(out, name, entries, output) {
  const folder = join(out, "cjs", name);
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (/\.c?js(\.map)?$/.test(file)) rmSync(join(folder, file));
  const build = await rolldown({
    cwd: root,
    input: Object.fromEntries(entries.map((entry) => [entry, `${name}/${entry}.ts`])),
    external: /^[^./]/,
    platform: "node",
    plugins: [otherNames],
  });
  await build.write({
    dir: folder,
    format: "cjs",
    exports: "named",
    strict: true,
    sourcemap: true,
    comments: false,
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    ...output,
  });
  await build.close();
}

/** Node gets the runtime as one file: what was a property of a module's exports is a constant to the optimizing compiler. */
async function bundleRuntime(out) {
  const core = await modulesOf("runtime/runtime.ts");
  await bundleFolder(out, "runtime", ["index", "runtime", "testing", "report"], {
    codeSplitting: {
      groups: [
        { name: "core", test: (id) => core.has(id) },
        // What runs when it is loaded stays apart.
        { name: "api", test: (id) => !id.endsWith("report.ts") },
      ],
    },
  });
}

/** What emitted code needs: all that has to be read and parsed before a program starts. */
async function modulesOf(entry) {
  const build = await rolldown({ cwd: root, input: entry, platform: "node" });
  const { output } = await build.generate({ format: "cjs" });
  await build.close();
  return new Set(output.flatMap(({ moduleIds }) => moduleIds));
}

function writeWrappers(out) {
  for (const [name, path] of Object.entries(wrappers)) {
    const names = Object.keys(require(join(out, "cjs", path)));
    // By name: "export *" would make "__esModule" a visible export.
    let text = `export { ${names.filter((each) => each !== "default").join(", ")} } from "../cjs/${path}";\n`;
    if (names.includes("default")) text += `import all from "../cjs/${path}";\nexport default all.default;\n`;
    write(join(out, "node", `${name}.mjs`), text);
  }
}

async function build() {
  const out = join(root, `dist.${process.pid}`);
  const old = `${out}.old`;
  try {
    // Before the compilation: CommonJS files are recognized by it, and its time is the build's stamp.
    write(join(out, "package.json"), '{ "type": "commonjs" }\n');
    write(
      join(out, "esm/package.json"),
      '{ "type": "module", "sideEffects": ["./integrations/testing/**", "./runtime/report.js"] }\n',
    );
    write(
      join(out, "cjs/package.json"),
      '{ "type": "commonjs", "sideEffects": ["./integrations/**", "./runtime/report.js"] }\n',
    );
    const compilations = [
      compile("tsconfig.esm.json", join(out, "esm")),
      compile("tsconfig.cjs.json", join(out, "cjs")),
    ];
    // Settled, not all: the folder must not be removed while the other compilation still writes to it.
    for (const { reason } of await Promise.allSettled(compilations)) if (reason) throw reason;
    await bundleGlobal(out);
    await bundleRuntime(out);
    await bundleFolder(out, "transformer", ["index", "version", "file-kinds", "line-ends", "map-comment"]);
    writeWrappers(out);
    if (existsSync(join(root, "dist"))) renameSync(join(root, "dist"), old);
    renameSync(out, join(root, "dist"));
  } finally {
    for (const path of [out, old]) rmSync(path, { recursive: true, force: true });
  }
}

if (!process.argv.includes("--if-stale") || isStale()) {
  try {
    await build();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
