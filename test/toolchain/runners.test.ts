/** `aclose/register`, the test runners and ts-loader: the sample runs, compiled, with maps that lead to its source. */

import { expect } from "chai";
import { type Project, projectsOfTests, tsconfig } from "../doors/project.js";
import { sample, sampleLog, sampleTest } from "./sample.js";

const compilerOptions = { target: "ES2022", module: "NodeNext", strict: true, esModuleInterop: true };
const throwing = `export async function* broken(): AsyncGenerator<number> {
  "use aclose";
  yield 1;
  const message: string = "thrown here";
  throw new Error(message);
}
`;
const manifest = (type: string): string => JSON.stringify({ name: "user", private: true, type });

describe("runners", function () {
  this.timeout(60_000);
  const newProject = projectsOfTests();
  const make = (files: Record<string, string>, packages: string[] = []) =>
    newProject(
      { ...sample, "package.json": manifest("module"), "tsconfig.json": tsconfig({ compilerOptions }), ...files },
      ["typescript", ...packages],
    );

  for (const type of ["module", "commonjs"]) {
    it(`register runs TypeScript: ${type}`, () => {
      const project = make({ "package.json": manifest(type) });
      expect(project.node("--import", "aclose/register", "src/main.ts")).to.deep.equal({
        status: 0,
        output: sampleLog,
      });
    });
  }

  it("register runs JavaScript of both kinds, and what they require", () => {
    const rows = `async function* rows() { "use aclose"; yield 1; }`;
    const project = make({
      "a.mjs": `${rows}\nimport other from "./b.cjs";\nconsole.log("aclose" in rows(), "aclose" in other());`,
      "b.cjs": `module.exports = ${rows}`,
    });
    expect(project.node("--import", "aclose/register", "a.mjs").output).to.equal("true true\n");
  });

  it("register maps errors to the source, and takes the options of tsconfig.json", () => {
    const project = make({
      "tsconfig.json": tsconfig({ compilerOptions, plugin: { include: "all" } }),
      "src/broken.ts": throwing.replace('  "use aclose";\n', "\n"),
      "src/a.ts": `import { broken } from "./broken.js";
const open = broken();
await open.next();
await open.next().catch((error: Error) => console.log("aclose" in open, /broken\\.ts:\\d+:\\d+/.exec(error.stack!)![0]));`,
    });
    expect(project.node("--import", "aclose/register", "src/a.ts").output).to.equal("true broken.ts:5:9\n");
  });

  for (const jsx of [undefined, "preserve", "react-jsx"]) {
    it(`register leaves no JSX to Node: jsx ${jsx}`, () => {
      const h = "export const jsx = (name: string) => [name];\nexport const createElement = jsx;\n";
      const project = make({
        "tsconfig.json": tsconfig({ compilerOptions: { ...compilerOptions, jsx } }),
        "node_modules/react/package.json": '{ "exports": { "./jsx-runtime": "./h.js" }, "type": "module" }',
        "node_modules/react/h.js": h.replace(": string", ""),
        "h.ts": h,
        "a.tsx": `${jsx === "react-jsx" ? "" : 'import * as React from "./h.js";\n'}console.log(<b />);\n`,
      });
      expect(project.node("--import", "aclose/register", "a.tsx").output).to.equal("[ 'b' ]\n");
    });
  }

  it("register takes an entry of tsconfig.json with the keys of ts-patch in it", () => {
    const keys = { import: "x", after: false, afterDeclarations: false, transformProgram: false, type: "program" };
    const more = { name: "x", tsConfig: "t.json", resolvePathAliases: true, isEsm: true };
    const project = make({ "tsconfig.json": tsconfig({ compilerOptions, plugin: { ...keys, ...more } }) });
    expect(project.node("--import", "aclose/register", "src/main.ts").output).to.equal(sampleLog);
  });

  it("register refuses TypeScript with a syntax error, which TypeScript would mend by a guess", () => {
    for (const directive of ["", '"use aclose"; ']) {
      const project = make({
        "src/half.ts": `export async function* half(): AsyncGenerator<number> { ${directive}yield 1;\n`,
        "src/a.ts": 'import "./half.js";\nconsole.log("ran");',
      });
      const { status, output } = project.node("--import", "aclose/register", "src/a.ts");
      expect(status, output).to.equal(1);
      expect(output).to.match(/half\.ts:2:1 - TS1005: '\}' expected\./);
    }
  });

  it("register says where the compiler has an error", () => {
    const project = make({ "src/a.ts": throwing.replace("use aclose", "use aclose fuzed") });
    const { status, output } = project.node("--import", "aclose/register", "src/a.ts");
    expect(status).to.equal(1);
    expect(output).to.match(/src\/a\.ts:2:3 - ACLOSE1003: Unknown word "fuzed"/);
  });

  it("mocha through register", () => {
    const spec = sampleTest.replace(
      "import { writeFileSync }",
      'import { expect } from "chai";\nimport { writeFileSync }',
    );
    const project = make({ "test/a.test.ts": spec.replace("toBe", "to.equal") }, ["mocha", "chai"]);
    const { status, output } = project.node(
      "node_modules/mocha/bin/mocha.js",
      "--import=aclose/register",
      "test/a.test.ts",
    );
    expect(status, output).to.equal(0);
    expect(project.read("log.txt")).to.equal(sampleLog);
  });

  function jest(files: Record<string, string>, isolatedModules: boolean, plugin: object = {}): Project {
    const options = { ...compilerOptions, module: "CommonJS", moduleResolution: "Bundler", isolatedModules };
    const transformer = [
      "ts-jest",
      {
        diagnostics: !isolatedModules && { ignoreCodes: [2304, 2307, 2580, 2582, 2591, 2593] },
        astTransformers: { before: ["<rootDir>/node_modules/aclose/dist/cjs/integrations/ts-jest/index.js"] },
      },
    ];
    const config = {
      testEnvironment: "node",
      transform: { "\\.ts$": transformer },
      moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
      cacheDirectory: "<rootDir>/cache",
      roots: ["<rootDir>/test"],
    };
    const manifest = JSON.stringify({ name: "user", jest: config });
    const tsconfigText = tsconfig({ compilerOptions: options, plugin: { ...plugin } });
    const project = make({ "package.json": manifest, "tsconfig.json": tsconfigText, ...files }, [
      "jest",
      "ts-jest",
      "@types",
    ]);
    const { status, output } = project.node("node_modules/jest/bin/jest.js", "--watchman=false");
    expect(status, output).to.equal(0);
    expect(output).not.to.contain("ACLOSE");
    return project;
  }

  const native = `async function* rows() { yield 1; }\n`;

  it("ts-jest takes the options of tsconfig.json", () => {
    const test = `${native}it("is compiled", () => expect("aclose" in rows()).toBe(true));\n`;
    jest({ "test/a.test.ts": test }, true, { include: "all" });
  });

  for (const isolatedModules of [false, true]) {
    it(`ts-jest${isolatedModules ? ", isolatedModules" : ""}`, () => {
      expect(jest({ "test/a.test.ts": sampleTest }, isolatedModules).read("log.txt")).to.equal(sampleLog);
    });

    it(`ts-jest moves mocks to the top${isolatedModules ? ", isolatedModules" : ""}`, () => {
      const rows = (directive: string): string => `async function* rows() {${directive} yield name; }\n`;
      const checks = `it("is mocked and compiled", async () => {
  expect([(await rows().next()).value, "aclose" in rows()]).toEqual(["mocked", true]);
});
`;
      const mock = 'jest.mock("../src/dep", () => ({ name: "mocked" }));\n';
      const imports = 'import { name } from "../src/dep";\n';
      const own = '"use aclose";\n';
      jest(
        {
          "src/dep.ts": 'export const name: string = "real";\nexport const rows: any = 1;\n',
          "test/function.test.ts": imports + rows(own) + mock + checks,
          "test/file.test.ts": own + imports + rows("") + mock + checks,
          "test/explicit.test.ts": `${own}import { expect, it, jest } from "@jest/globals";\n${imports}${rows("")}${mock}${checks}`,
          "test/mock.test.ts": `${own}import { rows } from "../src/dep";
jest.mock("../src/dep", () => ({ async *rows() { yield "mocked"; } }));
${checks}`,
          // What is moved within a block makes a new tree of it.
          "test/block.test.ts": `${own}${imports}${rows("")}${mock}it("block", () => {
  const one = 1;
  jest.mock("../src/dep");
});
${checks}`,
        },
        isolatedModules,
      );
    });
  }

  it("ts-jest: a test without imports is a module, as all are to Jest", () => {
    const test = `it("is compiled", async () => {
  async function* rows() { "use aclose"; yield 1; }
  expect([(await rows().next()).value, "aclose" in rows()]).toEqual([1, true]);
});
`;
    jest({ "test/a.test.ts": test }, false);
  });

  it("vitest's cache of modules knows the options of the plugin", () => {
    const project = make(
      {
        "a.test.ts": `async function* rows() { yield 1; }\ntest("it", () => expect("aclose" in rows()).toBe(true));\n`,
        "options.json": "{}",
        "vitest.config.ts": `import { readFileSync } from "node:fs";
import aclose from "aclose/unplugin/vite";
export default {
  plugins: [aclose(JSON.parse(readFileSync("options.json", "utf8")))],
  test: { globals: true, experimental: { fsModuleCache: true, fsModuleCachePath: "cache" }, server: { deps: { external: [/\\/dist\\/(node|cjs)\\//] } } },
};`,
      },
      ["vitest", "vite"],
    );
    expect(project.node("node_modules/vitest/vitest.mjs", "run").status).to.equal(1);
    project.write({ "options.json": '{ "include": "all" }' });
    const { status, output } = project.node("node_modules/vitest/vitest.mjs", "run");
    expect(status, output).to.equal(0);
  });

  it("vitest through the plugin for Vite", () => {
    const project = make(
      {
        "vitest.config.ts": `import aclose from "aclose/unplugin/vite";\nexport default { plugins: [aclose()], test: { globals: true, server: { deps: { external: [/\\/dist\\/(node|cjs)\\//] } } } };`,
        "test/a.test.ts": sampleTest,
      },
      ["vitest", "vite"],
    );
    const { status, output } = project.node("node_modules/vitest/vitest.mjs", "run");
    expect(status, output).to.equal(0);
    expect(project.read("log.txt")).to.equal(sampleLog);
  });

  it("ts-loader with getCustomTransformers: the map of webpack leads to the source", () => {
    const project = make(
      {
        "tsconfig.json": tsconfig({
          compilerOptions: { ...compilerOptions, module: "ESNext", moduleResolution: "Bundler", sourceMap: true },
        }),
        "transformers.cjs": `const ts = require("typescript");
const { createTransformer } = require("aclose/transformer");
module.exports = () => ({ before: [createTransformer(ts)] });`,
        "build.mjs": `import webpack from "webpack";
webpack({ mode: "development", target: "web", entry: "./src/main.ts", devtool: "source-map", output: { path: process.cwd() + "/out", filename: "main.cjs" },
  resolve: { extensions: [".ts", ".js"], extensionAlias: { ".js": [".ts", ".js"] } },
  module: { rules: [{ test: /\\.ts$/, loader: "ts-loader", options: { transpileOnly: true, getCustomTransformers: process.cwd() + "/transformers.cjs" } }] } },
  (error, stats) => { if (error || stats.hasErrors() || stats.hasWarnings()) { console.error(error ?? stats.toString()); process.exitCode = 1; } });`,
      },
      ["webpack", "ts-loader"],
    );
    const { status, output } = project.node("build.mjs");
    expect(status, output).to.equal(0);
    expect(project.print("out/main.cjs")).to.equal(sampleLog);
    const { sources, sourcesContent } = JSON.parse(project.read("out/main.cjs.map")) as Record<string, string[]>;
    expect(sourcesContent?.[sources?.findIndex((each) => each.endsWith("src/rows.ts")) ?? -1]).to.equal(
      sample["src/rows.ts"],
    );
  });

  it("ts-loader: an entry without imports is a module, as all are to webpack; the options are those in tsconfig.json", () => {
    const project = make(
      {
        "a.ts": 'async function* rows() { "use aclose"; yield 1; }\nconsole.log("aclose" in rows());\n',
        "build.mjs": `import { createRequire } from "node:module";
import webpack from "webpack";
const getCustomTransformers = createRequire(import.meta.url).resolve("aclose/ts-loader");
webpack({ mode: "development", target: "node", entry: "./a.ts", output: { path: process.cwd() + "/out", filename: "main.cjs" },
  module: { rules: [{ test: /\\.ts$/, loader: "ts-loader", options: { transpileOnly: true, getCustomTransformers } }] } },
  (error, stats) => { if (error || stats.hasErrors()) { console.error(error ?? stats.toString()); process.exitCode = 1; } });`,
      },
      ["webpack", "ts-loader"],
    );
    for (const module of ["ESNext", "CommonJS"]) {
      project.write({
        "tsconfig.json": tsconfig({ compilerOptions: { ...compilerOptions, module, moduleResolution: "Bundler" } }),
      });
      const { status, output } = project.node("build.mjs");
      expect(status, output).to.equal(0);
      expect(project.print("out/main.cjs")).to.equal("true\n");
    }
    project.write({
      "a.ts": `${native}console.log("aclose" in rows());\n`,
      "tsconfig.json": tsconfig({ compilerOptions, plugin: { include: "all" } }),
    });
    expect(project.node("build.mjs").output).to.equal("");
    expect(project.print("out/main.cjs")).to.equal("true\n");
  });

  it("ESLint reports what the compiler says", () => {
    const project = make(
      {
        "a.js": 'export async function* f() {\n  "use aclose fuzed";\n  yield 1;\n}\n',
        "b.js": 'async function* g(code) {\n  "use aclose";\n  yield eval(code);\n}\n',
        "eslint.config.js": 'import aclose from "aclose/eslint";\nexport default [aclose.configs.recommended];\n',
      },
      ["eslint"],
    );
    const { status, output } = project.node("node_modules/eslint/bin/eslint.js", "a.js", "b.js", "--format", "json");
    expect(status, output).to.equal(1);
    const files = JSON.parse(output) as {
      messages: { ruleId: string; severity: number; line: number; column: number }[];
    }[];
    expect(
      files.map(({ messages: [first] }) => first && [first.ruleId, first.severity, first.line, first.column]),
    ).to.deep.equal([
      ["aclose/unknown-directive-word", 2, 2, 3],
      ["aclose/stays-native-direct-eval", 1, 1, 17],
    ]);
  });

  it("ESLint: an optional rule that is on is on, and one that is not is not; files of other kinds are left alone", () => {
    const project = make(
      {
        "a.js": 'export async function* f(x) {\n  "use aclose";\n  try { yield* x; } finally { yield 2; }\n}\n',
        "b.vue": "const a = 1;\n",
        "c.vue": 'async function* g() { "use aclose"; }\n',
        "page.html": 'async function* g() { "use aclose"; }\n',
        "d.es": '"use aclose";\nconst a = 1;\n',
        "eslint.config.js": `import aclose from "aclose/eslint";
export default [{ ...aclose.configs.recommended, files: ["**"] }, { rules: { "aclose/rule-yield-in-finally": "error" } }];
`,
      },
      ["eslint"],
    );
    const names = ["a.js", "b.vue", "c.vue", "d.es", "page.html"];
    const { output } = project.node("node_modules/eslint/bin/eslint.js", ...names, "--format", "json");
    const files = JSON.parse(output) as { messages: { ruleId: string; severity: number; line: number }[] }[];
    expect(
      files.map(({ messages }) => messages.map(({ ruleId, severity, line }) => [ruleId, severity, line])),
    ).to.deep.equal([[["aclose/rule-yield-in-finally", 2, 3]], [], [], [["aclose/unsupported-file", 2, 1]], []]);
  });

  it("ESLint takes a file for the module that its configuration says it is", () => {
    const entry = 'async function* g() {\n  "use aclose";\n  yield 1;\n}\ng();\n';
    const project = make(
      {
        "a.js": entry,
        "b.js": entry,
        "eslint.config.js": `import aclose from "aclose/eslint";
export default [aclose.configs.recommended, { files: ["b.js"], languageOptions: { sourceType: "script" } }];
`,
      },
      ["eslint"],
    );
    const { output } = project.node("node_modules/eslint/bin/eslint.js", "a.js", "b.js", "--format", "json");
    const files = JSON.parse(output) as { messages: { ruleId: string }[] }[];
    expect(files.map(({ messages }) => messages.map(({ ruleId }) => ruleId))).to.deep.equal([
      [],
      ["aclose/script-needs-global-runtime"],
    ]);
  });
});
