/** The hooks for test runners, each in its runner: a test that leaves a generator open fails, and the next one does not. */

import { expect } from "chai";
import { Project, type Run } from "../doors/project.js";

const rows = `export async function* rows() {
  "use aclose";
  try {
    yield 1;
    yield 2;
  } finally {
    await null;
  }
}
`;
const { code } = await import("../../transformer/index.js").then(({ transform }) =>
  transform(rows, { fileName: "rows.mjs", sourceMap: false }),
);
const leaving = `
  it("leaves one open", async () => {
    const open = globalThis.open = rows();
    await open.next();
  });`;
const clean = `
  it("closes what it opens", async () => {
    for await (const row of rows()) if (row === 1) break;
  });
  it("does not wait for a close", async () => {
    const open = rows();
    await open.next();
    void open.return();
  });`;
/** What each runner has to close behind a test what it has opened. */
const closing = `
let before;
beforeEach(async () => void (await (before = rows()).next()));
afterEach(() => before.return());
it("leaves one to a hook of its file", () => before.next());`;
const closingInOwnWay: Record<string, string> = {
  "node:test": `
it("leaves one to after()", async (t) => {
  const open = rows();
  t.after(() => open.return());
  await open.next();
});`,
  vitest: `
describe("own ways", () => {
  let open;
  beforeEach(async () => {
    await (open = rows()).next();
    return () => open.return();
  });
  it("leaves one to what beforeEach returned", () => open.next());
  it("leaves one to onTestFinished", async ({ onTestFinished }) => {
    const other = rows();
    onTestFinished(() => other.return());
    await other.next();
  });
  const extended = test.extend({
    async row({}, use) {
      const other = rows();
      await use((await other.next()).value);
      await other.return();
    },
  });
  extended("leaves one to a fixture", ({ row }) => void row);
});`,
};
const finding = /1 async generator is still open:\s+1\. rows \(rows\.mjs:1\): at a yield, rows\.mjs:4\s/;

const commonJs = code
  .replace(/^import \* as (\S+) from ("\S+");/m, "const $1 = require($2);")
  .replace("export function", "exports.rows = rows; function");

interface Runner {
  readonly packages: readonly string[];
  readonly files: (tests: string) => Record<string, string>;
  readonly run: (project: Project) => Run;
}

const modules = (head: string, name: string) => (tests: string) => ({
  "package.json": '{ "type": "module" }',
  "rows.mjs": code,
  [name]: `${head}\nimport { rows } from "./rows.mjs";\ndescribe("rows", () => {${tests}\n});\n`,
});

const vitest = (pool: string): Runner => ({
  packages: ["vitest", "vite"],
  files: (tests) => ({
    ...modules('import { afterEach, beforeEach, describe, it, test } from "vitest";', "a.test.mjs")(tests),
    // The package is a link here, which Vitest would not take for an installed one.
    "vitest.config.mjs": `export default { test: { pool: "${pool}", setupFiles: ["aclose/testing/vitest"], server: { deps: { external: [/\\/dist\\/(node|cjs|esm)\\//] } } } };`,
  }),
  run: (project) => project.node("node_modules/vitest/vitest.mjs", "run"),
});

const runners: Record<string, Runner> = {
  mocha: {
    packages: ["mocha"],
    files: modules("", "a.test.mjs"),
    // By its path: Mocha is a link here, and looks for packages where it really is.
    run: (project) =>
      project.node(
        "node_modules/mocha/bin/mocha.js",
        "--require",
        "./node_modules/aclose/dist/cjs/integrations/testing/mocha.js",
        "a.test.mjs",
      ),
  },
  "node:test": {
    packages: [],
    files: modules('import { afterEach, beforeEach, describe, it } from "node:test";', "a.test.mjs"),
    run: (project) => project.node("--import", "aclose/testing/node-test", "--test", "a.test.mjs"),
  },
  vitest: vitest("forks"),
  "vitest in a VM": vitest("vmThreads"),
  jest: {
    packages: ["jest"],
    files: (tests) => ({
      "package.json": JSON.stringify({
        jest: {
          setupFilesAfterEnv: ["aclose/testing/jest"],
          cacheDirectory: "<rootDir>/cache",
          roots: ["<rootDir>/test"],
          transform: {},
        },
      }),
      "test/rows.js": commonJs,
      "test/a.test.js": `const { rows } = require("./rows.js");\ndescribe("rows", () => {${tests}\n});\n`,
    }),
    run: (project) => project.node("node_modules/jest/bin/jest.js", "--watchman=false"),
  },
};

