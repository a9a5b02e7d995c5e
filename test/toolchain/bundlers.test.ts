/** The bundlers, each building a small project with its own configuration; what they built runs. */

import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { Project, root, tsconfig } from "../doors/project.js";
import { sample, sampleLog } from "./sample.js";

const packages = ["typescript", "vite", "rollup", "rolldown", "webpack", "@rspack", "esbuild", "ts-loader"];

/** Build scripts, as a user would write them. All but one bundle for a browser, so that everything is in the file. */
const builds: Record<string, string> = {
  esbuild: `import { build } from "esbuild";
import aclose from "aclose/unplugin/esbuild";
await build({ entryPoints: ["src/main.ts"], outfile: "out/main.mjs", bundle: true, format: "esm", target: "es2017", logLevel: "error", sourcemap: true, plugins: [aclose()] });`,
  vite: `import { build } from "vite";
import aclose from "aclose/unplugin/vite";
await build({ configFile: false, logLevel: "error", plugins: [aclose()], build: { outDir: "out", minify: false, sourcemap: true, lib: { entry: "src/main.ts", formats: ["es"], fileName: () => "main.mjs" } } });`,
  rolldown: `import { build } from "rolldown";
import aclose from "aclose/unplugin/rolldown";
await build({ input: "src/main.ts", plugins: [aclose()], platform: "browser", logLevel: "warn", output: { file: "out/main.mjs", format: "esm", sourcemap: true } });`,
  rollup: `import { rollup } from "rollup";
import { transform } from "esbuild";
import { nodeResolve } from "./resolve.mjs";
import aclose from "aclose/unplugin/rollup";
const strip = { name: "strip", transform: (code, id) => id.endsWith(".ts") ? transform(code, { loader: "ts", sourcemap: true, sourcefile: id }) : null };
const bundle = await rollup({ input: "src/main.ts", plugins: [aclose(), strip, nodeResolve], external: [/^aclose/], onwarn: (warning) => console.error(warning.message) });
await bundle.write({ file: "out/main.mjs", format: "esm", sourcemap: true });`,
  webpack: `import webpack from "webpack";
import aclose from "aclose/unplugin/webpack";
webpack({ mode: "development", target: "web", entry: "./src/main.ts", devtool: "source-map", output: { path: process.cwd() + "/out", filename: "main.cjs" },
  resolve: { extensions: [".ts", ".js"], extensionAlias: { ".js": [".ts", ".js"] } },
  module: { rules: [{ test: /\\.ts$/, loader: "ts-loader", options: { transpileOnly: true } }] }, plugins: [aclose()] },
  (error, stats) => { if (error || stats.hasErrors() || stats.hasWarnings()) { console.error(error ?? stats.toString()); process.exitCode = 1; } });`,
  rspack: `import { rspack } from "@rspack/core";
import aclose from "aclose/unplugin/rspack";
rspack({ mode: "development", target: "web", entry: "./src/main.ts", devtool: "source-map", output: { path: process.cwd() + "/out", filename: "main.cjs" },
  resolve: { extensions: [".ts", ".js"], extensionAlias: { ".js": [".ts", ".js"] } },
  module: { rules: [{ test: /\\.ts$/, loader: "builtin:swc-loader", options: { jsc: { parser: { syntax: "typescript" }, target: "es2017" } }, type: "javascript/auto" }] }, plugins: [aclose()] },
  (error, stats) => { if (error || stats.hasErrors() || stats.hasWarnings()) { console.error(error ?? stats.toString()); process.exitCode = 1; } });`,
};

const resolveOwnFiles = `import { existsSync } from "node:fs";
import { resolve, dirname } from "node:path";
export const nodeResolve = { name: "own", resolveId(name, from) {
  const file = from && name.startsWith(".") && resolve(dirname(from), name.replace(/\\.js$/, ".ts"));
  return file && existsSync(file) ? file : null;
} };`;

const files = {
  ...sample,
  "package.json": '{ "name": "user", "private": true, "type": "module" }',
  "tsconfig.json": tsconfig({ compilerOptions: { target: "ES2017", module: "ESNext", moduleResolution: "Bundler" } }),
  "resolve.mjs": resolveOwnFiles,
};

