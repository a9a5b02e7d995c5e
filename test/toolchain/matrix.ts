/** `npm run test:matrix`: every supported TypeScript × every tool, installed from the registry; the logs must be equal. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Project, root, tsconfig } from "../doors/project.js";
import { sample, sampleLog, sampleTest } from "./sample.js";

interface Version {
  readonly packages: readonly string[];
  /** The package with the classic API. */
  readonly api: string;
  readonly hasPlugins: boolean;
}

const versions = JSON.parse(readFileSync(join(root, "test/toolchain/typescript-versions.json"), "utf8")) as Record<
  string,
  Version
>;

const tools = [
  "vite",
  "rollup",
  "webpack",
  "esbuild",
  "ts-loader",
  "jest@30",
  "ts-jest@29",
  "vitest@4",
  "@types/node@20",
  "@types/jest",
];

const compilerOptions = {
  target: "ES2022",
  module: "ESNext",
  moduleResolution: "Bundler",
  rootDir: "src",
  outDir: "out",
  isolatedModules: true,
  types: [],
};

const aclose = "node_modules/aclose/dist/cjs/integrations/cli/main.js";

type Tool = (project: Project, version: Version) => string;

function run(project: Project, ...args: string[]): void {
  const { status, output } = project.node(...args);
  expect(status, output).to.equal(0);
}

function configure(project: Project, plugin?: object, include = ["src"], more: object = {}): void {
  const setup = { compilerOptions: { ...compilerOptions, ...more }, ...(plugin ? { plugin: { ...plugin } } : {}) };
  project.write({ "tsconfig.json": tsconfig(setup, include) });
}

const tsc: Tool = (project, { hasPlugins }) => {
  configure(project, hasPlugins ? {} : undefined);
  if (hasPlugins) run(project, "node_modules/ts-patch/bin/ts-patch.js", "install", "-s");
  run(project, "node_modules/typescript/bin/tsc", "-p", ".");
  if (hasPlugins) run(project, "node_modules/ts-patch/bin/ts-patch.js", "uninstall", "-s");
  else run(project, aclose, "build", "--in-place", "out");
  return project.print("out/main.js");
};

/** TypeScript 7 has no tspc: there `aclose build` runs before tsc. */
const tspc: Tool = (project, { hasPlugins }) => {
  if (hasPlugins) {
    configure(project, {});
    run(project, "node_modules/ts-patch/bin/tspc.js", "-p", ".");
  } else {
    run(project, aclose, "build", "src", "--out-dir", "compiled");
    configure(project, undefined, ["compiled"], { rootDir: "compiled", noCheck: true });
    run(project, "node_modules/typescript/bin/tsc", "-p", ".");
  }
  return project.print("out/main.js");
};

function bundler(script: string, file: string): Tool {
  return (project, { api }) => {
    configure(project);
    project.write({ "build.mjs": script.replaceAll("API", api) });
    run(project, "build.mjs");
    return project.print(file);
  };
}

const own = `{ name: "own", resolveId(name, from) { const file = from && name.startsWith(".") && resolve(dirname(from), name.replace(/\\.js$/, ".ts")); return file && existsSync(file) ? file : null; } }`;

/** ts-jest does not run with TypeScript 7: there Jest runs what tsc and `aclose build` wrote. */
function jestAfterBuild(project: Project): string {
  run(project, "node_modules/typescript/bin/tsc", "-p", ".");
  run(project, aclose, "build", "--in-place", "out");
  const config = { testEnvironment: "node", transform: {}, roots: ["<rootDir>/out/test"] };
  project.write({ "jest.config.json": JSON.stringify(config), "out/package.json": '{ "type": "commonjs" }' });
  run(project, "node_modules/jest/bin/jest.js", "--no-cache", "--watchman=false");
  return project.read("log.txt");
}

