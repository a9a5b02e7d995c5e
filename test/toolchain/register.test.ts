/** `node --import aclose/register` on every supported Node: each kind of file, by `import` and by `require`; mocha through it. */

import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type Project, projectsOfTests, root, tsconfig } from "../doors/project.js";
import { nodeOrSkip } from "../support/other-nodes.js";
import { sample, sampleLog, sampleTest } from "./sample.js";

const generator = (name: string, type = ""): string =>
  `async function* ${name}(limit${type} = 1) {\n  "use aclose";\n  yield limit;\n}\n`;
const typed = ": number";

/** One module of each kind that Node knows; `from` says how it is reached. */
const kinds: Readonly<Record<string, string>> = {
  "ts.ts": `export ${generator("ts", typed)}`,
  "mts.mts": `export ${generator("mts", typed)}`,
  "cts.cts": `${generator("cts", typed)}module.exports = { cts };\n`,
  "js.js": `export ${generator("js")}`,
  "mjs.mjs": `export ${generator("mjs")}`,
  "cjs.cjs": `${generator("cjs")}module.exports = { cjs };\n`,
};
const main = `import { ts } from "./ts.js";
import { mts } from "./mts.mjs";
import cts from "./cts.cjs";
import { js } from "./js.js";
import { mjs } from "./mjs.mjs";
import cjs from "./cjs.cjs";
interface Kept { readonly name: string }
const all = [ts, mts, cts.cts, js, mjs, cjs.cjs].map((each): Kept => each);
console.log(all.map((each) => \`\${each.name} \${"aclose" in (each as typeof ts)()}\`).join("\\n"));
`;
const required = `const { cts } = require("./cts.cjs");
const { cjs } = require("./cjs.cjs");
const shapes: readonly string[] = [cts, cjs].map((each) => \`\${each.name} \${"aclose" in each()}\`);
console.log(shapes.join("\\n"));
`;
const broken = `interface Row { id: number }

async function* broken(): AsyncGenerator<Row> {
  "use aclose";
  yield { id: 1 };
  const message: string = "thrown here";
  throw new Error(message);
}
const open = broken();
await open.next();
await open.next().catch((error: Error) => console.log(/^ +at .*$/m.exec(error.stack!)![0].trim().replace(/\\(.*\\//, "(")));
export {};
`;

const awaiting = `import { ts } from "./ts.js";\nconst open = ts();\nconsole.log((await open.next()).value as number);\n`;

