/** The lines that emitted code carries are those of the source, whichever door it went through. */

import { join } from "node:path";
import { expect } from "chai";
import { type Project, projectsOfTests, root, tsconfig } from "../doors/project.js";

const tspc = join(root, "node_modules/ts-patch/bin/tspc.js");
const aclose = join(root, "dist/cjs/integrations/cli/main.js");

/** The marked lines are 5, 8 and 9 with types in the way, and 3, 6 and 7 without. */
const typed = `"use aclose";
interface Row { readonly id: number }
enum Kind { Page, Row }

export async function* rows(first: Row, kind: Kind = Kind.Row): AsyncGenerator<Row> {
  try {
    const row: Row = first;
    yield row;
    yield* pages([kind as number]);
  } finally {
    await null;
  }
}
async function* pages<T extends number>(ids: readonly T[]): AsyncGenerator<Row> {
  for (const id of ids) yield { id };
}
`;
const plain = `"use aclose";

export async function* rows(first, kind) {
  try {
    const row = first;
    yield row;
    yield* pages([kind]);
  } finally {
    await null;
  }
}
async function* pages(ids) { for (const id of ids) yield { id }; }
`;
const main = (rows: string): string => `import { openAsyncGenerators } from "aclose";
import { rows } from "${rows}";

const show = (): void => console.log(openAsyncGenerators().map(({ position: at }) => [at!.file, at!.functionLine, at!.line].join()).join());
const open = rows({ id: 1 });
open.next()
  .then(show)
  .then(() => open.next())
  .then(show)
  .then(() => open.return(undefined));
`;
const untyped = (text: string): string => text.replace("(): void", "()").replaceAll("at!", "at");
/** What the program prints: the first generator, then with the one that it delegates to, which has an iterator to close. */
const typedLines = (file: string): string => `${file},5,8\n${file},5,9,${file},14,15\n`;
const plainLines = (file: string): string => `${file},3,6\n${file},3,7,${file},12,12\n`;

const compilerOptions = {
  target: "ES2022",
  module: "NodeNext",
  strict: true,
  rootDir: "src",
  outDir: "out",
  lib: ["ES2022", "ESNext.Disposable", "DOM"],
};
const manifest = '{ "type": "module", "private": true }';

describe("positions through the doors", function () {
  this.timeout(180_000);
  const newProject = projectsOfTests();
  const make = (files: Record<string, string>) =>
    newProject({ "package.json": manifest, ...files }, ["typescript", "esbuild"]);
  const succeed = (project: Project, ...args: string[]): void => {
    const { status, output } = project.node(...args);
    expect(status, output).to.equal(0);
  };

  for (const file of ["rows.ts", "rows.tsx", "rows.js"]) {
    it(`tsc: ${file}`, () => {
      const project = make({
        [`src/${file}`]: file === "rows.js" ? plain : typed,
        "src/main.ts": main("./rows.js").replace("{ id: 1 }", file === "rows.js" ? "{ id: 1 }, 0" : "{ id: 1 }"),
        "tsconfig.json": tsconfig({
          compilerOptions: { ...compilerOptions, allowJs: true, jsx: "preserve", noImplicitAny: false },
          plugin: {},
        }),
      });
      succeed(project, tspc, "-p", ".");
      const found = file === "rows.tsx" ? "out/rows.jsx" : "out/rows.js";
      if (file === "rows.tsx") project.write({ "out/rows.js": project.read(found) });
      expect(project.print("out/main.js")).to.equal(file === "rows.js" ? plainLines(file) : typedLines(file));
    });
  }

  it("tsc, after another transformer: no lines rather than wrong ones", () => {
    const project = make({
      "src/rows.ts": typed,
      "other.cjs": `module.exports = () => (context) => (file) => {
  const ts = require("typescript");
  return ts.visitEachChild(file, (node) => ts.isEnumDeclaration(node) ? ts.factory.updateEnumDeclaration(node, node.modifiers, ts.factory.createIdentifier("Kind"), node.members) : node, context);
};`,
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          ...compilerOptions,
          plugins: [{ transform: "./other.cjs" }, { transform: "aclose/transformer" }],
        },
        include: ["src"],
      }),
    });
    project.node(tspc, "-p", ".");
    const output = project.read("out/rows.js");
    expect(output).to.contain("rows$step");
    expect(output).not.to.contain("positions");
  });

  it("a bundler that minifies", () => {
    const project = make({
      "src/rows.ts": typed,
      "src/main.ts": main("./rows.js"),
      "build.mjs": `import { build } from "esbuild";
import aclose from "aclose/unplugin/esbuild";
await build({ entryPoints: ["src/main.ts"], outfile: "out/main.mjs", bundle: true, minify: true, format: "esm", platform: "browser", plugins: [aclose()] });`,
    });
    succeed(project, "build.mjs");
    expect(project.print("out/main.mjs")).to.equal(typedLines("rows.ts"));
  });

  it("aclose build, and in place", () => {
    const project = make({
      "src/rows.ts": typed,
      "src/main.ts": main("./rows.js"),
      "src/bare.js": plain,
      "src/bare-main.js": untyped(main("./bare.js")),
      "tsconfig.json": tsconfig({ compilerOptions: { ...compilerOptions, rootDir: "compiled" } }, ["compiled"]),
    });
    succeed(project, aclose, "build", "src/rows.ts", "src/main.ts", "--out-dir", "compiled");
    project.node(join(root, "node_modules/typescript/bin/tsc"), "-p", ".");
    expect(project.print("out/main.js")).to.equal(typedLines("rows.ts"));
    succeed(project, aclose, "build", "--in-place", "src/bare.js");
    expect(project.print("src/bare-main.js")).to.equal(plainLines("bare.js"));
  });

  it("aclose build --no-positions", () => {
    const project = make({ "src/bare.js": plain });
    succeed(project, aclose, "build", "src/bare.js", "--out-dir", "out", "--no-positions");
    const [file = ""] = project.list("out").filter((name) => name.endsWith("bare.js"));
    expect(project.read(join("out", file)))
      .to.contain("rows$step")
      .and.not.to.contain("positions");
  });

  it("aclose/register", () => {
    const project = make({
      "src/rows.ts": typed,
      "src/main.ts": main("./rows.js"),
      "tsconfig.json": tsconfig({ compilerOptions }),
    });
    expect(project.print("--import", "aclose/register", "src/main.ts")).to.equal(typedLines("rows.ts"));
  });

  it("a part of a file has none: its lines are not those of the file", () => {
    const project = make({
      "plugin.mjs": `import aclose from "aclose/unplugin";
const { transform } = aclose.rollup();
const context = { warn: console.error, error: console.error };
for (const id of ["view.vue?vue&type=script&lang.ts", "view.ts?used"])
  console.log(id, transform.call(context, ${JSON.stringify(plain)}, id).code.includes("positions"));`,
    });
    expect(project.print("plugin.mjs")).to.equal("view.vue?vue&type=script&lang.ts false\nview.ts?used true\n");
  });
});
