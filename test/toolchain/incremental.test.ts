/** Second and later builds: what they leave is what a build from nothing makes. */

import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { createTransformer } from "../../transformer/index.js";
import { type Project, projectsOfTests, root, tsconfig } from "../doors/project.js";

const tspc = join(root, "node_modules/ts-patch/bin/tspc.js");

const kind = (type: string): string =>
  `export interface Row {\n  readonly id: ${type};\n}\nexport const first: Row["id"] = ${type === "number" ? 1 : '"1"'};\n`;
const rows = (step: number): string => `import { first, type Row } from "./kind.js";
export async function* rows(limit: number): AsyncGenerator<Row> {
  "use aclose";
  for (let i = 0; i < limit; i += ${step}) yield { id: first };
}
`;
const main = `import { rows } from "./rows.js";
const all: unknown[] = [];
for await (const { id } of rows(4)) all.push(id);
console.log(JSON.stringify(all), "aclose" in rows(1));
`;

/** Each edit, and what the program prints after it. */
const edits: readonly [string, Record<string, string>, string][] = [
  ["the first build", {}, "[1,1,1,1] true\n"],
  ["a change in a file", { "src/rows.ts": rows(2) }, "[1,1] true\n"],
  ["a change in the types it depends on", { "src/kind.ts": kind("string") }, '["1","1"] true\n'],
  ["the changes taken back", { "src/kind.ts": kind("number"), "src/rows.ts": rows(1) }, "[1,1,1,1] true\n"],
  ["no change", {}, "[1,1,1,1] true\n"],
];

const compilerOptions = {
  target: "ES2022",
  module: "NodeNext",
  strict: true,
  types: [],
  skipLibCheck: true,
  sourceMap: true,
  rootDir: "src",
  outDir: "out",
};

