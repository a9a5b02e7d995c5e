/**
 * Output depends on the input and the options only, so that a cache can be shared: the same project in two folders, built by
 * two versions of Node, in opposite orders, gives the same bytes.
 */

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Context } from "mocha";
import { projectsOfTests, root, tsconfig } from "../doors/project.js";
import { nodeOrSkip } from "../support/other-nodes.js";
import { sample } from "./sample.js";

const tspc = join(root, "node_modules/ts-patch/bin/tspc.js");
const aclose = join(root, "dist/cjs/integrations/cli/main.js");

const wrong = `export async function* wrong(code: string) {
  "use aclose";
  yield eval(code);
}
export async function* fast() {
  "use aclose fuzed";
  yield 1;
}
`;

/** All files by one process of Node's, in the order of its arguments. */
const transformAll = `import { readFileSync, writeFileSync } from "node:fs";
import { transform } from "aclose/transformer";
const results = {};
for (const fileName of process.argv.slice(2))
  results[fileName] = transform(readFileSync(fileName, "utf8"), { fileName, include: "all" });
writeFileSync("results.json", JSON.stringify(Object.fromEntries(Object.entries(results).sort()), null, 1));
`;
const bundle = `import { build } from "esbuild";
import aclose from "aclose/unplugin/esbuild";
await build({ entryPoints: ["src/main.ts"], outfile: "bundled/main.mjs", bundle: true, format: "esm", packages: "external", sourcemap: true, logLevel: "error", plugins: [aclose()] });
`;

const compilerOptions = {
  target: "ES2022",
  module: "NodeNext",
  strict: true,
  types: [],
  sourceMap: true,
  skipLibCheck: true,
};
const files = {
  ...sample,
  "wrong/wrong.ts": wrong,
  "package.json": '{ "name": "user", "private": true, "type": "module" }',
  "tsconfig.json": tsconfig({ compilerOptions: { ...compilerOptions, rootDir: "src", outDir: "out" }, plugin: {} }),
  "transform.mjs": transformAll,
  "bundle.mjs": bundle,
};
const sources = [...Object.keys(sample), "wrong/wrong.ts"];

describe("output depends on input and options only", function () {
  this.timeout(180_000);
  const newProject = projectsOfTests();

  /** Every file that is made, by its name. */
  function made(context: Context, major: string, order: (names: string[]) => string[]): Map<string, string> {
    const node = nodeOrSkip(context, major);
    const project = newProject(files, ["typescript", "esbuild"]);
    const run = (...args: string[]) => project.with(node, ...args);
    const succeeds = (...args: string[]) => expect(run(...args), args.join(" ")).to.include({ status: 0 });
    succeeds("transform.mjs", ...order([...sources]));
    succeeds(aclose, "build", ...order(Object.keys(sample)), "--out-dir", "built");
    succeeds(tspc, "-p", ".");
    succeeds("bundle.mjs");
    const checked = run(aclose, "check", "wrong", "--format", "json");
    expect(checked.status).to.equal(1);
    const found = new Map([["check", checked.output]]);
    for (const folder of ["built", "out", "bundled"])
      for (const name of project.list(folder)) {
        const path = join(project.folder, folder, name);
        if (statSync(path).isFile()) found.set(`${folder}/${name}`, readFileSync(path, "utf8"));
      }
    found.set("results.json", project.read("results.json"));
    for (const [name, text] of found) expect(text, name).not.to.contain(project.folder);
    return found;
  }

  it("in two folders, by Node 20 and 22, in opposite orders", function () {
    const one = made(this, "20", (names) => names);
    const other = made(this, "22", (names) => names.reverse());
    expect([...one.keys()]).to.include.members([
      "out/rows.js",
      "out/rows.js.map",
      "bundled/main.mjs",
      "bundled/main.mjs.map",
    ]);
    expect(one.get("results.json")).to.contain("ACLOSE1003").and.to.contain("$step");
    expect(one.get("out/rows.js")).to.contain("$step");
    expect(one.get("bundled/main.mjs")).to.contain("$step");
    expect(one.get("check")).to.contain("ACLOSE1003");
    for (const [name, text] of one) expect(other.get(name), name).to.equal(text);
    expect([...other.keys()]).to.deep.equal([...one.keys()]);
  });
});