describe("register on each Node", function () {
  this.timeout(120_000);
  const newProject = projectsOfTests();
  function make(files: Record<string, string>, type = "module", packages: string[] = []): Project {
    const manifest = JSON.stringify({ name: "user", private: true, type });
    const compilerOptions = { target: "ES2022", module: "NodeNext", strict: true };
    return newProject({ "package.json": manifest, "tsconfig.json": tsconfig({ compilerOptions }), ...files }, [
      "typescript",
      ...packages,
    ]);
  }

  it("Node 20: says what to do with a file of CommonJS that awaits at its top level", function () {
    const node = nodeOrSkip(this, "20");
    // What `npm init` writes, in its older and its newer form.
    for (const manifest of ['{ "name": "user" }', '{ "name": "user", "type": "commonjs" }']) {
      const project = make({ "package.json": manifest, "ts.ts": kinds["ts.ts"]!, "main.ts": awaiting });
      const { status, output } = project.with(node, "--import", "aclose/register", "main.ts");
      expect(status).to.equal(1);
      expect(output).to.match(
        /SyntaxError: .*main\.ts is CommonJS, which cannot await at its top level\. Call it main\.mts/,
      );
    }
  });

  it("says that Bun and Deno, which go on without what its hooks give, are not Node", () => {
    const project = make({ "main.ts": "console.log(1);\n" });
    for (const name of ["bun", "deno"]) {
      const versions = `Object.defineProperty(process, "versions", { value: { ...process.versions, ${name}: "1" } })`;
      const pretends = `data:text/javascript,${encodeURIComponent(versions)}`;
      const { status, output } = project.node("--import", pretends, "--import", "aclose/register", "main.ts");
      expect(status).to.equal(1);
      expect(output).to.contain("aclose/register works in Node only: give Bun and Deno what `aclose build` writes.");
    }
  });

  it("says which tsconfig.json does not parse, and where", () => {
    const project = make({ "tsconfig.json": '{\n  "compilerOptions": { "strict": }\n}', "a.ts": '"use aclose";\n' });
    const { output } = project.node("--import", "aclose/register", "a.ts");
    expect(output).to.match(/SyntaxError.*: .*tsconfig\.json\(2,34\): error TS1109: Expression expected\./);
  });

  it("says what is wrong with the plugin's options in tsconfig.json, there", () => {
    const plugin = { rules: { "no-delegation": "loud" } };
    const compilerOptions = { target: "ES2022" };
    const project = make({
      "tsconfig.json": tsconfig({ compilerOptions, plugin }),
      "a.ts": '"use aclose";\n',
      "inner/tsconfig.json": '{ "extends": "../tsconfig.json" }',
      "inner/a.ts": '"use aclose";\n',
    });
    const run = (file: string) => project.node("--import", "aclose/register", file).output;
    const wrong = 'ACLOSE1002: Option "rules.no-delegation" cannot be "loud"';
    expect(run("a.ts")).to.contain(`Error: ${join(project.folder, "tsconfig.json")}:7:9 - ${wrong}`);
    // What it inherits stands in that.
    expect(run("inner/a.ts")).to.contain(`Error: ${join(project.folder, "tsconfig.json")}:7:9 - ${wrong}`);
  });

  it("shows the line of an error, with a mark under the place", () => {
    const project = make({ "a.ts": '\t"use aclose sometimes";\n', "b.ts": "\nlet b: number = ;\n" });
    const run = (file: string) => project.node("--import", "aclose/register", file).output;
    expect(run("a.ts")).to.match(
      /SyntaxError.*: .*a\.ts:1:2 - ACLOSE1003: .*\n1 \| \t"use aclose sometimes";\n {2}\| \t\^\n/,
    );
    expect(run("b.ts")).to.match(/SyntaxError.*: .*b\.ts:2:17 - TS1109: .*\n2 \| let b: number = ;\n {2}\| {17}\^\n/);
  });

  for (const major of ["20", "22", "26"])
    it(`Node ${major}: prints warnings, with their places`, function () {
      const node = nodeOrSkip(this, major);
      const compilerOptions = { target: "ES2022", module: "NodeNext" };
      const plugin = { rules: { "no-delegation": "warn" } };
      const source = `"use aclose";\nexport async function* f() { yield eval("1"); }\nexport async function* g() { yield* f(); }\n`;
      const project = make({ "tsconfig.json": tsconfig({ compilerOptions, plugin }), "a.ts": source, "b.js": source });
      for (const file of ["a.ts", "b.js"]) {
        const { status, output } = project.with(node, "--import", "aclose/register", file);
        expect(status).to.equal(0);
        const path = join(project.folder, file).replaceAll("\\", "/");
        expect(output).to.contain(`${path}:2:24 - ACLOSE1101: "f" stays`).and.contain(`${path}:3:30 - ACLOSE1503: `);
      }
    });

  it("Node 20: names the package.json that does not parse", function () {
    const node = nodeOrSkip(this, "20");
    const project = make({ "a/package.json": "{", "a/main.ts": '"use aclose";\n' });
    const { output } = project.with(node, "--import", "aclose/register", "a/main.ts");
    expect(output).to.contain(`${join(project.folder, "a/package.json")}: `);
  });

  it("takes a manifest that it may not read for none, as Node does", function () {
    const node = nodeOrSkip(this, "24");
    const project = make({ "main.tsx": "export const one = 1;\nconsole.log(one);\n" });
    rmSync(join(project.folder, "package.json"));
    const readable = [project.folder, root].map((folder) => `--allow-fs-read=${folder}/*`);
    const run = project.with(node, "--permission", ...readable, "--import", "aclose/register", "main.tsx");
    expect(run).to.deep.equal({ status: 0, output: "1\n" });
  });

  for (const major of ["20", "22", "24", "26"]) {
    it(`Node ${major}: every kind of file`, function () {
      const node = nodeOrSkip(this, major);
      expect(make({ ...kinds, "main.ts": main }).with(node, "--import", "aclose/register", "main.ts")).to.deep.equal({
        status: 0,
        output: "ts true\nmts true\ncts true\njs true\nmjs true\ncjs true\n",
      });
    });

    it(`Node ${major}: files with a byte order mark, also before a line for a shell, which Node knows in all but CommonJS`, function () {
      const node = nodeOrSkip(this, major);
      const marked = (text: string): string => `\uFEFF${text}`;
      const shell = "#!/usr/bin/env node\n";
      const project = make({
        "package.json": marked(JSON.stringify({ name: "user", type: "module" })),
        ...Object.fromEntries(
          Object.entries(kinds).map(([name, text]) => [name, marked(name === "cjs.cjs" ? text : shell + text)]),
        ),
        "page.tsx": marked(`${shell}export ${generator("page", typed)}`),
        "main.ts": marked(`${shell}import { page } from "./page.js";\nconsole.log("aclose" in page());\n${main}`),
      });
      expect(project.with(node, "--import", "aclose/register", "main.ts")).to.deep.equal({
        status: 0,
        output: "true\nts true\nmts true\ncts true\njs true\nmjs true\ncjs true\n",
      });
    });

    it(`Node ${major}: JavaScript whose kind only its package tells`, function () {
      const node = nodeOrSkip(this, major);
      const read = `${generator("read")}read().next().then(({ value }) => console.log(value));\n`;
      for (const [type, end] of [
        ["commonjs", "if (read) return;"],
        ["module", "await null;"],
      ] as const)
        expect(
          make({ "main.js": `${read}${end}\n` }, type).with(node, "--import", "aclose/register", "main.js"),
        ).to.deep.equal({ status: 0, output: "1\n" });
    });

    it(`Node ${major}: require`, function () {
      const node = nodeOrSkip(this, major);
      for (const [type, name] of [
        ["commonjs", "main.ts"],
        ["module", "main.cts"],
      ] as const)
        expect(
          make({ ...kinds, [name]: required }, type).with(node, "--import", "aclose/register", name),
        ).to.deep.equal({
          status: 0,
          output: "cts true\ncjs true\n",
        });
    });

    it(`Node ${major}: require by less than a name, of a file and of a folder`, function () {
      const node = nodeOrSkip(this, major);
      const project = make(
        {
          "main.ts": `import { ts } from "./ts";
import folder = require("./folder");
const { cts } = require("./kinds.of/cts") as { cts: typeof ts };
console.log([ts, folder.js, cts].map((each) => \`\${each.name} \${"aclose" in each()}\`).join("\\n"));
try { require("./nothing"); } catch (error) { console.log((error as Error).message.split("\\n")[0]); }
`,
          "ts.ts": kinds["ts.ts"]!,
          "folder/index.ts": 'export { js } from "../folder/deep/list";\n',
          "folder/deep/list.tsx": `export ${generator("js", typed)}import "..";\n`,
          "kinds.of/cts.cts": kinds["cts.cts"]!,
        },
        "commonjs",
      );
      expect(project.with(node, "--import", "aclose/register", "main.ts")).to.deep.equal({
        status: 0,
        output: "ts true\njs true\ncts true\nCannot find module './nothing'\n",
      });
    });

    it(`Node ${major}: import with a query`, function () {
      const node = nodeOrSkip(this, major);
      const source = 'const { ts } = await import("./ts.js?x=2.js");\nconsole.log("aclose" in ts());\nexport {};\n';
      const project = make({ "main.ts": source, "ts.ts": kinds["ts.ts"]! });
      expect(project.with(node, "--import", "aclose/register", "main.ts")).to.deep.equal({
        status: 0,
        output: "true\n",
      });
    });

    it(`Node ${major}: the stack of an error leads to the source`, function () {
      const node = nodeOrSkip(this, major);
      const { status, output } = make({ "broken.ts": broken }).with(node, "--import", "aclose/register", "broken.ts");
      expect({ status, output }).to.deep.equal({ status: 0, output: "at broken (broken.ts:7:9)\n" });
    });

    it(`Node ${major}: the stack of an error leads to the source through what tsx has made of it`, function () {
      const node = nodeOrSkip(this, major);
      const flags = ["tsx", "aclose/register"].flatMap((name) => ["--import", name]);
      const { status, output } = make({ "broken.ts": broken }, "module", ["tsx"]).with(node, ...flags, "broken.ts");
      expect({ status, output }).to.deep.equal({ status: 0, output: "at broken (broken.ts:7:9)\n" });
    });

    // Before Node 22 coverage does not go by source maps.
    if (major !== "20")
      it(`Node ${major}: its own coverage, with the flag that it goes by`, function () {
        const node = nodeOrSkip(this, major);
        const never = "  if (limit > 9) {\n    yield 9;\n    yield 10;\n  }\n";
        const project = make({
          "rows.ts": `export ${generator("rows", typed).replace("  yield limit", `${never}  yield limit`)}`,
          "rows.test.ts": `import { test } from "node:test";
import { rows } from "./rows.ts";
test("rows", async () => { for await (const row of rows()); });
`,
        });
        const flags = ["--enable-source-maps", "--import", "aclose/register", "--experimental-test-coverage"];
        const { output } = project.with(node, ...flags, "--test", "--test-reporter=spec", "rows.test.ts");
        const [lines] = /(?<=rows\.ts +(?:\|[^|]+){3}\| *)\d.*/.exec(output) ?? [];
        expect(lines?.trim(), output).to.match(/^[45]-5$/);
      });

    for (const type of ["module", "commonjs"])
      it(`Node ${major}: mocha, ${type}`, function () {
        const node = nodeOrSkip(this, major);
        const spec = sampleTest
          .replace("import { writeFileSync }", 'import { expect } from "chai";\nimport { writeFileSync }')
          .replace("toBe", "to.equal");
        // Node that removes types itself knows files by the names they have.
        const project = make({ ...sample, "test/a.test.ts": spec }, type, ["mocha", "chai"]);
        const { status, output } = project.with(
          node,
          "node_modules/mocha/bin/mocha.js",
          "--import=aclose/register",
          "test/a.test.ts",
        );
        expect(status, output).to.equal(0);
        expect(project.read("log.txt")).to.equal(sampleLog);
      });
  }
});