describe("later builds", function () {
  this.timeout(180_000);
  const newProject = projectsOfTests();
  function make(options: object): Project {
    return newProject(
      {
        "package.json": '{ "name": "user", "private": true, "type": "module" }',
        "tsconfig.json": tsconfig({ compilerOptions: { ...compilerOptions, ...options }, plugin: {} }),
        "src/kind.ts": kind("number"),
        "src/rows.ts": rows(1),
        "src/main.ts": main,
      },
      ["typescript"],
    );
  }

  const outputs = (project: Project): Record<string, string> =>
    Object.fromEntries(
      project
        .list("out")
        .filter((name) => /\.js(\.map)?$/.test(name))
        .map((name) => [name, project.read(`out/${name}`)]),
    );

  for (const [title, options, args] of [
    ["tsc -b with composite", { composite: true }, ["-b"]],
    ["tsc with incremental and tsbuildinfo", { incremental: true, tsBuildInfoFile: "cache/tsbuildinfo" }, ["-p", "."]],
  ] as const)
    it(title, () => {
      const project = make(options);
      for (const [edit, files, printed] of edits) {
        project.write(files);
        expect(project.node(tspc, ...args), edit).to.deep.equal({ status: 0, output: "" });
        expect(project.print("out/main.js"), edit).to.equal(printed);
        const kept = outputs(project);
        for (const name of ["out", "cache", "tsconfig.tsbuildinfo"])
          rmSync(join(project.folder, name), { recursive: true, force: true });
        expect(project.node(tspc, ...args), edit).to.deep.equal({ status: 0, output: "" });
        expect(kept, edit).to.deep.equal(outputs(project));
      }
    });

  const misplaced = `export async function misplaced() { "use aclose"; }\n`;
  /** Those that come before and after the one with the error. */
  const others = { "src/a.ts": `export async function* a() { "use aclose"; }\n`, "src/z.ts": rows(1) };

  const builds = [
    ["tsc -b", { composite: true }, ["-b"]],
    ["tsc", { incremental: true }, ["-p", "."]],
  ] as const;
  for (const [title, options, args] of builds)
    it(`${title} compiles what was not, once an option of the plugin is mended`, () => {
      const project = make(options);
      const given = { ...compilerOptions, ...options };
      project.write({ "tsconfig.json": tsconfig({ compilerOptions: given, plugin: { tick: "fused" } }) });
      for (let round = 0; round < 2; round++) {
        const { status, output } = project.node(tspc, ...args);
        expect(status).not.to.equal(0);
        expect(output).to.match(/^tsconfig\.json\(\d+,\d+\): error TS1001: ACLOSE1001: [^\n]*\n$/);
      }
      project.write({ "tsconfig.json": tsconfig({ compilerOptions: given, plugin: {} }) });
      expect(project.node(tspc, ...args)).to.deep.equal({ status: 0, output: "" });
      expect(project.print("out/main.js")).to.equal("[1,1,1,1] true\n");
    });

  for (const [title, options, args] of builds)
    it(`${title} says an error again until the file is mended, and then no more`, () => {
      const project = make(options);
      project.write({ ...others, "src/b.ts": misplaced });
      for (let round = 0; round < 2; round++) {
        const { status, output } = project.node(tspc, ...args);
        expect(status).not.to.equal(0);
        expect(output.match(/ACLOSE1009/g), output).to.have.length(1);
      }
      project.write({ "src/b.ts": "export {};\n" });
      expect(project.node(tspc, ...args)).to.deep.equal({ status: 0, output: "" });
      expect(project.node(tspc, ...args)).to.deep.equal({ status: 0, output: "" });
    });

  it("tsc --watch", async () => {
    const project = make({});
    const child = spawn(process.execPath, [tspc, "-p", ".", "--watch", "--preserveWatchOutput"], {
      cwd: project.folder,
    });
    let output = "";
    let seen = 0;
    /** The next time that the compiler says it is done. */
    const built = () =>
      new Promise<void>((resolve, reject) => {
        const look = () => {
          const at = output.indexOf("Watching for file changes", seen);
          if (at < 0) return;
          seen = at + 1;
          child.stdout.off("data", look);
          resolve();
        };
        child.stdout.on("data", look);
        child.once("close", () => reject(new Error(`tsc ended:\n${output}`)));
        look();
      });
    child.stdout.on("data", (data) => {
      output += data;
    });
    try {
      await built();
      for (const [edit, files, printed] of edits) {
        if (Object.keys(files).length > 0) {
          const again = built();
          project.write(files);
          await again;
          // Two files may be taken up one after the other.
          if (Object.keys(files).length > 1 && project.print("out/main.js") !== printed) await built();
        }
        expect(project.print("out/main.js"), `${edit}\n${output}`).to.equal(printed);
      }
    } finally {
      child.kill();
    }
  });

  for (const [name, packages, type] of [
    ["webpack", ["webpack"], "filesystem"],
    ["rspack", ["@rspack"], "persistent"],
  ] as const)
    it(`${name} with a cache on the disk compiles again for other options`, () => {
      const project = newProject(
        {
          "src/main.js": 'export async function* rows() {\n  "use aclose";\n  yield 1;\n}\n',
          "build.mjs": `import * as bundler from ${JSON.stringify(name === "rspack" ? "@rspack/core" : name)};
import aclose from "aclose/unplugin/${name}";
const compiler = (bundler.${name} ?? bundler.default)({ mode: "development", devtool: false, entry: "./src/main.js", externals: /^aclose/, externalsType: "commonjs",
  output: { path: process.cwd() + "/out" }, cache: { type: "${type}" }, plugins: [aclose(JSON.parse(process.argv[2]))] });
compiler.run((error, stats) => { console.log(error ?? stats.toString({ all: false, errors: true })); compiler.close(() => {}); });`,
        },
        packages,
      );
      const built = (options: object): string => {
        project.print("build.mjs", JSON.stringify(options));
        return project.read("out/main.js");
      };
      const fused = built({ ticks: "fused" });
      const plain = built({});
      expect(fused).to.contain(".fused");
      expect(plain).to.contain("rows$step").and.not.contain(".fused");
      expect(built({ ticks: "fused" })).to.equal(fused);
    });

  it("programs with different options in one process know nothing of each other", () => {
    const emit = (program: ts.Program, transformer: ts.TransformerFactory<ts.SourceFile>): string => {
      let text = "";
      program.emit(undefined, (_, written) => void (text += written), undefined, false, { before: [transformer] });
      return text;
    };
    const source = `export async function* f(n: number) {\n  const a = n;\n  yield a;\n}\nexport async function* g() {\n  "use aclose";\n  yield 1;\n}\n`;
    const programOf = (): ts.Program => {
      const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, noLib: true };
      const host = ts.createCompilerHost(options);
      const { getSourceFile } = host;
      host.getSourceFile = (name, ...rest) =>
        name === "a.ts"
          ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022, true)
          : getSourceFile(name, ...rest);
      return ts.createProgram(["a.ts"], options, host);
    };
    const options = [{}, { include: "all" }, { include: "all", debug: true, ticks: "fused" }] as const;
    const alone = options.map((each) => emit(programOf(), createTransformer(ts, each)));
    expect(new Set(alone).size).to.equal(3);
    const programs = options.map(() => programOf());
    const transformers = options.map((each) => createTransformer(ts, each));
    for (const order of [
      [2, 0, 1],
      [1, 2, 0],
    ])
      for (const index of order) expect(emit(programs[index]!, transformers[index]!)).to.equal(alone[index]);
  });
});
