/** Where `aclose init` and `aclose doctor` look for what hooks into a tool's loading: its configuration, and scripts of the project's own. */

import { expect } from "chai";
import { plugin, told } from "./told.js";

describe("where init and doctor look for hooks", () => {
  const register = "run `node --import aclose/register` in its place.";

  it("what mocha, AVA, nodemon and wireit run or load by configurations of their own, and not the endings of files there", async () => {
    const told1 = async (name: string, text: string) => (await told(["mocha"], [], { [name]: text })).advice.join();
    const endings = '"extension": ["ts", "tsx"], "ext": "tsx"';
    expect(await told1(".mocharc.json", `{ ${endings}, "node-option": ["import=tsx"] }`)).to.contain(
      "tsx compiles here",
    );
    expect(await told1(".mocharc.cjs", `module.exports = { ${endings}, require: "tsx/cjs" };`)).to.contain(
      "tsx compiles here",
    );
    expect(await told1(".mocharc.yml", "extension:\n  - tsx\nimport:\n  - tsx\n")).to.contain("tsx compiles here");
    expect(await told1("nodemon.json", `{ ${endings}, "execMap": { "ts": "tsx" } }`)).to.contain("tsx compiles here");
    expect(await told1(".mocharc.json", `{ ${endings} }`)).to.match(/^No tool that compiles is known here/);
    expect(await told1(".mocharc.yml", "extension:\n  - tsx\n")).to.match(/^No tool that compiles is known here/);
    const ava = { ava: { extensions: { ts: "module" }, nodeArguments: ["--import=tsx"] } };
    expect((await told(["ava"], [], {}, ava)).advice).to.deep.equal([`tsx compiles here: ${register}`]);
    const wireit = { wireit: { build: { command: "tsc -p tsconfig.build.json" } } };
    const files = { "tsconfig.json": '{ "compilerOptions": { "noEmit": true } }', "tsconfig.build.json": "{}" };
    expect((await told(["wireit"], ["ts-patch"], files, wireit)).changed).to.contain("tsconfig.build.json");
    const host = await told(["mocha", "vitest run"], ["vitest", "ts-patch"], {
      ".mocharc.yaml": "require: ts-node/register\n",
      "vitest.config.ts": plugin("vite"),
      "tsconfig.json": "{}",
    });
    expect(host.changed).to.deep.equal(["package.json", "tsconfig.json"]);
  });

  it("what Jasmine and Cucumber load by configurations of their own, and what AVA has compile before them", async () => {
    const found = async (script: string, name: string, text: string, more = {}) =>
      (await told([script], ["ts-patch"], { "tsconfig.json": "{}", [name]: text }, more)).findings.join("\n");
    const requires = '{ "spec_files": ["**/*.tsx"], "requires": ["tsx/cjs"] }';
    expect(await found("jasmine", "spec/support/jasmine.json", requires)).to.match(/^bad: tsx compiles here/);
    for (const [name, text] of [
      ["cucumber.json", '{ "default": { "import": ["features/**/*.tsx"], "requireModule": ["tsx/cjs"] } }'],
      ["cucumber.yaml", "default:\n  requireModule:\n    - tsx/cjs\n"],
    ] as const) {
      expect(await found("cucumber-js", name, text), name).to.match(/^bad: tsx compiles here/);
      expect(await found("cucumber-js", name, text.replace("tsx/cjs", "aclose/register")), name).to.match(
        /^good: node compiles here/,
      );
    }
    const ava = { ava: { typescript: { rewritePaths: { "src/": "build/" }, compile: "tsc" } } };
    expect(await found("ava", "a", "", ava)).not.to.contain("no script here runs tsc");
  });

  it("hooks that the project's own scripts load, which a command or a configuration names", async () => {
    const hook = (name: string) => `// A hook.\nimport "${name}";\nawait import("./bin/console.js");\n`;
    for (const [script, name] of [
      ["node cli", "cli.js"],
      ["mocha -r ./test/setup.cjs", "test/setup.cjs"],
    ] as const)
      expect((await told([script], [], { [name]: hook("tsx") })).advice, script).to.deep.equal([
        `tsx compiles here: ${register}`,
      ]);
    const bundle = { "build.cjs": 'require("esbuild").build({ bundle: true });\n' };
    expect((await told(["node build.cjs"], ["esbuild"], bundle)).advice.join()).to.match(/^Add `aclose\(\)` from/);
    for (const text of ['require("ts-node").register({});', 'require("ts-node/register/transpile-only")'])
      expect(
        (await told(["node cli.cjs"], ["ts-patch"], { "cli.cjs": `${text}\n`, "tsconfig.json": "{}" })).changed,
      ).to.contain("tsconfig.json");
    const rc = { ".mocharc.json": '{ "require": ["./setup.cjs"] }', "setup.cjs": 'require("tsx/cjs");\n' };
    expect((await told(["mocha"], [], rc)).advice).to.deep.equal([`tsx compiles here: ${register}`]);
    expect(
      (await told(["node cli.js"], [], { "cli.js": 'import * as api from "tsx/esm/api";\n' })).advice.join(),
    ).to.match(/^No tool/);
    expect((await told(["node cli.js"], [], { "cli.js": hook("aclose/register") })).findings).to.deep.equal([
      "good: node compiles here, and aclose for it",
    ]);
  });

  it("AdonisJS, whose entry loads ts-node with swc, or a hook that it gives to what it starts", async () => {
    const app = (hook: string, own = "{}") => ({
      "ace.js": `import '${hook}'\nawait import('./bin/console.js')\n`,
      "tsconfig.json": `{ "extends": "./base.json", "ts-node": ${own} }`,
      "base.json": '{ "ts-node": { "swc": true } }',
    });
    const packages = ["@adonisjs/assembler", "ts-patch"];
    const scripts = ["node ace build", "node ace serve --hmr"];
    const tsNode = "ts-node-maintained/register/esm";
    const set = '{ "swc": false, "transpileOnly": true }';
    const before = await told(scripts, packages, app(tsNode));
    expect(before.changed).to.contain("tsconfig.json");
    expect(before.advice).to.deep.equal([`swc in ts-node compiles here: add \`"ts-node": ${set}\` to tsconfig.json.`]);
    expect((await told(scripts, packages, app(tsNode, set))).advice).to.deep.equal([]);
    const exec = app("@poppinss/ts-exec");
    const { advice, findings } = await told(scripts, packages, exec);
    expect(advice).to.deep.equal([
      "@poppinss/ts-exec compiles here: set `NODE_OPTIONS=--import=aclose/register` before it.",
    ]);
    expect(findings.join()).not.to.contain("no script here runs tsc");
    const [build = "", serve = ""] = scripts;
    const flagged = [build, `NODE_OPTIONS=--import=aclose/register ${serve}`];
    expect((await told(flagged, packages, exec)).advice).to.deep.equal([]);
  });

  it("what is set up so is found there", async () => {
    const files = { ".mocharc.json": '{ "import": "aclose/register", "extension": ["ts"] }' };
    expect(await told(["mocha"], [], files)).to.deep.include({
      changed: [],
      advice: [],
      findings: ["good: node compiles here, and aclose for it"],
    });
  });
});