describe("bundlers", function () {
  this.timeout(60_000);
  let project: Project;
  beforeEach(() => {
    project = new Project(files, packages);
  });
  afterEach(() => project.remove());

  for (const [name, script] of Object.entries(builds)) {
    it(`${name} compiles before its own lowering, and the bundle runs`, () => {
      project.write({ "build.mjs": script });
      const { status, output } = project.node("build.mjs");
      expect(status, output).to.equal(0);
      const file = project.list("out").find((each) => /^main\.[cm]js$/.test(each)) as string;
      expect(project.print(`out/${file}`)).to.equal(sampleLog);
      // ts-loader does not lead its map through that of the loader before it.
      if (name === "webpack") return;
      const map = JSON.parse(project.read(`out/${file}.map`)) as { sources: string[]; sourcesContent: string[] };
      const source = map.sources.findIndex((each) => each.endsWith("src/rows.ts"));
      expect(map.sourcesContent[source], map.sources.join()).to.equal(sample["src/rows.ts"]);
    });
  }

  for (const [name, script] of Object.entries(builds))
    it(`${name} drops what nothing uses, as it would without the compiler`, () => {
      // What webpack and Rspack minify with keeps a class that has both a computed name and a static initializer with `this`.
      const isKept = name === "webpack" || name === "rspack";
      const unused = (text: string) => `yield "left over: ${text}";`;
      project.write({
        "src/main.ts": 'import { used } from "./parts.js";\nused().next().then(({ value }) => console.log(value));\n',
        "src/parts.ts": `"use aclose";
export async function* used(): AsyncGenerator<string> { yield "used"; }
export async function* one(): AsyncGenerator<string> { ${unused("function")} }
export const two = async function* (): AsyncGenerator<string> { ${unused("expression")} };
export const three = { async *method(): AsyncGenerator<string> { ${unused("in an object")} } };
export class Four<T> {
  static count = 4;
  async *method(value: T): AsyncGenerator<T | string> { yield value; ${unused("method")} }
  static async *made(): AsyncGenerator<string> { ${unused("static method")} }
  ${isKept ? "" : `async *[Symbol.asyncIterator](): AsyncGenerator<string> { ${unused("iterator")} }`}
  async *#own(): AsyncGenerator<string> { ${unused("private method")} }
  own(): AsyncGenerator<string> { return this.#own(); }
}
`,
        "tsconfig.json": tsconfig({
          compilerOptions: { target: "ES2022", module: "ESNext", moduleResolution: "Bundler" },
        }),
        "build.mjs": script.replace('mode: "development"', 'mode: "production"').replace(/es2017/g, "es2022"),
      });
      const { status, output } = project.node("build.mjs");
      expect(status, output).to.equal(0);
      const file = project.list("out").find((each) => /^main\.[cm]js$/.test(each)) as string;
      expect(project.print(`out/${file}`)).to.equal("used\n");
      expect(project.read(`out/${file}`).match(/left over[^"]*/g)).to.equal(null);
    });

  for (const [name, script] of Object.entries(builds))
    it(`${name} keeps what makes generators of a class's methods, where it drops what nothing uses and lowers classes`, () => {
      project.write({
        "src/main.ts": `"use aclose";
class Pages {
  async *all(): AsyncGenerator<number> { yield 1; }
  static async *none(): AsyncGenerator<number> {}
}
for (const method of [Pages.prototype.all, Pages.none]) console.log(Object.prototype.toString.call(method));
void new Pages().all().next().then(({ value }) => console.log(value));
export {};
`,
        "build.mjs": script
          .replace('mode: "development"', 'mode: "production"')
          .replace("minify: false", 'target: "es2017"'),
      });
      const { status, output } = project.node("build.mjs");
      expect(status, output).to.equal(0);
      const file = project.list("out").find((each) => /^main\.[cm]js$/.test(each)) as string;
      const method = "[object AsyncGeneratorFunction]\n";
      expect(project.print(`out/${file}`)).to.equal(`${method}${method}1\n`);
    });

  it("webpack takes the compiler as a loader of a rule too, as Turbopack does", () => {
    const script = (builds.webpack as string)
      .replace("plugins: [aclose()]", "")
      .replace(/loader: "ts-loader".*? }/, 'use: [{ $& }, { loader: "aclose/loader", options: { positions: false } }]')
      .replace("if (error", "console.log([...stats.compilation.fileDependencies].join()); if (error");
    project.write({ "build.mjs": script });
    const { status, output } = project.node("build.mjs");
    expect(status, output).to.equal(0);
    // What Turbopack keeps is to be compiled again by another version.
    expect(output).to.match(/dist.cjs.transformer.index\.js/);
    expect(project.print("out/main.cjs")).to.equal(sampleLog);
    expect(project.read("out/main.cjs")).to.contain("rows$step").and.not.contain('positions: "');
    project.write({ "src/rows.ts": (sample["src/rows.ts"] as string).replace("use aclose", "use aclose fuzed") });
    expect(project.node("build.mjs").output).to.match(/src\/rows\.ts:5:3 ACLOSE1003: Unknown word "fuzed"/);
  });

  for (const [name, script] of Object.entries(builds))
    it(`${name} fails where the compiler has an error, and shows the place in its line`, () => {
      const before = "/* äöü */ ";
      const rows = (sample["src/rows.ts"] as string).replace('"use aclose"', `${before}"use aclose fuzed"`);
      // Rollup's and Vite's commands print what is beside the message.
      const caught = `process.on("uncaughtException", (error) => { console.log(error.message, error.frame); process.exit(1); });\n${script}`;
      project.write({ "src/rows.ts": rows, "build.mjs": caught });
      const { status, output } = project.node("build.mjs");
      expect(status).to.equal(1);
      expect(output).to.match(/src\/rows\.ts:5:13 ACLOSE1003: Unknown word "fuzed"/);
      const [, line, mark] = /\b5 [|│] (.*\n) *[|╵] ( *\^)/.exec(output) as unknown as [string, string, string];
      expect(line.indexOf('"use aclose fuzed"')).to.equal(mark.indexOf("^"));
    });

  for (const [name, script] of Object.entries(builds))
    it(`${name}: a wrong option fails where the plugin is made, and is said of no file`, () => {
      project.write({ "build.mjs": script.replace("aclose()", 'aclose({ tick: "fused" })') });
      const { status, output } = project.node("build.mjs");
      expect(status).to.equal(1);
      expect(output)
        .to.match(/Error: ACLOSE1001: Unknown option "tick"/)
        .and.not.contain("src/rows.ts");
    });

  for (const name of ["esbuild", "vite", "rollup", "webpack"])
    it(`${name} takes an entry without import and export for a module`, () => {
      project.write({
        "src/main.ts":
          '"use aclose";\nasync function* g() { yield 1; }\n(async () => { const open = g(); for await (const x of open) console.log(x, "aclose" in open); })();\n',
        "build.mjs": builds[name] as string,
      });
      const { status, output } = project.node("build.mjs");
      expect(status, output).to.equal(0);
      const file = project.list("out").find((each) => /^main\.[cm]js$/.test(each)) as string;
      expect(project.print(`out/${file}`)).to.equal("1 true\n");
    });

  it("say what a script needs where the option asks for one", () => {
    project.write({
      "src/main.ts": '"use aclose";\nasync function* g() { yield 1; }\n',
      "build.mjs": (builds.esbuild as string).replace("aclose()", 'aclose({ module: "script" })'),
    });
    expect(project.node("build.mjs").output).to.contain("ACLOSE1201: This file is a script");
  });

  it("Vite builds the workers of a page with it, beside plugins that these have already", () => {
    project.write({
      "src/main.ts": 'new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });\n',
      "src/worker.ts": 'import { rows } from "./rows.js";\nself.onmessage = () => rows(["FROM"]).next();\n',
      "build.mjs": `import { build } from "vite";
import aclose from "aclose/unplugin/vite";
const own = { name: "own", transform: (code) => code.replace("FROM", "by own") };
await build({ configFile: false, logLevel: "error", plugins: [aclose()], worker: { format: "es", plugins: () => [own] }, build: { outDir: "out", minify: false, rolldownOptions: { input: "src/main.ts" } } });`,
    });
    const { status, output } = project.node("build.mjs");
    expect(status, output).to.equal(0);
    const worker = project.list("out").find((each) => /worker.*\.js$/.test(each)) as string;
    expect(project.read(`out/${worker}`))
      .to.contain("rows$step")
      .and.contain("by own");
  });

  for (const kind of ["vue", "astro", "md", "gts"])
    it(`Vite compiles .${kind} components behind the plugin that makes JavaScript of them`, () => {
      project.write({
        "src/main.ts": `import { g } from "./view.${kind}";\nconsole.log("aclose" in g());\n`,
        [`src/view.${kind}`]: '<script>\nexport async function* g() { "use aclose"; yield 1; }\n</script>\n',
        "build.mjs": (builds.vite as string).replace(
          "aclose()",
          `aclose(), { name: "own", transform: (code, id) => id.endsWith(".${kind}") ? code.replace(/<.*>/g, "") : null }`,
        ),
      });
      const { status, output } = project.node("build.mjs");
      expect(status, output).to.equal(0);
      expect(project.print("out/main.mjs")).to.equal("true\n");
    });

  it("Vite compiles scripts that stand in a page", () => {
    const script = `async function* rows() { "use aclose"; yield 1; }\nfor await (const row of rows()) console.log(row, "aclose" in rows());\n`;
    project.write({
      "page/index.html": `<!doctype html><body><script type="module">\n${script}</script></body>`,
      "build.mjs": `import { build } from "vite";
import aclose from "aclose/unplugin/vite";
await build({ configFile: false, root: "page", logLevel: "error", plugins: [aclose()], build: { target: "esnext", modulePreload: { polyfill: false },
  rolldownOptions: { output: { entryFileNames: "page.mjs" } } } });`,
    });
    const { status, output } = project.node("build.mjs");
    expect(status, output).to.equal(0);
    expect(project.print("page/dist/page.mjs")).to.equal("1 true\n");
  });

  it("are there under one entry too, for import and for require", () => {
    const list = "console.log(Object.keys(p).sort().join(), p.vite().map((each) => each.name).join(), typeof v)";
    const expected = "esbuild,rolldown,rollup,rspack,vite,webpack aclose,aclose:components function\n";
    const imported = `import p from "aclose/unplugin"; import v from "aclose/unplugin/vite"; ${list}`;
    expect(project.print("--input-type=module", "-e", imported)).to.equal(expected);
    const required = `const p = require("aclose/unplugin").default, v = require("aclose/unplugin/vite").default; ${list}`;
    expect(project.print("--no-warnings", "--input-type=commonjs", "-e", required)).to.equal(expected);
  });

  it("Vite's server compiles a changed module again and replaces it in the running program", async () => {
    project.write({
      "hot.ts":
        'import { rows } from "./src/rows.js";\nexport { rows };\nif (import.meta.hot) import.meta.hot.accept();\n',
      "server.mjs": `import { createServer, createServerModuleRunner } from "vite";
import { readFileSync, writeFileSync } from "node:fs";
import aclose from "aclose/unplugin/vite";
const server = await createServer({ configFile: false, logLevel: "error", plugins: [aclose()], server: { port: 0, host: "127.0.0.1" }, optimizeDeps: { noDiscovery: true, include: [] }, ssr: { external: ["aclose"] } });
await server.listen();
const served = await server.transformRequest("/src/rows.ts");
console.log("served", served.code.includes("function*"));
const runner = createServerModuleRunner(server.environments.ssr);
const first = async () => (await (await runner.import("/hot.ts")).rows([]).next()).value;
console.log(JSON.stringify(await first()));
writeFileSync("src/rows.ts", readFileSync("src/rows.ts", "utf8").replace("id = 0", "id = 5"));
for (const deadline = Date.now() + 10_000; (await first()).id !== 5 && Date.now() < deadline; ) await new Promise((done) => setTimeout(done, 50));
console.log(JSON.stringify(await first()));
await runner.close();
await server.close();
`,
    });
    const child = spawn("node", ["server.mjs"], { cwd: project.folder });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => void (output += text));
    await new Promise((done) => child.on("close", done));
    expect(output).to.equal('served false\n{"id":0}\n{"id":5}\n');
  });

  it("leave a file without the directive to the bundler, unread", () => {
    project.write({
      "src/plain.ts": "export const a: number = ;",
      "check.mjs": `import { unplugin } from ${JSON.stringify(join(root, "dist/esm/integrations/unplugin/unplugin.js"))};
const { transform } = unplugin.raw({}, { framework: "vite" });
console.log(JSON.stringify([transform.filter.code.test('"use aclose";'), transform.filter.code.test("export const a: number = ;"), transform.filter.id.test("/a/view.vue?vue&type=script&lang.ts"), transform.filter.id.test("/a.css")]));`,
    });
    expect(project.print("check.mjs")).to.equal("[true,false,true,false]\n");
  });

  it("to compile all leaves what is installed to its own directives", () => {
    project.write({
      "check.mjs": `import { unplugin } from ${JSON.stringify(join(root, "dist/esm/integrations/unplugin/unplugin.js"))};
const { transform } = unplugin.raw({ include: "all" }, { framework: "vite" });
const text = 'export async function* asked() { "use aclose"; }\\nexport async function* plain() {}\\n';
for (const id of ["/a/src/b.js", "/a/node_modules/b/index.js"]) {
  const { code } = transform.handler.call({}, text, id);
  console.log(transform.filter.id.test(id), ["asked", "plain"].map((name) => code.includes(name + "$step")).join());
}`,
    });
    expect(project.print("check.mjs")).to.equal("true true,true\ntrue true,false\n");
  });

  it("to compile all leaves out the runtime, also where it is a link to a folder of its own", () => {
    project.write({
      "src/main.ts": "export async function* f() { yield 1; }\nfor await (const x of f()) console.log(x);",
      "build.mjs": (builds.esbuild as string)
        .replace("aclose()", 'aclose({ include: "all" })')
        .replace("es2017", "es2022"),
    });
    const { status, output } = project.node("build.mjs");
    expect(status, output).to.equal(0);
    expect(project.read("out/main.mjs")).to.contain("f$step");
    expect(project.print("out/main.mjs")).to.equal("1\n");
  });

  it("name the file in a message also where the bundler asks for a part of it", () => {
    project.write({
      "check.mjs": `import { unplugin } from ${JSON.stringify(join(root, "dist/esm/integrations/unplugin/unplugin.js"))};
const { transform } = unplugin.raw({}, { framework: "vite" });
const warn = ({ message }) => console.log(message.split(" ")[0]);
const part = "/a/index.tsx?pick=default&lang.tsx";
const getCombinedSourcemap = () => ({ version: 3, sources: ["index.tsx"], names: [], mappings: "AAIA" });
for (const host of [{ warn }, { warn, getCombinedSourcemap }])
  transform.handler.call(host, 'async function* f() { "use aclose"; eval(""); }', part);
const error = (problem) => console.log(JSON.stringify(problem).includes("ACLOSE1003"));
transform.handler.call({ error }, '"use aclose fast"; async function* f() {}', "/a/b.ts");`,
    });
    // Its lines are the file's where the bundler has a map.
    expect(project.print("check.mjs")).to.equal("/a/index.tsx?pick=default&lang.tsx:1:17\n/a/index.tsx:5:1\ntrue\n");
  });

  it("Rollup's hook is a function, which all know that take Rollup's plugins, and asks for what concerns it only", () => {
    const program = `import aclose from "aclose/unplugin/rollup";
const text = (word) => \`export async function* g() { "\${word}"; yield 1; }\`;
const asked = (options, name, word) => aclose(options).transform.call({}, text(word), "/p/" + name) !== null;
console.log(asked({}, "a.ts", "use aclose"), asked({}, "a.css", "use aclose"), asked({}, "a.ts", "use strict"),
  asked({ include: "all" }, "a.js", ""), asked({ include: "all" }, "node_modules/a.js", ""));`;
    project.write({ "ask.mjs": program });
    expect(project.print("ask.mjs")).to.equal("true false false true false\n");
  });
});
