/** The plugin inside tsc: the same program in every kind of output that TypeScript makes, run and compared. */

import { cpSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { expect } from "chai";
import { featureProject } from "./feature-project.js";
import { type CompilerSetup, type Project, projectsOfTests, root, tsconfig } from "./project.js";

const tsc = join(root, "node_modules/typescript/bin/tsc");
const tspc = join(root, "node_modules/ts-patch/bin/tspc.js");
const aclose = join(root, "dist/cjs/integrations/cli/main.js");
const common = {
  rootDir: "src",
  outDir: "out",
  strict: true,
  types: [],
  lib: ["ES2023", "ESNext.Disposable", "DOM"],
  skipLibCheck: true,
};
const packageJson = (type: string) => JSON.stringify({ name: "user", private: true, type });

const native = { ...common, target: "ES2022", module: "NodeNext" };
const kinds: readonly [string, string, Record<string, unknown>, Record<string, unknown>?][] = [
  ["an ES module, ES2022", "module", { target: "ES2022", module: "NodeNext" }],
  [
    "an ES module, ESNext, verbatimModuleSyntax",
    "module",
    { target: "ESNext", module: "NodeNext", verbatimModuleSyntax: true },
  ],
  [
    "an ES module, ES2018, isolatedModules",
    "module",
    { target: "ES2018", module: "ESNext", moduleResolution: "Bundler", isolatedModules: true },
  ],
  ["CommonJS, ES2015", "commonjs", { target: "ES2015", module: "CommonJS", moduleResolution: "Bundler" }],
  ["CommonJS, ES2017, NodeNext", "commonjs", { target: "ES2017", module: "NodeNext" }],
  [
    "CommonJS, ESNext, isolatedModules",
    "commonjs",
    { target: "ESNext", module: "CommonJS", moduleResolution: "Bundler", isolatedModules: true },
  ],
  ["an ES module, ES2022, debug", "module", { target: "ES2022", module: "NodeNext" }, { debug: true }],
];

describe("tsc with the plugin", function () {
  this.timeout(120_000);
  const newProject = projectsOfTests();
  const make = (files: Record<string, string>, packages = ["typescript"]) => newProject(files, packages);

  const compile = (project: Project, setup: CompilerSetup): void => {
    project.write({ "tsconfig.json": tsconfig(setup) });
    expect(project.node(setup.plugin ? tspc : tsc, "-p", ".")).to.deep.equal({ status: 0, output: "" });
  };

  let expected: string;
  before(() => {
    const project = make({ ...featureProject, "package.json": packageJson("module") });
    compile(project, { compilerOptions: native });
    expected = project.print("out/run.js");
    expect(expected.split("\n").length).to.be.greaterThan(12);
  });

  for (const [name, type, options, plugin = {}] of kinds) {
    it(`runs the same as natively: ${name}`, () => {
      const project = make({ ...featureProject, "package.json": packageJson(type) });
      compile(project, { compilerOptions: { ...common, ...options }, plugin });
      const code = project.read("out/main.js");
      expect(code).not.to.match(/function\s*\*|async\s*\*|__asyncGenerator/);
      expect(code).to.match(
        type === "module" ? /import \* as \$aclose from "aclose\/runtime"/ : /require\("aclose\/runtime"\)/,
      );
      expect(code.match(/header|Rows, one after/g)).to.have.length(2);
      expect(project.print("out/run.js")).to.equal(expected);
    });
  }

  it("makes scripts that use the global runtime", () => {
    const project = make({
      "src/a.ts": `async function* count(n: number) { "use aclose"; for (let i = 0; i < n; i++) yield i; }\n`,
    });
    compile(project, {
      compilerOptions: { ...common, target: "ES2015", module: "ESNext", moduleResolution: "Bundler" },
      plugin: {},
    });
    const code = project.read("out/a.js");
    expect(code)
      .to.contain("__aclose")
      .and.not.to.match(/import|require\(|function\s*\*/);
    const context = createContext({});
    runInContext(project.read("node_modules/aclose/dist/aclose.global.js"), context);
    runInContext(code, context);
    return runInContext(
      "(async () => { const all = []; for await (const x of count(3)) all.push(x); return all.join(); })()",
      context,
    ).then((all: string) => expect(all).to.equal("0,1,2"));
  });

  it("compiles JavaScript and .cts, which Node takes for CommonJS", () => {
    const project = make(
      {
        "package.json": packageJson("commonjs"),
        "src/a.js": `const { sep } = require("node:path");\nmodule.exports.f = async function* () { "use aclose"; yield sep; };\n`,
        "src/b.cts": `import path = require("node:path");\nasync function* f() { "use aclose"; yield path.sep; }\nexport = f;\n`,
        "src/run.cts": `import a = require("./a.js");\nimport b = require("./b.cjs");\n(async () => { for (const f of [a.f, b]) for await (const x of f()) console.log(x); })();\n`,
      },
      ["typescript", "@types", "undici-types"],
    );
    const options = { ...native, types: ["node"], allowJs: true, verbatimModuleSyntax: true };
    compile(project, { compilerOptions: options, plugin: {} });
    expect(project.read("out/a.js") + project.read("out/b.cjs")).not.to.match(/function\s*\*/);
    expect(project.print("out/run.cjs")).to.equal("/\n/\n");
  });

  it("keeps JSX in and around compiled functions", () => {
    const source = `import { h } from "./h.js";
export async function* views(list: string[]) {
  "use aclose";
  for (const each of list) yield <p title={each}>{await Promise.resolve(each)}<b/></p>;
  yield <></>;
  let Part = ({ of }: { of: string; children?: object }) => of;
  const set = { get Part() { list.push("read"); return Part; } };
  yield <set.Part of={await Promise.resolve(list.join())}/>;
  yield <Part of={await ((Part = () => "late"), "early")}>{await list}</Part>;
}
const top = <i/>;
(async () => { for await (const v of views(["a"])) console.log(JSON.stringify(v)); console.log(JSON.stringify(top)); })();
`;
    const files = {
      "package.json": packageJson("module"),
      "src/a.tsx": source,
      "src/h.ts": `export const h = Object.assign((...all: unknown[]) => all.map((each) => (typeof each === "function" ? each({ of: "?" }) : each)), { Fragment: "fragment" });\ndeclare global { namespace JSX { interface ElementChildrenAttribute { children: object } interface IntrinsicElements { [name: string]: object } } }\n`,
    };
    const options = { ...native, jsx: "react", jsxFactory: "h", jsxFragmentFactory: "h.Fragment" };
    const print = (plugin?: Record<string, unknown>) => {
      const project = make(files);
      compile(project, plugin ? { compilerOptions: options, plugin } : { compilerOptions: options });
      return project.print("out/a.js");
    };
    expect(print({})).to.equal(print());
  });

  for (const type of ["module", "commonjs"])
    it(`rewrites the paths of imports in compiled functions, to ${type}`, () => {
      const source = `"use aclose";
import { first } from "./other.ts";
const name = "./other" + ".mts";
class Loads {
  async *all() {
    yield (await import("./other.ts")).first;
    const load = () => import("./other.mts", {});
    yield [(await load()).second, (await import(name)).second];
  }
  native() { return import(name); }
}
const last = () => import("./other.mts");
(async () => {
  for await (const each of new Loads().all()) console.log(first, each);
  console.log((await new Loads().native()).second, (await last()).second);
})();
`;
      const files = {
        "package.json": packageJson(type),
        "src/a.ts": source,
        "src/other.ts": "export const first = 1;\n",
        "src/other.mts": "export const second = 2;\n",
        "src/z.ts": `import("./other.ts");\n`,
        "src/old.cjs": `"use aclose";\nexports.all = async function* () { yield require("./other.ts"), require("fs"); };\n`,
      };
      const compilerOptions = { ...native, allowJs: true, checkJs: false, rewriteRelativeImportExtensions: true };
      const outputs = [undefined, {}].map((plugin) => {
        const project = make(files);
        compile(project, plugin ? { compilerOptions, plugin } : { compilerOptions });
        const paths = ["a.js", "z.js", "old.cjs"].map((name) =>
          project
            .read(`out/${name}`)
            .match(/"\.\/[^"]*"|__\w+\(name\)/g)
            ?.sort(),
        );
        return { printed: project.print("out/a.js"), paths };
      });
      expect(outputs[1]).to.deep.equal(outputs[0]);
    });

  for (const legacy of [true, false]) {
    it(`keeps ${legacy ? "legacy decorators and their metadata" : "standard decorators"}`, () => {
      const source = `import { Service } from "./service.js";
const lines: unknown[] = [];
(Reflect as any).metadata = (key: string, value: any) => () => { lines.push([key, [value].flat().map((v) => v?.name)]); };
const mark: any = (target: any, key: any) => { lines.push(["mark", typeof target, typeof key === "object" ? String(key.name) + key.kind : String(key)]); };
@mark export class A {
  @mark field: number = 1;
  constructor(private service: Service) {}
  @mark async *items(first: Service) { "use aclose"; yield first.id; yield this.service.id; }
  @mark static async *all(): AsyncGenerator<string> { "use aclose"; yield this.name; }
  async *plain() { "use aclose"; yield this.field; }
}
(async () => {
  for await (const v of new A(new Service(1)).items(new Service(2))) lines.push(v);
  for await (const v of A.all()) lines.push(v);
  for await (const v of new A(new Service(3)).plain()) lines.push(v);
  console.log(JSON.stringify(lines));
})();
`;
      const files = {
        "package.json": packageJson("module"),
        "src/a.ts": source,
        "src/service.ts": "export class Service { constructor(readonly id: number) {} }\n",
      };
      const older = { ...native, target: "ES2021" };
      const options = legacy ? { ...older, experimentalDecorators: true, emitDecoratorMetadata: true } : older;
      const print = (plugin?: Record<string, unknown>) => {
        const project = make(files);
        compile(project, plugin ? { compilerOptions: options, plugin } : { compilerOptions: options });
        return project.print("out/a.js");
      };
      expect(print({})).to.equal(print());
    });
  }

  for (const door of ["tsc", "build"] as const) {
    it(`maps states to the statements they come from: ${door}`, () => {
      const source = `"use aclose";
import { setTimeout } from "node:timers/promises";
export async function* rows(): AsyncGenerator<number> {
  for (let i = 0; i < 2; i++) {
    yield i;
    await setTimeout(1);
    if (i === 1) {
      const message: string = "stop";
      throw new Error(message);
    }
  }
}
(async () => {
  try {
    for await (const row of rows()) console.log(row);
  } catch (error) {
    console.log((error as Error).stack!.split("\\n").find((line) => line.includes("a.ts")));
  }
})();
`;
      const options = { ...native, types: ["node"], sourceMap: true };
      const project = make({ "package.json": packageJson("module"), "src/a.ts": source }, [
        "typescript",
        "@types",
        "undici-types",
      ]);
      compile(project, door === "tsc" ? { compilerOptions: options, plugin: {} } : { compilerOptions: options });
      if (door === "build") project.print(aclose, "build", "--in-place", "out");
      expect(project.read("out/a.js")).not.to.match(/function\s*\*/);
      const [first, second, place] = project.print("--enable-source-maps", "out/a.js").split("\n");
      expect([first, second]).to.deep.equal(["0", "1"]);
      expect(place).to.match(/src\/a\.ts:9:13/);
    });
  }

  it("works with ts-patch install and tsc", () => {
    const project = make({ ...featureProject, "package.json": packageJson("module") }, []);
    cpSync(join(root, "node_modules/typescript"), join(project.folder, "node_modules/typescript"), { recursive: true });
    project.write({ "tsconfig.json": tsconfig({ compilerOptions: native, plugin: {} }) });
    const patch = project.node(join(root, "node_modules/ts-patch/bin/ts-patch.js"), "install", "-s");
    expect(patch.status, patch.output).to.equal(0);
    expect(project.node("node_modules/typescript/bin/tsc", "-p", ".")).to.deep.equal({ status: 0, output: "" });
    expect(project.read("out/main.js")).not.to.match(/function\s*\*/);
    expect(project.print("out/run.js")).to.equal(expected);
  });

  it("fails with place and code for a wrong directive, and points into tsconfig.json for a wrong option", () => {
    const project = make({
      "package.json": packageJson("module"),
      "src/a.ts": `export async function* f() {\n  "use aclose fuzed";\n  yield 1;\n}\n`,
    });
    project.write({ "tsconfig.json": tsconfig({ compilerOptions: native, plugin: {} }) });
    const wrongDirective = project.node(tspc, "-p", ".");
    expect(wrongDirective.output).to.match(/^src\/a\.ts\(2,\d+\): error TS1003: ACLOSE1003: Unknown word "fuzed"/);
    expect(wrongDirective.status).not.to.equal(0);
    project.write({ "tsconfig.json": tsconfig({ compilerOptions: native, plugin: { ticks: "fast", tick: 1 } }) });
    const wrongOption = project.node(tspc, "-p", ".");
    expect(wrongOption.output).to.match(
      /tsconfig\.json\(\d+,\d+\): error TS1002: ACLOSE1002: Option "ticks" cannot be "fast"/,
    );
    expect(wrongOption.output).to.match(/tsconfig\.json\(\d+,\d+\): error TS1001: ACLOSE1001: Unknown option "tick"/);
    expect(wrongOption.status).not.to.equal(0);
  });

  it("points to a wrong option where it stands, also in what tsconfig.json extends", () => {
    const plugin = { transform: "aclose/transformer", close: "never" };
    const configuration = (compilerOptions: object, others = {}) =>
      JSON.stringify({ ...others, compilerOptions }, null, 2);
    const project = make({
      "package.json": packageJson("module"),
      "src/a.ts": "export {};",
      "tsconfig.json": configuration(native, { extends: ["./one.json", "./two.json"], include: ["src"] }),
      "one.json": configuration({ plugins: [{ ...plugin, close: "queue" }] }),
      "two.json": configuration({ strict: true }, { extends: "./base/three.json" }),
      "base/three.json": configuration({ plugins: [plugin] }),
    });
    const { status, output } = project.node(tspc, "-p", ".");
    expect(output).to.match(/^base\/three\.json\(6,9\): error TS1002: ACLOSE1002: Option "close" cannot be "never"/);
    expect(status).not.to.equal(0);
  });

  it("prints a warning for a function that stays native, and succeeds", () => {
    const project = make({
      "package.json": packageJson("module"),
      "src/a.ts": `export async function* f(code: string) {\n  "use aclose";\n  yield eval(code);\n}\n`,
    });
    project.write({ "tsconfig.json": tsconfig({ compilerOptions: native, plugin: {} }) });
    const { status, output } = project.node(tspc, "-p", ".");
    expect(output).to.match(/^src\/a\.ts\(1,\d+\): warning TS1101: ACLOSE1101: "f" stays a native async generator/);
    expect(status).to.equal(0);
    expect(project.read("out/a.js")).to.contain("function*");
  });
});