describe("hooks that find leaks", function () {
  this.timeout(60_000);
  let project: Project | undefined;
  afterEach(() => project?.remove());

  for (const [name, { packages, files, run }] of Object.entries(runners)) {
    it(`${name}: tests that close what they open pass`, () => {
      project = new Project(files(clean), packages);
      const { status, output } = run(project);
      expect(status, output).to.equal(0);
    });

    it(`${name}: tests that leave it to their file's hooks to close what they open pass`, () => {
      const written = files(clean);
      const file = Object.keys(written).find((each) => each.includes("a.test.")) as string;
      written[file] += closing + (closingInOwnWay[name] ?? "");
      project = new Project(written, packages);
      const { status, output } = run(project);
      expect(status, output).to.equal(0);
    });

    it(`${name}: a test that leaves a generator open fails, with the line where it stands`, () => {
      project = new Project(files(leaving + clean), packages);
      const { status, output } = run(project);
      expect(status, output).not.to.equal(0);
      expect(output).to.match(finding);
      expect(output.match(/1\. rows/g)?.length, "how often it is reported").to.be.within(1, 2);
      expect(output).to.contain("leaves one open");
    });
  }

  it("node:test: a test that leaves a generator open around a test in it fails", () => {
    const around = `
      it("leaves one open", async (t) => {
        const open = globalThis.open = rows();
        await open.next();
        await t.test("inside", () => {});
      });`;
    const { files, run } = runners["node:test"] as Runner;
    project = new Project(files(around), []);
    const { status, output } = run(project);
    expect(status, output).not.to.equal(0);
    expect(output).to.match(finding);
  });

  it("jest: waits for a close where all timers are fake", () => {
    const { packages, files, run } = runners["jest"] as Runner;
    const written = files(clean);
    const manifest = JSON.parse(written["package.json"] as string);
    manifest.jest.fakeTimers = { enableGlobally: true };
    project = new Project({ ...written, "package.json": JSON.stringify(manifest) }, packages);
    const { status, output } = run(project);
    expect(status, output).to.equal(0);
  });

  it("jest: says where its entry belongs", () => {
    project = new Project({ "a.cjs": 'require("aclose/testing/jest");' });
    const { status, output } = project.node("a.cjs");
    expect(status).to.equal(1);
    expect(output).to.contain('Put it into "setupFilesAfterEnv".');
  });

  it("vitest: says which version its entry needs", () => {
    const older = "data:text/javascript,export const beforeEach = () => {};";
    const hook = `export const resolve = (name, context, next) =>
      name === "vitest" ? { url: ${JSON.stringify(older)}, shortCircuit: true } : next(name, context);`;
    const dataUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
    const register = `import { register } from "node:module"; register(${JSON.stringify(dataUrl(hook))});`;
    project = new Project({ "a.mjs": 'import "aclose/testing/vitest";' });
    const { status, output } = project.node("--import", dataUrl(register), "a.mjs");
    expect(status).to.equal(1);
    expect(output).to.contain("Error: aclose/testing/vitest needs Vitest 1.3 or newer.");
  });

  it("fault injection skips what needs the garbage collector where no flag brings it, as in Bun and in Workers", () => {
    const bun = "";
    const workers = 'throw new Error("The setFlagsFromString method is not implemented");';
    project = new Project({
      "package.json": '{ "type": "module" }',
      "rows.mjs": code,
      "a.mjs": `import { injectFaults } from "aclose/testing";
import { rows } from "./rows.mjs";
console.log((await injectFaults({ rows })).skipped);`,
    });
    for (const body of [bun, workers]) {
      const hides = `import v8 from "node:v8"; v8.setFlagsFromString = () => { ${body} };`;
      const run = project.node("--import", `data:text/javascript,${encodeURIComponent(hides)}`, "a.mjs");
      expect(run).to.deep.equal({ status: 0, output: "[ 'abandon' ]\n" });
    }
  });
});
