/** What `aclose init` would change in projects of many forms. Nothing is installed: only the files are looked at. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { UsageError } from "../../integrations/cli/exit.js";
import { examine } from "../../integrations/cli/init/checks.js";
import { makePlan, type Plan } from "../../integrations/cli/init/plan.js";
import { inspect } from "../../integrations/cli/init/project.js";

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** An installed package, as far as `init` looks at it. */
const installed = (name: string, version: string): Record<string, string> => ({
  [`node_modules/${name}/package.json`]: json({ name, version }),
});

const folders: string[] = [];
function folderOf(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "aclose-init-")));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The plan; and that carrying it out leaves nothing to do. */
function planFor(files: Record<string, string>, sub = ""): Plan {
  const folder = folderOf(files);
  const plan = makePlan(inspect(join(folder, sub)));
  for (const [name, text] of plan.texts) writeFileSync(join(folder, sub, name), text);
  expect(makePlan(inspect(join(folder, sub))).done).to.deep.equal([]);
  return plan;
}

const names = ({ texts }: Plan): string[] => [...texts.keys()].sort();
const parsed = ({ texts }: Plan, name = "package.json") => JSON.parse(texts.get(name)!);

describe("what init does to a project", () => {
  const six = { ...installed("typescript", "6.0.3"), "node_modules/aclose/package.json": "{}" };
  const seven = installed("typescript", "7.0.2");
  const manifest = (more: object = {}): string => json({ name: "user", dependencies: { aclose: "^0.1.0" }, ...more });
  const plugin = { transform: "aclose/transformer" };

  it("Vite and TypeScript 7, which has no API: what the compiler reads with comes along", () => {
    const plan = planFor({
      "package.json": manifest({
        type: "module",
        scripts: { build: "tsc && vite build" },
        devDependencies: { vite: "8", typescript: "7" },
      }),
      "tsconfig.json": '{ "compilerOptions": { "noEmit": true, /* bundler */ }, "include": ["src"] }',
      ...seven,
    });
    expect(names(plan)).to.deep.equal(["package.json", "vite.config.js"]);
    expect(parsed(plan).devDependencies["@typescript/typescript6"]).to.equal("^6.0.0");
    expect(parsed(plan).scripts).to.deep.equal({ build: "tsc && vite build" });
  });

  it("ts-loader with transformers of its own: says what to add, each time; doctor sees that it is missing", async () => {
    const files = {
      "package.json": manifest({ devDependencies: { webpack: "5", "ts-loader": "9", typescript: "6" } }),
      "webpack.config.js":
        'module.exports = { module: { rules: [{ loader: "ts-loader", options: { getCustomTransformers: "./own.js" } }] } };\n',
      ...six,
    };
    const plan = planFor(files);
    expect(names(plan)).to.deep.equal([]);
    expect(plan.advice).to.deep.equal([
      'webpack.config.js has a form that is not known: put `...aclose().before`, with aclose from "aclose/ts-loader", first in `before` of ts-loader\'s getCustomTransformers.',
    ]);
    const findings = await examine(inspect(folderOf(files)));
    expect(findings.map(({ text }) => text)).to.contain(
      "webpack.config.js does not have the plugin for webpack: run `npx aclose init`.",
    );
  });

  it("Jest in package.json: the transformers that ts-jest has stay, and come after", () => {
    const options = { tsconfig: "t.json", astTransformers: { before: ["mine"], after: ["late"] } };
    const transform = (given: object) => ({ transform: { "^.+\\.tsx?$": ["ts-jest", given] } });
    const plan = planFor({
      "package.json": manifest({ jest: transform(options), devDependencies: { "ts-jest": "29", typescript: "6" } }),
      ...six,
    });
    const astTransformers = { before: ["aclose/ts-jest", "mine"], after: ["late"] };
    expect(parsed(plan).jest).to.deep.equal(transform({ ...options, astTransformers }));
  });

  it("Jest in a file of JSON that package.json names", () => {
    const devDependencies = { "ts-jest": "29", typescript: "6" };
    const files = { "package.json": manifest({ jest: "./cfg/jest.json", devDependencies }), ...six };
    const plan = planFor({ ...files, "cfg/jest.json": '{ "rootDir": ".." }' });
    expect(names(plan)).to.deep.equal(["cfg/jest.json"]);
    const transformer = ["ts-jest", { astTransformers: { before: ["aclose/ts-jest"] } }];
    expect(parsed(plan, "cfg/jest.json")).to.deep.equal({ rootDir: "..", transform: { "^.+\\.tsx?$": transformer } });
    expect(() => planFor(files)).to.throw(UsageError, 'package.json: "jest" names ./cfg/jest.json, which is not there');
  });

  it("Jest by jest.config.json, and by what scripts name", () => {
    const scripts = { test: "jest && jest --config 'e2e/jest.json'", inline: "jest --config={}", e: "jest -c e.js -i" };
    const plan = planFor({
      "package.json": manifest({ scripts, devDependencies: { "ts-jest": "29", typescript: "6" } }),
      "jest.config.json": "{}",
      "e2e/jest.json": "{}",
      "e.js": "module.exports = {};",
      ...six,
    });
    expect(names(plan)).to.deep.equal(["e.js", "e2e/jest.json", "jest.config.json"]);
    for (const text of plan.texts.values()) expect(text).to.contain('"aclose/ts-jest"');
  });

  it("JSON with a byte order mark, which stays", () => {
    const plan = planFor({ "package.json": `\ufeff${json({ name: "user" })}`, "tsconfig.json": "\ufeff{}", ...six });
    expect(names(plan)).to.deep.equal(["package.json", "tsconfig.json"]);
    for (const text of plan.texts.values()) expect(text).to.match(/^\ufeff\{[^\ufeff]*aclose/);
  });

  it("JSON of another shape: says which file, and what is wrong", () => {
    const message = (text: string, tsconfig = "{}"): string => {
      try {
        planFor({ "package.json": text, "tsconfig.json": tsconfig, ...six });
        return "nothing";
      } catch (error) {
        expect(error).to.be.instanceOf(UsageError);
        return (error as Error).message.replace(/\S*\//, "");
      }
    };
    expect(message("[]")).to.equal("package.json must hold an object");
    expect(message('{ "dependencies": null }')).to.equal('package.json: "dependencies" must be an object of strings');
    expect(message('{ "scripts": { "build": 1 } }')).to.equal('package.json: "scripts" must be an object of strings');
    expect(message('{ "jest": [] }')).to.equal('package.json: "jest" must be an object or a path');
    expect(message("{}", '{ "compilerOptions": null }')).to.match(
      /^cannot set compilerOptions\.plugins in tsconfig\.json/,
    );
    expect(message("{}", '{\n  "compilerOptions": {\n    "target": "es2022"\n    "strict": true\n  }\n}')).to.equal(
      "cannot set compilerOptions.plugins in tsconfig.json: it does not parse, CommaExpected in line 4",
    );
  });

  it("JavaScript only: the same", () => {
    const plan = planFor({
      "package.json": manifest({ type: "module", devDependencies: { rollup: "4" } }),
      "rollup.config.mjs": "export default { input: 1 };",
    });
    expect(parsed(plan).devDependencies["@typescript/typescript6"]).to.equal("^6.0.0");
    expect(plan.texts.get("rollup.config.mjs")).to.contain("plugins: [aclose()]");
  });

  it("TypeScript 7: aclose build runs right after tsc, for the folder that an inherited option names", () => {
    const plan = planFor({
      "package.json": manifest({ scripts: { build: "tsc -p . && node scripts/copy.js", types: "tsc --noEmit" } }),
      "tsconfig.json": '{ "extends": "./config/base" }',
      "config/base.json": '{ "compilerOptions": { "outDir": "../dist" } }',
      ...seven,
    });
    expect(parsed(plan).scripts.build).to.equal("tsc -p . && aclose build --in-place dist && node scripts/copy.js");
    expect(plan.advice).to.deep.equal([]);
  });

  it("TypeScript 7: a folder as seen from the configuration that inherits it", () => {
    const plan = planFor({
      "package.json": manifest({ scripts: { build: "tsc" } }),
      "tsconfig.json": '{ "extends": "./config/base" }',
      "config/base.json": '{ "compilerOptions": { "outDir": "${configDir}/out" } }',
      ...seven,
    });
    expect(parsed(plan).scripts.build).to.equal("tsc && aclose build --in-place out");
  });

  it("TypeScript 7 without a folder for the output: says what to set, and leaves the sources alone", () => {
    const plan = planFor({
      "package.json": manifest({ scripts: { build: "tsc" } }),
      "tsconfig.json": '{ "compilerOptions": { /* "outDir": "./dist", */ } }',
      ...seven,
    });
    expect(parsed(plan).scripts.build).to.equal("tsc");
    expect(plan.advice.join()).to.contain('set "outDir" in tsconfig.json, then run `npx aclose init` again');
  });

  it("a library that tsc builds and vitest tests: both compile", () => {
    const plan = planFor({
      "package.json": manifest({
        type: "module",
        scripts: { build: "tsc", test: "vitest run" },
        devDependencies: { vitest: "4" },
      }),
      "tsconfig.json": "{}",
      "vitest.config.ts": "export default {};\n",
      ...six,
    });
    expect(names(plan)).to.deep.equal(["package.json", "tsconfig.json", "vitest.config.ts"]);
    expect(parsed(plan, "tsconfig.json").compilerOptions.plugins).to.deep.equal([plugin]);
  });

  for (const [script, advice, rest] of [
    ["tsup src/index.ts", 'add `aclose()` from "aclose/unplugin/esbuild" to `esbuildPlugins` (tsup.config.js).', {}],
    ["tsx watch src/index.ts", "run `node --import aclose/register` in its place.", {}],
    ["jest", "give it the files that", { "@swc/jest": "0.2" }],
  ] as const)
    it(`${script}: what else compiles is told, and tsc, which writes nothing, is left alone`, async () => {
      const files = {
        "package.json": manifest({ scripts: { build: script, check: "tsc --noEmit" }, devDependencies: rest }),
        "tsconfig.json": "{}",
        ...six,
      };
      const plan = planFor(files);
      expect(names(plan)).to.deep.equal([]);
      expect(plan.advice.join()).to.contain(`${script.split(" ")[0]} compiles here: ${advice}`);
      const found = (await examine(inspect(folderOf(files)))).filter(({ kind }) => kind === "bad");
      expect(found.at(-1)!.text).to.contain(`${script.split(" ")[0]} compiles here, without aclose: ${advice}`);
    });

  it("a tool with the plugin in its configuration: nothing is left to do", async () => {
    const files = {
      "package.json": manifest({ scripts: { build: "tsup && tsc -p types --emitDeclarationOnly" } }),
      "tsup.config.ts":
        'import aclose from "aclose/unplugin/esbuild";\nexport default { esbuildPlugins: [aclose()] };\n',
      "tsconfig.json": '{ "compilerOptions": { "noEmit": true } }',
      ...six,
    };
    expect(planFor(files).advice).to.deep.equal([]);
    const found = (await examine(inspect(folderOf(files)))).map(({ text }) => text);
    expect(found).to.contain("tsup compiles here, and aclose for it");
  });

  it("tsc beside another tool: a script has it write something", () => {
    const scripts = { build: "tsc", dev: "tsx src/index.ts" };
    const plan = planFor({ "package.json": manifest({ scripts }), "tsconfig.json": "{}", ...six });
    expect(names(plan)).to.deep.equal(["package.json", "tsconfig.json"]);
    expect(plan.advice.join()).to.contain("tsx compiles here");
  });

  it("a configuration of vitest beside one of Vite takes its place, but not where it takes it in", () => {
    const both = (vitest: string) =>
      names(
        planFor({
          "package.json": manifest({ type: "module" }),
          "vite.config.ts": "export default {};",
          "vitest.config.ts": vitest,
          ...six,
        }),
      );
    expect(both("export default {};")).to.deep.equal(["vite.config.ts", "vitest.config.ts"]);
    expect(both('import own from "./vite.config.js";\nexport default own;')).to.deep.equal(["vite.config.ts"]);
  });

  it("plugins that are inherited stay, and come after", () => {
    const local = planFor({
      "package.json": manifest({ scripts: { build: "tsc" } }),
      "tsconfig.json": '{ "extends": ["./base.json"] }',
      "base.json":
        '{\n  // All of ours.\n  "compilerOptions": { "plugins": [{ "name": "typescript-plugin-css-modules" }] },\n}\n',
      ...six,
    });
    expect(names(local)).to.deep.equal(["base.json", "package.json"]);
    expect(local.texts.get("base.json")).to.contain("// All of ours.");
    expect(local.texts.get("base.json")!.indexOf("aclose/transformer")).to.be.lessThan(
      local.texts.get("base.json")!.indexOf("css-modules"),
    );
    const foreign = planFor({
      "package.json": manifest({ scripts: { build: "tsc" } }),
      "tsconfig.json": '{ "extends": "shared/tsconfig.json" }',
      "node_modules/shared/package.json": "{}",
      "node_modules/shared/tsconfig.json": '{ "compilerOptions": { "plugins": [{ "transform": "other" }] } }',
      ...six,
    });
    expect(parsed(foreign, "tsconfig.json").compilerOptions.plugins).to.deep.equal([plugin, { transform: "other" }]);
  });

  it("what tsc keeps of its last run goes, for it was without the plugin; doctor says what else must go", async () => {
    const options = (more: object): string => json({ compilerOptions: { incremental: true, ...more } });
    for (const [tsconfig, kept] of [
      [options({}), "tsconfig.tsbuildinfo"],
      [options({ rootDir: "src" }), "tsconfig.tsbuildinfo"],
      [options({ outDir: "${configDir}/dist" }), "dist/tsconfig.tsbuildinfo"],
      [options({ outDir: "dist", rootDir: "src" }), "tsconfig.tsbuildinfo"],
      [options({ outDir: "dist/a/b", rootDir: "src" }), "dist/a/tsconfig.tsbuildinfo"],
      [options({ outDir: "dist", tsBuildInfoFile: "cache/info" }), "cache/info"],
    ] as const) {
      const files = { "package.json": manifest({ scripts: { build: "tsc" } }), "tsconfig.json": tsconfig, ...six };
      const folder = folderOf({ ...files, [kept]: "{}" });
      const config = ts.getParsedCommandLineOfConfigFile(join(folder, "tsconfig.json"), {}, ts.sys as never);
      const { getTsBuildInfoEmitOutputFilePath } = ts as unknown as Record<string, (options: unknown) => string>;
      expect(getTsBuildInfoEmitOutputFilePath!(config?.options), tsconfig).to.equal(join(folder, kept));
      const plan = makePlan(inspect(folder));
      expect(plan.outdated, tsconfig).to.deep.equal([kept]);
      for (const [name, text] of plan.texts) writeFileSync(join(folder, name), text);
      expect(makePlan(inspect(folder)).outdated).to.deep.equal([]);
      const notes = (await examine(inspect(folder))).filter(({ kind }) => kind === "note");
      expect(notes.map(({ text }) => text).join()).to.contain(`compiles nothing anew that it keeps by ${kept}`);
    }
  });

  it("a monorepo: every project that a list of references leads to, and the packages they are in", () => {
    const plan = planFor({
      "package.json": manifest({ private: true, workspaces: ["packages/*"], scripts: { build: "tsc -b" } }),
      "tsconfig.json":
        '{ "files": [], "references": [{ "path": "packages/a" }, { "path": "packages/b/tsconfig.lib.json" }] }',
      "packages/a/package.json": json({ name: "a" }),
      "packages/a/tsconfig.json":
        '{ "compilerOptions": { "composite": true }, "references": [{ "path": "../b/tsconfig.lib.json" }] }',
      "packages/b/package.json": json({ name: "b" }),
      "packages/b/tsconfig.lib.json": '{ "compilerOptions": { "composite": true } }',
      ...six,
    });
    expect(names(plan)).to.deep.equal([
      "package.json",
      "packages/a/package.json",
      "packages/a/tsconfig.json",
      "packages/b/package.json",
      "packages/b/tsconfig.lib.json",
    ]);
    expect(parsed(plan, "packages/b/tsconfig.lib.json").compilerOptions.plugins).to.deep.equal([plugin]);
    expect(parsed(plan, "packages/a/package.json").dependencies).to.deep.equal({ aclose: "^0.1.0" });
  });

  it("a configuration that only a script names", () => {
    const plan = planFor({
      "package.json": manifest({ scripts: { build: "tsc --pretty -p tsconfig.build.json && echo done" } }),
      "tsconfig.json": '{ "compilerOptions": { "noEmit": true } }',
      "tsconfig.build.json": '{ "extends": "./tsconfig.json", "compilerOptions": { "noEmit": false } }',
      ...six,
    });
    expect(names(plan)).to.deep.equal(["package.json", "tsconfig.build.json"]);
  });

  it("several configurations that one script names, and names in quotes", () => {
    const build = "tsc -b packages/a --verbose packages/b && tspc --project 'of two words/tsconfig.json'";
    const plan = planFor({
      "package.json": manifest({ scripts: { build, types: 'tsc -p "tsconfig.q.json" && echo -p packages/c' } }),
      "packages/a/tsconfig.json": "{}",
      "packages/b/tsconfig.json": "{}",
      "packages/c/tsconfig.json": "{}",
      "of two words/tsconfig.json": "{}",
      "tsconfig.q.json": "{}",
      ...six,
    });
    expect(names(plan)).to.deep.equal([
      "of two words/tsconfig.json",
      "package.json",
      "packages/a/tsconfig.json",
      "packages/b/tsconfig.json",
      "tsconfig.q.json",
    ]);
  });

  it("Yarn 2 and later run no prepare, and tspc needs none: tsc is that in the scripts; who has it keeps it", () => {
    const scripts = { build: "tsc -b && tsc-alias", types: "tsc --noEmit" };
    const project = { "tsconfig.json": "{}", ...installed("typescript", "6.0.3") };
    const scriptsFor = (files: Record<string, string>, given: object, more = {}) =>
      parsed(planFor({ ...project, "package.json": manifest({ scripts: given, ...more }), ...files })).scripts;
    const changed = { ...scripts, build: "tspc -b && tsc-alias" };
    expect(scriptsFor({ "yarn.lock": "__metadata:\n" }, scripts)).to.deep.equal(changed);
    expect(scriptsFor({}, scripts, { packageManager: "yarn@4.9.1" })).to.deep.equal(changed);
    const devEngines = { packageManager: { name: "yarn", version: "^4.9.1" } };
    expect(scriptsFor({}, scripts, { devEngines })).to.deep.equal(changed);
    expect(scriptsFor({}, scripts, { packageManager: "yarn@1.22.22" })).to.deep.equal({
      ...scripts,
      prepare: "ts-patch install -s",
    });
    expect(scriptsFor({}, changed)).to.deep.equal(changed);
    const plan = planFor({ ...project, "package.json": manifest({}), "yarn.lock": "__metadata:\n" });
    expect(plan.advice.join()).to.contain("Run `tspc` in place of `tsc`");
  });

  it("a package manager by the lock file or the manifest of the whole workspace, not of what is around it", () => {
    const inner = (files: Record<string, string>) =>
      inspect(join(folderOf({ "a/b/package.json": manifest(), ...files }), "a/b")).manager;
    expect(inner({ "pnpm-lock.yaml": "" })).to.equal("pnpm");
    expect(inner({ "package.json": json({ packageManager: "yarn@4.9.1" }) })).to.equal("yarn");
    const wanted = (packageManager: unknown) => ({ "package.json": json({ devEngines: { packageManager } }) });
    expect(inner(wanted({ name: "pnpm", version: "^10" }))).to.equal("pnpm");
    expect(inner(wanted([{ name: "bun" }, { name: "npm" }]))).to.equal("bun");
    expect(inner({ ...wanted(null), "yarn.lock": "" })).to.equal("yarn");
    expect(inner({ "yarn.lock": "", "a/.git/HEAD": "" })).to.equal("npm");
    expect(inner({ "yarn.lock": "", "a/package-lock.json": "{}" })).to.equal("npm");
  });

  it("Rush, which installs for all of its projects, with the package manager that it names", () => {
    const rush = '{ "rushVersion": "5.179.0", /* or npmVersion */ "pnpmVersion": "9.15.9" }';
    const project = (files: Record<string, string>) =>
      inspect(join(folderOf({ "apps/app/package.json": manifest(), ...files }), "apps/app"));
    expect(project({ "rush.json": rush })).to.include({ manager: "pnpm", install: "rush update" });
    expect(project({ "pnpm-lock.yaml": "" })).to.include({ manager: "pnpm", install: "pnpm install" });
  });
});
