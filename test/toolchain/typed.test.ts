/** `aclose build` from TypeScript to TypeScript: a strict tsc accepts the output, callers are checked as before, and it runs without its types. */

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { transformSync } from "esbuild";
import { Project, root } from "../doors/project.js";

const main = join(root, "dist/cjs/integrations/cli/main.js");

const compilerOptions = {
  target: "ES2022",
  lib: ["ES2023", "ESNext.Disposable", "DOM"],
  module: "NodeNext",
  types: [],
  strict: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  isolatedDeclarations: true,
  declaration: true,
};

const log = `1.0,2.0
3.0
circle 1,square 2
A,B,three=none,two=2,x,value v!vw,same,inner
6,0,6
1,6
1,2,7,3,-undefined5,10
row 1,row 2
2
h,i
m0,m1
2,4
value [object Object],id 9,S
a,1
undefined
n 1 k 1 2,6,x,y,held,p,1,1,2
4
2,4
item,item,2,,,try,caught
value [object Object]
1
6
1,2,,t
3,3
undefined @ts-expect-error 1
1,4
mixed,value [object Object],value [object Object]
0
1,8,9
`;

/** What is wrong for a caller stays wrong. */
const caller = `import { areas, batches, handler, Table } from "../out/generators.js";
export const one: AsyncGenerator<string> = areas([]);
export const two = areas([{ kind: "triangle" }]);
export const three: AsyncGenerator<number> = areas([]);
export const four = batches(new Table("x").all(), 1, "nothing");
export const five: number = (await handler({ id: 1, tags: [] }).next()).value;
`;

describe("TypeScript compiled to TypeScript", function () {
  this.timeout(300_000);
  let project: Project;
  before(() => {
    project = new Project({ "package.json": '{ "type": "module" }', "callers/caller.ts": caller });
    cpSync(join(root, "test/toolchain/typed"), join(project.folder, "src"), { recursive: true });
    for (const folder of ["src", "out", "callers"])
      project.write({
        [`${folder}.json`]: JSON.stringify({
          compilerOptions: {
            ...compilerOptions,
            isolatedDeclarations: folder !== "callers",
            rootDir: folder === "callers" ? "." : folder,
            outDir: `js/${folder}`,
          },
          include: [folder],
        }),
      });
    const built = project.node(main, "build", "src", "--out-dir", "out");
    expect(built).to.deep.equal({ status: 0, output: "" });
  });
  after(() => project.remove());

  /** Another version lies beside the project's dependencies. */
  function tsc(version: string): string {
    if (version === "6.0") return join(root, "node_modules/typescript/bin/tsc");
    const place = join(project.folder, "typescript");
    mkdirSync(place, { recursive: true });
    const args = [
      "install",
      "--prefix",
      place,
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      `typescript@~${version}.0`,
    ];
    execFileSync("npm", args, { stdio: "ignore" });
    return join(place, "node_modules/typescript/bin/tsc");
  }

  for (const version of ["6.0", "5.9"])
    it(`passes TypeScript ${version} with every strict option, and runs`, () => {
      const compiler = tsc(version);
      expect(project.node(compiler, "-p", "src.json").output).to.equal("");
      expect(project.node(compiler, "-p", "out.json").output).to.equal("");
      expect(readFileSync(join(project.folder, "out/generators.ts"), "utf8")).not.to.match(/async function\*|@ts-/);
      expect(project.print("js/out/main.js")).to.equal(log);
      // Natively, and with the same declarations.
      expect(project.print("js/src/main.js")).to.equal(log);
      expect(signatures("js/out/generators.d.ts")).to.deep.equal(signatures("js/src/generators.d.ts"));
      const found = project.node(compiler, "-p", "callers.json", "--noEmit").output;
      expect([...found.matchAll(/caller\.ts\((\d+),/g)].map(([, line]) => Number(line))).to.deep.equal([3, 4, 5, 6]);
    });

  /** Without the members that are no part of the type: "private" ones and the shells of private methods have none. */
  const signatures = (name: string): string[] =>
    project
      .read(name)
      .split("\n")
      .filter((line) => /AsyncGenerator/.test(line))
      .map((line) => line.replace(/^export (?:declare )?/, ""));

  it("leaves members of imported constant enums, of which there is nothing at run time, as they are", () => {
    project.write({
      "enums/kinds.ts": `export const enum Kind { One = 1, Two }
export const table = { deep: { n: 5 }, n: 0, own(): boolean { return this === table; } };
export class Made { constructor(readonly n: number) {} }
`,
      "enums/main.ts": `"use aclose";
import { Kind, table } from "./kinds.js";
import * as all from "./kinds.js";
async function* kinds(n: number): AsyncGenerator<unknown> {
  yield [n * Kind.Two, all.Kind.One, all["Kind"].Two, Kind["One"], (() => Kind.Two)()];
  switch (yield Kind.One) { case Kind.Two: yield { [Kind.Two]: all.Kind.Two }; }
  yield [table.own(), (table.own)(), table.own?.(), all.table.own(), all.table.own!(), table?.n, all.table.deep.n];
  table.n = Kind.Two;
  all.table.n++;
  yield [all.table["n"], new all.Made(Kind.One).n, typeof all.Made, delete (table as { n?: number }).n, table.n];
}
const open = kinds(3);
for (let step = await open.next(); !step.done; step = await open.next(2)) console.log(JSON.stringify(step.value));
`,
    });
    const options = { ...compilerOptions, erasableSyntaxOnly: false, verbatimModuleSyntax: false };
    expect(project.node(main, "build", "enums", "--out-dir", "compiled")).to.deep.equal({ status: 0, output: "" });
    const printed = ["enums", "compiled"].map((folder) => {
      project.write({
        "enums.json": JSON.stringify({
          compilerOptions: { ...options, rootDir: folder, outDir: `js/${folder}` },
          include: [folder],
        }),
      });
      expect(project.node(tsc("6.0"), "-p", "enums.json").output, folder).to.equal("");
      return project.print(`js/${folder}/main.js`);
    });
    expect(printed[1]).to.equal(printed[0]);
    expect(project.read("js/compiled/kinds.js")).not.to.contain("Kind");
  });

  it("runs when tsc lowers it", () => {
    const args = ["-p", "out.json", "--target", "ES2020", "--outDir", "js/lowered"];
    expect(project.node(tsc("6.0"), ...args).output).to.equal("");
    expect(project.print("js/lowered/main.js")).to.equal(log);
  });

  it("runs when its types are only stripped", () => {
    for (const name of readdirSync(join(project.folder, "out")).filter((each) => each.endsWith(".ts"))) {
      const options = { loader: "ts", tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } } } as const;
      project.write({
        [`stripped/${name.replace(/ts$/, "js")}`]: transformSync(project.read(`out/${name}`), options).code,
      });
    }
    expect(project.print("stripped/main.js")).to.equal(log);
  });
});