const builds: Record<string, Tool> = {
  tsc,
  tspc,
  vite: bundler(
    `import { build } from "vite"; import aclose from "aclose/unplugin/vite";
await build({ configFile: false, logLevel: "error", plugins: [aclose()], build: { outDir: "out", minify: false, lib: { entry: "src/main.ts", formats: ["es"], fileName: () => "main.mjs" } } });`,
    "out/main.mjs",
  ),
  rollup: bundler(
    `import { rollup } from "rollup"; import { existsSync } from "node:fs"; import { dirname, resolve } from "node:path";
import { createRequire } from "node:module"; import aclose from "aclose/unplugin/rollup";
const ts = createRequire(import.meta.url)("API");
const strip = { name: "strip", transform: (code, id) => id.endsWith(".ts") ? { code: ts.transpile(code, { target: 9, module: 99 }), map: null } : null };
const bundle = await rollup({ input: "src/main.ts", plugins: [aclose(), strip, ${own}], external: [/^aclose/] });
await bundle.write({ file: "out/main.mjs", format: "esm" });`,
    "out/main.mjs",
  ),
  webpack: bundler(
    `import webpack from "webpack";
webpack({ mode: "development", target: "web", entry: "./src/main.ts", output: { path: process.cwd() + "/out", filename: "main.cjs" },
  resolve: { extensions: [".ts", ".js"], extensionAlias: { ".js": [".ts", ".js"] } },
  module: { rules: [{ test: /\\.ts$/, loader: "ts-loader", options: { compiler: "API", transpileOnly: true, getCustomTransformers: "aclose/ts-loader" } }] } },
  (error, stats) => { if (error || stats.hasErrors()) { console.error(error ?? stats.toString()); process.exitCode = 1; } });`,
    "out/main.cjs",
  ),
  esbuild: bundler(
    `import { build } from "esbuild"; import aclose from "aclose/unplugin/esbuild";
await build({ entryPoints: ["src/main.ts"], outfile: "out/main.mjs", bundle: true, format: "esm", target: "es2017", logLevel: "error", plugins: [aclose()] });`,
    "out/main.mjs",
  ),
  "ts-jest": (project, { hasPlugins }) => {
    configure(project, undefined, ["src", "test"], { module: "CommonJS", rootDir: ".", types: ["jest", "node"] });
    project.write({ "test/a.test.ts": sampleTest });
    if (!hasPlugins) return jestAfterBuild(project);
    const options = { diagnostics: false, astTransformers: { before: ["aclose/ts-jest"] } };
    const config = {
      testEnvironment: "node",
      transform: { "\\.ts$": ["ts-jest", options] },
      moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
      roots: ["<rootDir>/test"],
    };
    project.write({ "jest.config.json": JSON.stringify(config) });
    run(project, "node_modules/jest/bin/jest.js", "--no-cache", "--watchman=false");
    return project.read("log.txt");
  },
  vitest: (project) => {
    configure(project);
    project.write({
      "vitest.config.mjs": `import aclose from "aclose/unplugin/vite";\nexport default { plugins: [aclose()], test: { globals: true } };`,
      "test/a.test.ts": sampleTest,
    });
    run(project, "node_modules/vitest/vitest.mjs", "run");
    return project.read("log.txt");
  },
  register: (project) => {
    configure(project);
    return project.print("--import", "aclose/register", "src/main.ts");
  },
};

describe("the matrix", () => {
  for (const [name, version] of Object.entries(versions)) {
    describe(`TypeScript ${name}`, () => {
      let project: Project;
      let packed: string;
      before(() => {
        packed = mkdtempSync(join(tmpdir(), "aclose-pack-"));
        const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", packed];
        execFileSync("npm", pack, { cwd: root, stdio: "ignore" });
        project = new Project({ "package.json": '{ "name": "user", "private": true, "type": "module" }' });
        rmSync(join(project.folder, "node_modules"), { recursive: true });
        const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--legacy-peer-deps"];
        const tarball = join(packed, readdirSync(packed)[0] as string);
        execFileSync("npm", [...install, tarball, ...version.packages, ...tools], {
          cwd: project.folder,
          stdio: "ignore",
        });
      });
      after(() => {
        project.remove();
        rmSync(packed, { recursive: true });
      });
      beforeEach(() => {
        for (const each of ["out", "compiled", "src", "test", "log.txt"])
          rmSync(join(project.folder, each), { recursive: true, force: true });
        project.write(sample);
      });
      for (const [tool, build] of Object.entries(builds))
        it(tool, () => expect(build(project, version)).to.equal(sampleLog));
    });
  }
});
