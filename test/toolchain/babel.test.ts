/** `aclose/babel`: Babel itself, babel-jest, and what Metro and Babel's parser for ESLint ask of the tree. */

import {
  loadOptions,
  loadPartialConfig,
  type NodePath,
  parseSync,
  type TransformOptions,
  transformSync,
  traverse,
} from "@babel/core";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { expect } from "chai";
import plugin from "../../integrations/babel/index.cjs";
import { version } from "../../transformer/version.js";
import { projectsOfTests } from "../doors/project.js";
import { sample, sampleLog } from "./sample.js";

const options: TransformOptions = { configFile: false, babelrc: false, highlightCode: false, plugins: [plugin] };

const broken = `async function* broken(limit) {
  "use aclose";
  yield limit;
  const message = "thrown here";
  throw new Error(message);
}
class Pages { async *all() { "use aclose"; yield 1; } }
`;

describe("Babel", function () {
  this.timeout(60_000);
  const newProject = projectsOfTests();
  const make = (files: Record<string, string>, packages: string[]) =>
    newProject({ "package.json": '{ "name": "user", "private": true }', ...files }, packages);

  for (const targets of ["node 20", "ie 11"])
    it(`compiles before its own lowering, whatever the order of the plugins: ${targets}`, () => {
      const config = {
        presets: [["@babel/preset-env", { targets, modules: "commonjs" }], "@babel/preset-typescript"],
        plugins: ["@babel/plugin-transform-async-generator-functions", "module:aclose/babel"],
      };
      const build = `const { transformFileSync } = require("@babel/core");
for (const name of ["rows", "run", "main"])
  require("node:fs").writeFileSync(name + ".js", transformFileSync("src/" + name + ".ts").code);
require("./main.js");`;
      const project = make({ ...sample, "babel.config.json": JSON.stringify(config), "build.js": build }, ["@babel"]);
      expect(project.node("build.js")).to.deep.equal({ status: 0, output: sampleLog });
    });

  it("knows the syntax of a component by what Babel is told to read", () => {
    const typed = "async function* f(n: number): AsyncGenerator<number> { 'use aclose'; yield <number>n; }";
    const jsx = "async function* f() { 'use aclose'; yield <p />; }";
    for (const [filename, source, ...names] of [
      ["view.gts", typed, "typescript"],
      ["view.vue", jsx, "jsx"],
      ["view.gjs", "async function* f() { 'use aclose'; yield 1; }"],
    ] as [string, string, ...("typescript" | "jsx")[]][]) {
      const { code } = transformSync(source, { ...options, filename, parserOpts: { plugins: names } })!;
      expect(code, filename).to.contain("f$step").and.not.to.contain("positions");
    }
  });

  it("its maps lead to the source", () => {
    const { code, map } = transformSync(broken, { ...options, filename: "broken.js", sourceMaps: true })!;
    const traced = new TraceMap(map as never);
    const placeOf = (text: string) => {
      const before = code!.slice(0, code!.indexOf(text)).split("\n");
      const { line, column } = originalPositionFor(traced, { line: before.length, column: before.at(-1)!.length });
      return `${line}:${column}`;
    };
    expect(map!.sourcesContent).to.deep.equal([broken]);
    expect(["new Error", '"thrown here"', "return v.limit"].map(placeOf)).to.deep.equal(["5:8", "4:18", "3:2"]);
  });

  it("says what is wrong as Babel does, with the lines around it", () => {
    const wrong = broken.replace("use aclose", "use aclose wildly");
    expect(() => transformSync(wrong, { ...options, filename: "wrong.js" })).to.throw(
      /wrong\.js: \(2:3 ACLOSE1003: Unknown word "wildly"[\s\S]*> 2 \| {3}"use aclose wildly";\n {4}\| {3}\^/,
    );
    expect(() => transformSync(`${broken}x x`, { ...options, filename: "wrong.js" })).to.throw(
      /wrong\.js: Missing semicolon\. \(8:1\)/,
    );
  });

  it("says a wrong option of the configuration, and of no place in a file", () => {
    const plugins = [[plugin, { tick: "fused" }]] as unknown as TransformOptions["plugins"];
    expect(() => transformSync(broken, { ...options, plugins, filename: "broken.js" })).to.throw(
      /ACLOSE1001: Unknown option "tick"\.(?!.*\n> 1 \|)/,
    );
  });

  it("refuses syntax that Babel alone can read, in place of leaving the generators as they are", () => {
    const flow = { ...options, filename: "flow.js", parserOpts: { plugins: ["flow"] } } satisfies TransformOptions;
    const source = broken.replace("(limit)", "(limit: ?number)");
    expect(() => transformSync(source, flow)).to.throw(/flow\.js: \(1:29 ACLOSE1010: /);
    expect(transformSync(source.replaceAll('"use aclose";', ""), flow)!.code).to.contain("async function*");
  });

  it("a linter sees what the user wrote", () => {
    const isCompiled = (name: string): boolean =>
      !JSON.stringify(parseSync(broken, { ...options, caller: { name } })!.program).includes('"generator":true');
    expect(["babel-loader", "@babel/eslint-parser"].map(isCompiled)).to.deep.equal([true, false]);
  });

  it("what hosts know their caches by has the version in it, and nothing keeps them from caching", () => {
    const named = { ...options, filename: "broken.js" };
    // babel-jest and babel-loader before version 10; @babel/register.
    expect(JSON.stringify(loadPartialConfig(named)!.options)).to.contain(`"aclose ${version}"`);
    expect(JSON.stringify(loadOptions(named))).to.contain(`"aclose ${version}"`);
    // babel-loader before version 10 keeps nothing where a plugin has any.
    const { externalDependencies } = transformSync(broken, named) as { externalDependencies?: Set<string> };
    expect([...externalDependencies!]).to.deep.equal([]);
  });

  it("a script that is none of a module's has the runtime by require", () => {
    const compile = (sourceType: "script" | "module") => transformSync(broken, { ...options, sourceType })!.code;
    expect(compile("script")).to.contain('require("aclose/runtime")');
    expect(compile("module")).to.contain('from "aclose/runtime"');
  });

  it("Metro finds each function by its place", () => {
    const tree = parseSync(broken, { ...options, filename: "broken.js", caller: { name: "metro" } })!;
    const places: string[] = [];
    const note = ({ node: { loc } }: NodePath): void => {
      places.push(loc ? `${loc.start.line}:${loc.start.column}` : "none");
    };
    traverse(tree, { Program: note, Function: note, Class: note });
    expect(places).to.include.members(["1:0", "7:6"]).and.not.include("none");
  });

  it("babel-jest counts the lines of the source", () => {
    const files = {
      "rows.js": `"use aclose";
async function* rows(limit) {
  for (let i = 0; i < limit; i++) {
    const next = await Promise.resolve(i);
    if (next > 100) {
      yield -1;
      throw new Error("never");
    } else {
      yield next;
    }
  }
}
async function* unused() {
  yield 1;
}
module.exports = { rows, unused };
`,
      "rows.test.js": `const { rows } = require("./rows");
const seen = jest.fn();
test("rows", async () => {
  for await (const row of rows(2)) seen(row);
  expect(seen.mock.calls).toEqual([[0], [1]]);
  expect("aclose" in rows(1)).toBe(true);
});
`,
      "babel.config.js": 'module.exports = { plugins: ["module:aclose/babel"] };\n',
    };
    const project = make(files, ["jest", "@babel"]);
    const flags = ["--no-cache", "--coverage", "--coverageReporters=text", "--no-watchman"];
    const { status, output } = project.node("node_modules/jest/bin/jest.js", ...flags);
    expect(status, output).to.equal(0);
    expect(/rows\.js[^\n]*\|([^|\n]*)\n/.exec(output)?.[1]?.trim(), output).to.equal("6-7,14");
  });
});
