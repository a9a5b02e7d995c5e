/** What `aclose init` and `aclose doctor` say of the tools that compile inside of frameworks and runtimes. */

import { expect } from "chai";
import { plugin, told } from "./told.js";

describe("what init and doctor say of frameworks' tools", () => {
  it("Playwright compiles its tests: no problem where these only drive a browser", async () => {
    const files = { "vite.config.ts": plugin("vite") };
    const { advice, findings } = await told(["vite build", "playwright test"], ["vite"], files);
    const what = "where its tests have generators, give it the files that `aclose build";
    expect(advice.join("\n")).to.match(new RegExp(`^playwright compiles here: ${what}[^\n]*$`));
    expect(findings.at(-1)).to.contain(`note: playwright compiles here, without aclose: ${what}`);
    const built = await told(["vite build", "aclose build e2e --out-dir compiled && playwright test"], ["vite"], files);
    expect(built.advice).to.deep.equal([]);
    expect(built.findings).to.contain("good: playwright compiles here, and aclose for it");
  });

  it("what takes the project's own TypeScript has tsc's plugins, beside a test runner too", async () => {
    for (const script of [
      "nest build",
      "nest start --watch",
      "ts-node src/main.ts",
      "nodemon --exec ts-node a.ts",
      "mocha -r ts-node/register",
    ]) {
      const { changed } = await told([script, "vitest run"], ["vitest"], {
        "vitest.config.ts": plugin("vite"),
        "tsconfig.json": "{}",
      });
      expect(changed, script).to.deep.equal(["package.json", "tsconfig.json"]);
    }
  });

  it("Nest with a compiler that is not TypeScript", async () => {
    const cases: [string, Record<string, string>][] = [
      ["nest build -b swc", {}],
      ["nest build --builder=swc", {}],
      ["nest build", { "nest-cli.json": '{ "compilerOptions": { "builder": "swc" } }' }],
      ["nest build", { "nest-cli.json": '{ "compilerOptions": { "builder": { "type": "swc" } } }' }],
    ];
    for (const [script, files] of cases) {
      const { changed, advice } = await told([script], [], { "tsconfig.json": "{}", ...files });
      expect(changed).to.deep.equal([]);
      expect(advice.join()).to.match(/^nest with swc compiles here: give it the files that/);
    }
  });

  it("what runs Vite by a configuration of its own gets no other, which nothing would read", async () => {
    for (const [script, advice] of [
      ["electron-vite build", "to `plugins` of `main`, `preload` and `renderer` (electron.vite.config.js)"],
      ["vinxi build", "to `vite.plugins` (app.config.js)"],
      ["farm build", "to `vitePlugins` (farm.config.js)"],
      ["waku build", "to `vite.plugins` (waku.config.js)"],
      ["quasar build", "to `build.vitePlugins` (quasar.config.js)"],
    ] as const) {
      const found = await told([script], ["vite", "vitest"]);
      expect(found.changed, script).to.deep.equal([]);
      expect(found.advice.join()).to.contain(advice);
      expect(found.findings.join()).to.contain(`bad: ${script.split(" ")[0]} compiles here, without aclose`);
    }
    expect((await told(["astro build", "vitest"], ["vitest"])).changed).to.deep.equal(["vite.config.js"]);
    const config = { "electron.vite.config.ts": plugin("vite") };
    expect((await told(["electron-vite dev"], ["vite"], config)).findings).to.deep.equal([
      "good: electron-vite compiles here, and aclose for it",
    ]);
  });

  it("Vite that no script runs gets no configuration where something else compiles, as in what plugs into it", async () => {
    const changed = async (scripts: string[], packages: string[]) => (await told(scripts, packages)).changed;
    for (const script of ["tsdown", "tsc"]) expect(await changed([script], ["vite"]), script).to.deep.equal([]);
    for (const scripts of [["tsdown", "vite"], []])
      expect(await changed(scripts, ["vite"]), scripts.join()).to.deep.equal(["vite.config.js"]);
    expect(await changed(["tsc", "node test.js"], ["vitest"])).to.deep.equal(["vite.config.js"]);
  });

  it("configurations that scripts name to a bundler", async () => {
    const own = "export default { plugins: [] };\n";
    const names = ["vitest.config.ts", "vitest.e2e.ts", "build/rollup.js"];
    const scripts = ["vitest run", "vitest run --config ./vitest.e2e.ts", "rollup -c build/rollup.js", "rollup -c -w"];
    const found = await told(scripts, ["vitest"], Object.fromEntries(names.map((name) => [name, own])));
    expect(found.changed).to.deep.equal(names.sort());
    expect(found.findings.filter((each) => each.startsWith("bad"))).to.have.length(3);
    const root = { "web/index.html": "", "web/test/a.ts": "" };
    expect((await told(["vite web", "vite build web --outDir out"], ["vite"], root)).changed).to.deep.equal([
      "web/vite.config.js",
    ]);
    const there = { ...root, "web/vitest.config.mts": own };
    expect((await told(["vitest --root web"], ["vitest"], there)).changed).to.deep.equal(["web/vitest.config.mts"]);
    // Which of two is read is for each tool to say.
    const two = { "vite.config.ts": plugin("vite"), "vite.config.js": own };
    expect((await told(["vite build"], ["vite"], two)).changed).to.deep.equal(["vite.config.js"]);
  });

  it("Next: webpack takes the plugin, Turbopack a loader, and which of them runs depends on the version", async () => {
    const webpack = plugin("webpack");
    const turbopack = 'export default { turbopack: { rules: { "*.ts": { loaders: ["aclose/loader"] } } } };\n';
    const findings = async (version: string, config: string, ...scripts: string[]) => {
      const files = { "next.config.ts": config, "node_modules/next/package.json": JSON.stringify({ version }) };
      return (await told(scripts, ["next"], files)).findings.join();
    };
    expect(await findings("16.1.0", webpack, "next dev --webpack", "next build --webpack", "next start")).to.match(
      /^good/,
    );
    expect(await findings("16.1.0", turbopack, "next dev", "next build")).to.match(/^good/);
    for (const config of [webpack, turbopack, ""])
      expect(await findings("16.1.0", config, "next dev", "next build --webpack")).to.match(/^bad/);
    expect(await findings("16.1.0", webpack, "next dev")).to.match(/^bad.*"aclose\/loader"/);
    expect(await findings("16.1.0", webpack + turbopack, "next dev", "next build --webpack")).to.match(/^good/);
    expect(await findings("15.4.0", webpack, "next dev", "next build && next-sitemap")).to.match(/^good/);
    expect(await findings("15.4.0", webpack, "next dev --turbopack", "next build")).to.match(/^bad.*"aclose\/loader"/);
  });

  it("other runtimes, and what compiles as Node loads", async () => {
    for (const [script, name, advice] of [
      ["bun run --hot src/index.ts", "bun", "give it"],
      ["bun test", "bun", "give it"],
      ["deno run -A main.ts", "deno", "give it"],
      ["wrangler dev", "wrangler", "give it"],
      ["node -r esbuild-register src/main.ts", "esbuild-register", "run `node --import aclose/register`"],
      ["node --import=@swc-node/register/esm a.ts", "@swc-node/register", "run `node --import aclose/register`"],
      ["jiti a.ts", "jiti", "run `node --import aclose/register`"],
    ] as const)
      expect((await told([script], [])).advice.join(), script).to.contain(`${name} compiles here: ${advice}`);
    const others = [
      "bun run build",
      "bun install",
      "bunx --bun vite",
      "deno task dev",
      "deno lint",
      "deno run npm:vite",
    ];
    for (const script of others)
      expect((await told([script], ["vite"], { "vite.config.js": plugin("vite") })).advice, script).to.deep.equal([]);
    const config = { "wrangler.jsonc": '{ "build": { "command": "aclose build src --out-dir compiled" } }' };
    expect((await told(["wrangler dev"], [], config)).advice).to.deep.equal([]);
    const cdk = { "cdk.json": '{ "app": "tsx app.ts", "build": "aclose build src --out-dir compiled" }' };
    expect((await told(["cdk deploy"], ["esbuild"], cdk)).advice).to.deep.equal([]);
    const built = await told(["vite build && wrangler deploy"], ["vite"], { "vite.config.js": plugin("vite") });
    expect(built.advice).to.deep.equal([]);
  });

  it("Deno's tasks are in a configuration of its own", async () => {
    const tasks = (dev: object | string) => ({
      "deno.jsonc": `{ // Deno\n "tasks": { "dev": ${JSON.stringify(dev)} } }`,
    });
    for (const task of ["deno run -A main.ts", { command: "deno run -A main.ts" }])
      expect((await told([], [], tasks(task))).advice.join()).to.match(/^deno compiles here: give it/);
    const built = await told([], [], tasks("aclose build src --out-dir compiled && deno run -A compiled/main.ts"));
    expect(built).to.deep.include({ advice: [], findings: ["good: deno compiles here, and aclose for it"] });
  });

  it("Analog compiles as Angular does, past Vite's plugins", async () => {
    const files = { "vite.config.mts": "export default { plugins: [analog()] };\n", "tsconfig.json": "{}" };
    const { changed, advice } = await told(["vite build"], ["vite", "@analogjs/platform"], files);
    expect(changed).to.deep.equal(["package.json", "tsconfig.json", "vite.config.mts"]);
    expect(advice).to.deep.equal([]);
  });

  it("Angular takes tsc's plugins, but with isolatedModules", async () => {
    const files = {
      "tsconfig.json":
        '{ "compilerOptions": { "isolatedModules": true }, "files": [], "references": [{ "path": "app.json" }] }',
      "app.json": '{ "extends": "./tsconfig.json", "include": ["src"] }',
    };
    const fresh = await told(["ng build", "ng test"], ["vitest"], files);
    expect(fresh.changed).to.deep.equal(["app.json", "package.json"]);
    expect(fresh.advice).to.deep.equal([]);
    const problem = /bad: ng leaves plugins out with "isolatedModules" \(app\.json\)/;
    expect(fresh.findings.join("\n")).to.match(problem);
    const compilerOptions = { plugins: [{ transform: "aclose/transformer" }], isolatedModules: false };
    const app = JSON.stringify({ extends: "./tsconfig.json", compilerOptions, include: ["src"] });
    const set = await told(["ng build"], [], { ...files, "app.json": app });
    expect(set.changed).to.deep.equal(["package.json"]);
    expect(set.findings.join("\n")).not.to.match(problem);
  });

  it("what else a tool needs to take compiled files is said with them", async () => {
    for (const [script, need] of [["deno bundle main.ts", "`--source-map inline`"]] as const) {
      const { advice, findings } = await told([script], []);
      expect(advice.join(), script).to.contain(need);
      expect(findings.join(), script).to.contain(need);
    }
  });

  it("thread-loader hands on no loader of a plugin: there aclose/loader goes, as any other", async () => {
    const config = (text: string, more = "") => ({
      "webpack.config.mjs": `${more}export default { module: { rules: [{ use: ["thread-loader", ${text}] }] } };\n`,
    });
    const cure = 'put "aclose/loader" last in the `use` that has it.';
    const bare = await told(["webpack"], [], config('"babel-loader"'));
    expect(bare.changed).to.deep.equal([]);
    expect(bare.advice.join()).to.contain(cure);
    const withBoth = config('"babel-loader"', plugin("webpack").replace("export default", "export const other ="));
    expect((await told(["webpack"], [], withBoth)).findings.join()).to.match(
      /note: webpack\.config\.mjs.*thread-loader/,
    );
    expect(await told(["webpack"], [], config('"babel-loader", "aclose/loader"'))).to.deep.include({
      advice: [],
      findings: ["good: webpack.config.mjs has the plugin for webpack"],
    });
    expect((await told(["webpack"], [], config('"ts-loader"'))).changed).to.deep.equal(["webpack.config.mjs"]);
  });

  it("rollup-plugin-typescript2 checks the types of what it gets", async () => {
    const config = (options: string) => ({
      "rollup.config.mjs": `import ts from "rollup-plugin-typescript2";\nexport default { plugins: [ts({ ${options} })] };\n`,
    });
    const { changed, advice } = await told(["rollup -c"], [], config(""));
    expect(changed).to.deep.equal([]);
    expect(advice.join()).to.contain('give it `transformers: [() => aclose()]`, with aclose from "aclose/ts-loader".');
    expect((await told(["rollup -c"], [], config("check: false"))).changed).to.deep.equal(["rollup.config.mjs"]);
  });

  it("esbuild's command takes no plugins, and what only hands it its name is none", async () => {
    for (const script of ["esbuild src/main.ts --bundle --outfile=out.js", "npm run types && esbuild a.ts"])
      expect((await told([script], ["esbuild"])).advice.join(), script).to.match(/^esbuild compiles here: give it/);
    const fed = "aclose build src --out-dir compiled && esbuild compiled/main.ts --bundle";
    expect(await told([fed], ["esbuild"])).to.deep.include({
      advice: [],
      findings: ["good: esbuild compiles here, and aclose for it"],
    });
    expect((await told(["node build.js"], ["esbuild"])).advice.join()).to.contain("the plugins of your esbuild call");
    for (const script of ["vite build --minify esbuild", "vite build --minify=esbuild"])
      expect((await told([script], ["vite"], { "vite.config.js": plugin("vite") })).advice, script).to.deep.equal([]);
  });

  it("esbuild beside vitest, which compiles only the tests, and what calls it without plugins", async () => {
    const files = { "vitest.config.ts": plugin("vite") };
    const found = async (script: string, packages: string[]) =>
      (await told([script, "vitest run"], ["vitest", ...packages], files)).advice.join();
    expect(await found("node build.js", ["esbuild"])).to.match(/^Add `aclose\(\)` from "aclose\/unplugin\/esbuild"/);
    for (const script of ["cdk deploy", "cdk", "sam build"]) {
      expect(await found(script, ["esbuild"]), script).to.match(/^(?:cdk|sam) compiles here: give it the files that/);
      expect(await found(script, []), script).to.equal("");
    }
    expect(await found("node build.js", ["esbuild", "vite"])).to.equal("");
  });

  it("Electron Forge's configurations of Vite, beside which nothing reads another", async () => {
    const own = "export default {};\n";
    const names = ["vite.main.config.ts", "vite.preload.config.ts", "vite.renderer.config.ts"];
    const files = Object.fromEntries(names.map((name) => [name, own]));
    expect((await told(["electron-forge start"], ["vite"], files)).changed).to.deep.equal(names);
    const main = { "webpack.main.config.js": "module.exports = { entry: './src/main.js' };\n" };
    expect((await told(["electron-forge start"], [], main)).changed).to.deep.equal(["webpack.main.config.js"]);
  });

  it("Nuxt: its server has a plugin of its own", async () => {
    const server = { "server/api/a.ts": "" };
    const found = async (config: string, files = {}) =>
      (await told(["nuxt build"], [], { "nuxt.config.ts": config, ...files })).findings.join();
    const vite = plugin("vite");
    expect(await found(vite)).to.match(/^good/);
    expect(await found(vite, server)).to.match(/^bad: nuxt compiles here, without aclose: .* for the server the one/);
    expect(await found(`${vite}${plugin("rollup")}`, server)).to.match(/^good/);
  });

  it("Node with aclose/register, as they advise, is set up, and not tsc, which no script runs", async () => {
    const files = { "tsconfig.json": "{}" };
    expect(await told(["node --import aclose/register src/main.ts"], [], files)).to.deep.include({
      changed: [],
      advice: [],
      findings: ["good: node compiles here, and aclose for it"],
    });
    const { changed } = await told(["tsc", "node --import aclose/register src/main.ts"], [], files);
    expect(changed).to.deep.equal(["package.json", "tsconfig.json"]);
  });

  it("a loader that reads past aclose/register is not set up by it", async () => {
    const findings = async (script: string, type: string) => (await told([script], [], {}, { type })).findings.join();
    const tsx = "tsx --import aclose/register src/main";
    expect(await findings(`${tsx}.ts`, "module")).to.match(/^good: tsx/);
    expect(await findings(`${tsx}.mts`, "commonjs")).to.match(/^good: tsx/);
    for (const script of [`${tsx}.ts`, "NODE_OPTIONS='--import aclose/register' jiti src/main.ts"])
      expect(await findings(script, "commonjs")).to.match(/^note: (?:tsx|jiti) compiles here, without aclose:/);
  });

  it("a loader in one script is not set up by aclose/register in another", async () => {
    const start = "node --import aclose/register src/main.ts";
    const { advice, findings } = await told(["tsx watch src/main.ts", start], []);
    expect(advice.join()).to.match(/^tsx compiles here: where what it runs has generators, run `node --import/);
    expect(findings.join()).to.match(/^note: tsx compiles here, without aclose: where/);
    const beside = await told(["tsx --import aclose/register src/main.ts", start], []);
    expect(beside).to.deep.include({ advice: [], findings: ["good: tsx compiles here, and aclose for it"] });
  });

  it("a tool that is not known is no reason to call tsc, which no script runs, what compiles", async () => {
    const files = { "tsconfig.json": '{ "compilerOptions": { "plugins": [{ "transform": "aclose/transformer" }] } }' };
    const packages = ["ts-patch", "gulp-typescript"];
    const found = await told(["unheard-of build"], packages, files);
    expect(found.advice.join()).to.match(/^No script here runs tsc: another tool that compiles needs what/);
    expect(found.findings.join()).to.contain("note: no script here runs tsc: another tool");
    for (const script of ["tsc", "npx tspc -p .", "gulp", 'tsc-watch --onSuccess "node ."'])
      expect((await told([script], packages, files)).advice.join(), script).not.to.contain("runs tsc");
    const vue = { ...files, "vite.config.ts": plugin("vite") };
    expect((await told(["vue-tsc && vite build"], ["vite"], vue)).changed).to.deep.equal([]);
  });

  it("tools that compile with a compiler of their own, in which tsc's plugins do nothing", async () => {
    for (const [script, advice] of [
      ["bunchee", "bunchee compiles here: give it the files that"],
      ["pkgroll --minify", "pkgroll compiles here: give it the files that"],
      ["microbundle", "microbundle compiles here: give it the files that"],
      ["sucrase src -d dist", "sucrase compiles here: give it the files that"],
      ["sst deploy", "sst compiles here: give it the files that"],
      ["ncc build src/index.ts -o dist", "ncc compiles here: give it the files that"],
      [
        "wxt build",
        'wxt compiles here: add `aclose()` from "aclose/unplugin/vite" to the `plugins` that `vite` returns',
      ],
      ["node -r sucrase/register src/main.ts", "sucrase/register compiles here: run `node --import"],
      ["nuxi build", 'nuxt compiles here: add `aclose()` from "aclose/unplugin/vite"'],
      ["nitro build", 'nitro compiles here: add `aclose()` from "aclose/unplugin/rollup" to `rollupConfig.plugins`'],
    ] as const) {
      const found = await told([script], [], { "tsconfig.json": "{}" });
      expect(found.changed, script).to.deep.equal([]);
      expect(found.advice.join()).to.contain(advice);
    }
  });

  it("Babel's hosts: the plugin goes into the configuration that is there, or into a new one with their preset", async () => {
    const text = async (script: string, packages: string[], files: Record<string, string> = {}, more: object = {}) => {
      const { changed, findings, texts } = await told([script], packages, files, more);
      expect(findings, script).to.deep.equal([
        `bad: ${changed[0]} does not have the plugin for Babel: run \`npx aclose init\`.`,
      ]);
      return Object.fromEntries([...texts].map(([name, written]) => [name, written.replace(/\s+/g, " ").trim()]));
    };
    const made = '{ "plugins": [ "module:aclose/babel" ] }';
    const native = { "babel.config.js": "module.exports = { presets: ['module:@react-native/babel-preset'] };" };
    expect(await text("react-native start", [], native, { type: "commonjs" })).to.deep.equal({
      "babel.config.js":
        "module.exports = { plugins: [\"module:aclose/babel\"], presets: ['module:@react-native/babel-preset'] };",
    });
    expect(await text("expo start", ["typescript"], {}, { type: undefined })).to.deep.equal({
      "babel.config.js":
        'module.exports = { "presets": [ "babel-preset-expo" ], "plugins": [ "module:aclose/babel" ] };',
    });
    expect(Object.keys(await text("expo start", [], {}, { type: "module" }))).to.deep.equal(["babel.config.cjs"]);
    expect(await text("babel src -d lib", [])).to.deep.equal({ "babel.config.json": made });
    expect(await text("jest", ["jest"])).to.deep.equal({ "babel.config.json": made });
    expect(await text("jest", ["jest"], { ".babelrc": '{ "presets": ["@babel/env"] }' })).to.deep.equal({
      ".babelrc": '{ "presets": [ "@babel/env" ], "plugins": [ "module:aclose/babel" ] }',
    });
    const config = { babel: { plugins: ["a"] } };
    expect((await text("jest", ["babel-jest"], {}, config))["package.json"]).to.match(
      /"babel": ?\{ ?"plugins": ?\[ ?"module:aclose\/babel", ?"a" ?\]/,
    );
  });

  it("Babel with the plugin is set up; a bundler's configuration needs none in Babel's, nor do ts-jest and tsc", async () => {
    for (const entry of ['"module:aclose/babel"', '["aclose/babel", { "ticks": "fused" }]']) {
      const files = { "babel.config.json": `{ "plugins": [${entry}] }` };
      expect(await told(["metro build src/main.js"], [], files)).to.deep.include({
        changed: [],
        advice: [],
        findings: ["good: babel.config.json has the plugin for Babel"],
      });
    }
    const bare = { "babel.config.json": "{}", "webpack.config.js": plugin("webpack"), "tsconfig.json": "{}" };
    expect((await told(["webpack"], ["webpack"], bare)).changed).to.deep.equal([]);
    const jest = { "jest.config.json": '{ "preset": "ts-jest" }' };
    const changed = async (script: string, packages: string[], more: Record<string, string> = {}) =>
      (await told([script], packages, { "babel.config.json": "{}", "tsconfig.json": "{}", ...more })).changed;
    expect(await changed("tsc", ["typescript", "ts-patch"])).to.deep.equal(["package.json", "tsconfig.json"]);
    expect(await changed("jest", ["jest", "ts-jest"], jest)).to.deep.equal(["jest.config.json"]);
    expect(await changed("gulp", ["typescript"])).to.deep.equal(["babel.config.json"]);
  });

  it("Parcel reads Babel's configuration, and finds the runtime where it reads the exports of packages", async () => {
    const files = { "babel.config.json": '{ "plugins": ["module:aclose/babel"] }' };
    const { changed, findings } = await told(["parcel build"], ["parcel"], files);
    expect(changed).to.deep.equal(["package.json"]);
    expect(findings[1]).to.contain("bad: Parcel finds nothing of aclose");
    const more = { "@parcel/resolver-default": { packageExports: true } };
    expect((await told(["parcel build"], ["parcel"], files, more)).findings).to.deep.equal([
      "good: babel.config.json has the plugin for Babel",
    ]);
    expect((await told(["parcel build"], ["parcel"], {}, more)).changed).to.deep.equal(["babel.config.json"]);
  });

  it("says where nothing is known, and that a workspace has its tools in its packages", async () => {
    expect((await told(["unheard-of build"], [])).advice.join()).to.match(/^No tool that compiles is known here: /);
    for (const [files, more] of [
      [{}, { workspaces: ["packages/*"] }],
      [{ "lerna.json": '{ "packages": ["packages/*"] }' }, {}],
    ] as const) {
      const { advice, changed, findings } = await told(["turbo run build"], ["vitest"], files, {
        ...more,
        dependencies: {},
      });
      expect(changed).to.deep.equal([]);
      expect(advice.join()).to.contain("run `npx aclose init` in each package that has one.");
      expect(findings.join()).to.contain("run `npx aclose doctor` in each package that has one.");
    }
  });
});
