/** Where `aclose init` and `aclose doctor` look for what compiles: calls within calls, and configurations that run or load something. */

import { join } from "node:path";
import { expect } from "chai";
import { UsageError } from "../../integrations/cli/exit.js";
import { examine } from "../../integrations/cli/init/checks.js";
import { inspect } from "../../integrations/cli/init/project.js";
import { plugin, told } from "./told.js";

describe("where init and doctor look for what compiles", () => {
  const register = "run `node --import aclose/register` in its place.";

  it("calls in the quotes of another, and those by a path", async () => {
    for (const script of [
      'concurrently "tsx watch src/main.ts" "vite"',
      "nodemon --exec 'tsx src/main.ts'",
      'NODE_OPTIONS="--import tsx" node main.ts',
      "node_modules/.bin/tsx src/main.ts",
    ])
      expect((await told([script], [])).advice, script).to.deep.equal([`tsx compiles here: ${register}`]);
    const { advice } = await told(['run-p "next dev --turbopack" "tsc -w --noEmit"'], ["next"]);
    expect(advice.join()).to.contain('"aclose/loader"');
  });

  it("configurations that a call in quotes names", async () => {
    const files = {
      "tsconfig.build.json": "{}",
      "vite.lib.js": "export default {};\n",
      "tsconfig.json": '{ "files": [], "references": [] }',
    };
    const scripts = ['concurrently "tsc -w -p tsconfig.build.json" "vite build -w -c vite.lib.js"'];
    expect((await told(scripts, ["vite", "ts-patch"], files)).changed).to.deep.equal([
      "package.json",
      "tsconfig.build.json",
      "vite.lib.js",
    ]);
  });

  it("tap compiles tests by itself, before which aclose/register compiles", async () => {
    const cure = "run it with `--node-arg=--import=aclose/register`.";
    const { advice, findings } = await told(["tap"], ["tap"], { "tsconfig.json": "{}" });
    expect(advice).to.deep.equal([`tap compiles here: ${cure}`]);
    expect(findings).to.deep.equal([`bad: tap compiles here, without aclose: ${cure}`]);
    const files = { ".taprc": "node-arg:\n  - --import=aclose/register\n" };
    expect((await told(["tap"], ["tap"], files)).findings).to.deep.equal([
      "good: tap compiles here, and aclose for it",
    ]);
    expect(
      (await told(["tsc && tap dist/test/*.js"], ["tap", "ts-patch"], { "tsconfig.json": "{}" })).advice,
    ).to.deep.equal([]);
  });

  it("Node takes types away: what it is given may be scripts of the house", async () => {
    const files = { "vite.config.ts": plugin("vite") };
    for (const script of ["node --watch --env-file=.env src/main.ts", "nodemon --exec node src/main.ts"]) {
      const { advice, findings } = await told([script, "vite build"], ["vite"], files);
      expect(advice, script).to.deep.equal([`node compiles here: where what it runs has generators, ${register}`]);
      expect(findings.join(), script).to.contain("note: node compiles here, without aclose: where what it runs");
    }
    for (const script of [
      "node src/main.js",
      "node --require ts-node/register main.ts",
      "node --import=./hooks.js main.ts",
    ])
      expect((await told([script, "vite build"], ["vite"], files)).advice, script).to.deep.equal([]);
  });

  it("nodemon gives TypeScript to ts-node, unless it is told otherwise", async () => {
    const files = { "tsconfig.json": "{}" };
    const changed = async (script: string) => (await told([script], ["ts-patch"], files)).changed;
    expect(await changed("nodemon --watch src src/main.ts")).to.deep.equal(["package.json", "tsconfig.json"]);
    expect(await changed("nodemon --watch src --exec tsx src/main.ts")).to.deep.equal([]);
  });

  it("what is built apart, without the plugins of Vite's configuration", async () => {
    const found = async (packages: string[], files: Record<string, string>) =>
      (await told(["vite build"], ["vite", ...packages], files)).findings.join();
    const pwa = (options: string) => ({
      "vite.config.ts": `${plugin("vite")}\nVitePWA({ strategies: "injectManifest"${options} });\n`,
    });
    expect(await found(["vite-plugin-pwa"], pwa(""))).to.contain(
      "note: vite-plugin-pwa compiles here, without aclose: where its service worker has generators, add `aclose()`",
    );
    const own = ", injectManifest: { buildPlugins: { vite: [aclose()] } }";
    expect(await found(["vite-plugin-pwa"], pwa(own))).to.contain("good: vite-plugin-pwa compiles here");
    const generated = { "vite.config.ts": `${plugin("vite")}\nVitePWA();\n` };
    expect(await found(["vite-plugin-pwa"], generated)).not.to.contain("pwa");
    const kit = { "vite.config.ts": plugin("vite"), "src/service-worker.ts": "" };
    expect(await found(["@sveltejs/kit"], kit)).to.contain(
      "note: what builds SvelteKit's service worker compiles here",
    );
    const named = { "svelte.config.js": 'export default { kit: { files: { serviceWorker: "compiled/sw" } } };' };
    expect(await found(["@sveltejs/kit"], { ...kit, ...named })).to.contain("good: what builds SvelteKit's");
    expect(await found(["@sveltejs/kit"], { "vite.config.ts": plugin("vite") })).not.to.contain("SvelteKit");
    const electron = (options: string) => ({
      "vite.config.ts": `${plugin("vite")}\nimport electron from "vite-plugin-electron/simple";\nelectron({ main: { entry: "main.ts", vite: { ${options} } } });\n`,
    });
    expect(await found(["vite-plugin-electron"], electron("build: {}"))).to.contain(
      "note: vite-plugin-electron compiles here, without aclose: where the main process or a preload script has",
    );
    expect(await found(["vite-plugin-electron"], electron("plugins: [aclose()]"))).to.contain("good: vite-plugin-ele");
    const ct = "@playwright/experimental-ct-react";
    const components = (more: string) => ({
      "playwright-ct.config.ts": `import { defineConfig } from "${ct}";\n${more}`,
    });
    expect(await found([ct], components(""))).to.contain(
      `note: ${ct} compiles here, without aclose: where a component`,
    );
    expect(await found([ct], components(plugin("vite")))).to.contain(`good: ${ct} compiles here`);
    const eleventy = "@11ty/eleventy-plugin-vite";
    const pages = (options: string) => ({
      "eleventy.config.js": `import vite from "${eleventy}";\nimport aclose from "aclose/unplugin/vite";\nexport default (config) => config.addPlugin(vite, { ${options} });\n`,
    });
    const { changed, advice } = await told(["eleventy"], [eleventy, "vite"], pages(""));
    expect(changed).to.deep.equal([]);
    expect(advice.join()).to.match(/^@11ty\/eleventy-plugin-vite compiles here: where[^\n]*`viteOptions\.plugins`/);
    const set = pages("viteOptions: { plugins: [aclose()] }");
    expect((await told(["eleventy"], [eleventy], set)).findings.join()).to.match(/^good: @11ty/);
  });

  it("what Nx runs by the names of its packages", async () => {
    const targets = (executor: string, options = {}) => ({
      "project.json": JSON.stringify({ targets: { build: { executor, options }, empty: null } }),
      "tsconfig.json": "{}",
    });
    const advised = async (executor: string, options = {}) => {
      const { changed, advice } = await told([], [], targets(executor, options));
      return [...changed, ...advice].join();
    };
    expect(await advised("@nx/esbuild:esbuild")).to.match(
      /^@nx\/esbuild:esbuild compiles here: .*`esbuildConfig` names/,
    );
    expect(await advised("@nx/rollup:rollup")).to.match(
      /^@nx\/rollup:rollup compiles here: .*aclose\/unplugin\/rollup/,
    );
    expect(await advised("@nx/js:swc")).to.match(/^@nx\/js:swc compiles here: give it the files that `aclose build/);
    expect(await advised("nx:run-commands", { command: "tsx src/main.ts" })).to.match(/^tsx compiles here/);
    expect(await advised("nx:run-commands", { commands: ["vite build -c ui.ts", { command: 1 }] })).to.contain(
      "tsconfig",
    );
    const { changed, advice } = await told([], [], targets("@nx/js:tsc"));
    expect(changed).to.deep.equal(["package.json", "tsconfig.json"]);
    expect(advice).to.deep.equal([]);
  });

  it("configurations in a folder that a command names, or under a name that another one says", async () => {
    const vitepress = ["vitepress dev docs", "vitepress build docs"];
    const { advice, changed } = await told(vitepress, ["vitepress"]);
    expect(changed).to.deep.equal([]);
    expect(advice.join()).to.contain("`vite.plugins` (docs/.vitepress/config.js)");
    const page = { "docs/.vitepress/config.mts": plugin("vite") };
    expect((await told(vitepress, ["vitepress"], page)).findings).to.deep.equal([
      "good: vitepress compiles here, and aclose for it",
    ]);
    const serverless = { "serverless.yml": "service: a\nbuild:\n  esbuild:\n    configFile: ./bundle.mjs\n" };
    expect((await told(["sls deploy"], ["esbuild"], serverless)).findings.join()).to.match(/^note: sls compiles here/);
    const set = { ...serverless, "bundle.mjs": plugin("esbuild") };
    expect(await told(["serverless deploy"], ["esbuild"], set)).to.deep.include({
      advice: [],
      findings: ["good: serverless compiles here, and aclose for it"],
    });
  });

  it("Serverless with serverless-webpack: the configuration that it names has the plugin, and nothing else compiles", async () => {
    const files = {
      "serverless.yml": "service: a\ncustom:\n  webpack:\n    webpackConfig: ./config/webpack.sls.cjs\n",
      "config/webpack.sls.cjs": "module.exports = { plugins: [] };\n",
    };
    const packages = ["serverless", "serverless-webpack", "webpack"];
    const { changed, advice } = await told(["serverless deploy"], packages, files);
    expect(changed).to.deep.equal(["config/webpack.sls.cjs"]);
    expect(advice).to.deep.equal([]);
    const set = { ...files, "config/webpack.sls.cjs": plugin("webpack") };
    expect((await told(["sls package"], packages, set)).findings).to.deep.equal([
      "good: config/webpack.sls.cjs has the plugin for webpack",
    ]);
  });

  it("what a configuration takes in, from files of its own and packages of its workspace", async () => {
    const shared = 'import aclose from "aclose/unplugin/vite";\nexport const plugins = [aclose()];\n';
    const config = (from: string) => ({
      "vite.config.ts": `import { plugins } from "${from}";\nexport default { plugins };\n`,
    });
    for (const [from, place] of [
      ["./build/plugins", "build/plugins.ts"],
      ["./build/plugins.js", "build/plugins.ts"],
      ["./build", "build/index.mjs"],
    ] as const)
      expect(await told(["vite build"], ["vite"], { ...config(from), [place]: shared }), from).to.deep.include({
        advice: [],
        findings: ["good: vite.config.ts has the plugin for vite"],
      });
    const bare = await told(["vite build"], ["vite"], { ...config("./build"), "build/index.ts": "export {};\n" });
    expect(bare.findings.join()).to.match(/^bad/);
    const common = "module.exports = { module: { rules: [{ loader: 'ts-loader' }] } };\n";
    const merged = 'const common = require("./common.cjs");\nmodule.exports = merge(common, {});\n';
    const files = { "webpack.config.cjs": merged, "build/../common.cjs": common };
    const { changed, advice } = await told(["webpack"], ["webpack"], files);
    expect(changed).to.deep.equal(["common.cjs"]);
    expect(advice).to.deep.equal([]);
  });

  it("what runs or gives on what it compiles, whatever noEmit says", async () => {
    const files = { "tsconfig.json": '{ "compilerOptions": { "noEmit": true } }' };
    for (const script of ["tape -r ts-node/register a.ts", "nodemon a.ts", "svelte-package", "medusa develop"])
      expect((await told([script], [], files)).changed, script).to.deep.equal(["package.json", "tsconfig.json"]);
    expect((await told(["tsc"], [], files)).changed).to.deep.equal([]);
  });

  it("ts-node that leaves the compilation to swc has no plugins of TypeScript", async () => {
    const files = (own: string) => ({ "tsconfig.json": `{ "extends": "./base.json", ${own} }`, "base.json": "{}" });
    const cure = /swc in ts-node compiles here[^\n]*: write `"transpileOnly": true` in place of `"swc"`/;
    for (const [script, own] of [
      ["ts-node a.ts", '"ts-node": { "swc": true }'],
      ["medusa develop", '"ts-node": { "transpiler": "ts-node/transpilers/swc" }'],
      ["ts-node --swc a.ts", ""],
    ] as const) {
      const { advice, findings } = await told([script], [], files(own));
      expect(advice.join("\n"), script).to.match(cure);
      expect(findings.join("\n"), script).to.match(/^bad: swc in ts-node/);
    }
    for (const [script, own] of [
      ["ts-node a.ts", '"ts-node": { "swc": false, "transpileOnly": true }'],
      ["medusa build", '"ts-node": { "swc": true }'],
    ] as const)
      expect((await told([script], [], files(own))).advice, script).to.deep.equal([]);
  });

  it("a plugin for Rollup that lowers generators before aclose sees them", async () => {
    const config = (...plugins: string[]) => ({
      "rollup.config.mjs": `import aclose from "aclose/unplugin/rollup";\nexport default { plugins: [${plugins}] };\n`,
    });
    const findings = async (...plugins: string[]) => (await told(["rollup -c"], [], config(...plugins))).findings;
    expect((await findings("resolve()", "typescript({})", "aclose()")).at(-1)).to.match(
      /^note: typescript comes before aclose in rollup\.config\.mjs/,
    );
    for (const good of [
      ["resolve()", "aclose()", "esbuild()"],
      ["json()", "aclose()"],
      ["...own", "swc()"],
    ])
      expect(await findings(...good), good.join()).to.have.length(1);
  });

  it("a runtime of another version that a dependency brings", async () => {
    const nested = (version: string) => ({
      "node_modules/lib/package.json": "{}",
      "node_modules/lib/node_modules/aclose/package.json": JSON.stringify({ version }),
      "node_modules/aclose/package.json":
        '{ "version": "0.1.0", "exports": { "./runtime": "./r.js", "./package.json": "./package.json" } }',
      "node_modules/aclose/r.js": "exports.ABI_VERSION = 3;",
    });
    const notes = async (version: string) => {
      const { folder } = await told([], [], nested(version), { dependencies: { aclose: "1", lib: "1" } });
      return (await examine(inspect(folder))).map(({ text }) => text).join("\n");
    };
    expect(await notes("0.0.9")).to.contain("lib brings a runtime of its own (aclose 0.0.9)");
    expect(await notes("0.1.0")).not.to.contain("lib brings");
  });

  it("tasks of moon and of Task, in place of scripts", async () => {
    const moon = {
      "moon.yml": "tasks:\n  build:\n    command: 'tsup src/index.ts'\n  dev:\n    script: tsx watch a.ts\n",
    };
    const advice = (await told([], [], moon)).advice.join("\n");
    expect(advice).to.match(/^tsup compiles here.*\ntsx compiles here/);
    const task = { "Taskfile.yml": "tasks:\n  build:\n    cmds:\n      - npx tsup\n" };
    expect((await told([], [], task)).advice.join()).to.match(/^tsup compiles here/);
  });

  it("Cypress compiles its tests, and components by Vite's configuration or one in its own", async () => {
    const files = { "vite.config.ts": plugin("vite") };
    const config = (more: string) => ({
      "cypress.config.ts": `export default { component: { devServer: { ${more} } } };\n`,
    });
    const notes = async (more: string) =>
      (await told(["cypress run"], ["vite", "cypress"], { ...files, ...config(more) })).findings.join("\n");
    expect(await notes('bundler: "vite"')).to.match(/note: cypress compiles here, without aclose: where its tests/);
    expect(await notes('bundler: "vite"')).not.to.contain("`viteConfig`");
    expect(await notes("viteConfig: { plugins: [vue()] }")).to.contain("to `plugins` of `viteConfig`");
  });

  it("a tsconfig.json of another shape: says which file, and what is wrong", async () => {
    for (const [text, key, what] of [
      ['{ "compilerOptions": { "plugins": ["aclose/transformer"] } }', "compilerOptions.plugins", "a list of objects"],
      ['{ "compilerOptions": { "plugins": "aclose/transformer" } }', "compilerOptions.plugins", "a list of objects"],
      ['{ "compilerOptions": { "outDir": 1 } }', "compilerOptions.outDir", "a path"],
      ['{ "references": ["packages/a"] }', "references", "a list of objects with a path"],
      ['{ "extends": {} }', "extends", "a path or a list of paths"],
    ] as const) {
      const wrong = await told(["tsc"], [], { "tsconfig.json": text }).catch((error) => error);
      expect(wrong, text).to.be.instanceOf(UsageError);
      expect(wrong.message).to.match(new RegExp(`tsconfig\\.json: "${key}" must be ${what}$`));
    }
  });

  it("what has webpack, Rspack or Rollup inside, and its place for their plugins", async () => {
    const advice = async (script: string, files = {}, packages: string[] = []) =>
      (await told([script], packages, files)).advice.join();
    for (const [script, plugin, place] of [
      ["vue-cli-service build", "webpack", "`configureWebpack.plugins`, with `parallel: false`"],
      ["rspress build", "rspack", "`builderConfig.tools.rspack.plugins` (rspress.config.js)"],
      ["rstest", "rspack", "`tools.rspack.plugins` (rstest.config.js)"],
      ["karma start", "webpack", "`webpack.plugins` (karma.conf.js)"],
      ["wtr --watch", "rollup", "`plugins`, before the one for esbuild, as `fromRollup(aclose)()`"],
    ])
      expect(await advice(script!, {}, ["@web/dev-server-esbuild", "karma-webpack"])).to.contain(
        `add \`aclose()\` from "aclose/unplugin/${plugin}" to ${place}`,
      );
    // It runs what tsc wrote.
    expect(await advice("tsc && wtr", { "tsconfig.json": "{}" })).to.equal("");
    expect(await advice("umi build")).to.contain("(.umirc.js)");
    expect(await advice("max build", { "config/config.ts": "export default {};\n" })).to.contain("(config/config.ts)");
    expect(await advice("stencil build")).to.match(/^stencil compiles here: give it .* Name the folder in `srcDir`/);
    expect(await advice("remix build")).to.match(/^remix compiles here: give it/);
    expect(await advice("remix vite:build")).not.to.contain("remix compiles");
  });

  it("what loads TypeScript as Node does is told to load aclose/register", async () => {
    const typed = { "tsconfig.json": "{}" };
    const found = async (...scripts: string[]) => (await told(["tsc", ...scripts], ["ts-patch"], typed)).findings;
    const problem = async (script: string) => (await found(script)).filter((each) => each.includes("without aclose"));
    expect(await problem("fastify start -w src/app.ts")).to.deep.equal([
      "bad: fastify compiles here, without aclose: give it `--import aclose/register`.",
    ]);
    expect(await problem("mocha 'test/**/*.test.ts'")).to.deep.equal([
      "note: mocha compiles here, without aclose: where what it runs has generators, give it `--import=aclose/register`.",
    ]);
    for (const script of [
      "fastify start dist/app.js",
      "fastify start --import aclose/register src/app.ts",
      "mocha dist/test",
      "mocha -r ts-node/register test/*.ts",
      "mocha --import=aclose/register test/*.ts",
    ])
      expect(await problem(script), script).to.deep.equal([]);
    const loaded = await told(["tsc", "mocha test/*.ts"], [], {
      ...typed,
      ".mocharc.yml": "require: ts-node/register\n",
    });
    expect(loaded.findings.join()).not.to.contain("mocha compiles here");
    for (const script of ["ts-mocha test/*.ts", "ts-node-esm src/main.ts"])
      expect((await told([script], [], typed)).advice, script).to.deep.equal([]);
  });

  it("what is called by hand, which a file of its own tells: SST, and AWS SAM with esbuild", async () => {
    const files = { "tsconfig.json": '{ "compilerOptions": { "noEmit": true } }' };
    const sst = await told([], ["sst", "typescript"], { ...files, "sst.config.ts": "export default $config({});\n" });
    expect(sst.advice.join()).to.match(/^sst compiles here: give it the files that/);
    expect(sst.changed).to.deep.equal([]);
    const template = (from: string) =>
      `Resources:\n  F:\n    Properties:\n      CodeUri: ${from}\n    Metadata:\n      BuildMethod: esbuild\n`;
    const sam = /^sam compiles here: give it the files that .*EntryPoints/;
    const packages = ["esbuild", "typescript"];
    const beside = await told(["tsc"], packages, { ...files, "template.yaml": template(".") });
    expect(beside.advice.join()).to.match(sam);
    const { folder } = await told([], [], {
      "template.yaml": template("one/"),
      "one/package.json": JSON.stringify({ devDependencies: { esbuild: "1" } }),
      "two/package.json": JSON.stringify({ devDependencies: { esbuild: "1" } }),
    });
    const names = (name: string) => inspect(join(folder, name)).others.map((each) => each.name);
    expect([names("one"), names("two")]).to.deep.equal([["sam"], []]);
  });

  it("Deno without package.json", async () => {
    const { folder } = await told([], [], { "alone/deno.json": "{}" });
    expect(() => inspect(join(folder, "alone"))).to.throw(/there is no package\.json in .*`deno add npm:aclose`/);
  });
});
