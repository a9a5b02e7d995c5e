/** What `aclose doctor` finds. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { examine } from "../../integrations/cli/init/checks.js";
import { inspect } from "../../integrations/cli/init/project.js";
import { type Project, projectsOfTests, tsconfig } from "../doors/project.js";

describe("aclose doctor", function () {
  this.timeout(120_000);
  const newProject = projectsOfTests();

  function projectOf(files: Record<string, string | object>, packages: string[]): Project {
    const texts = Object.entries(files).map(([name, text]) => [
      name,
      typeof text === "string" ? text : JSON.stringify(text),
    ]);
    return newProject(Object.fromEntries(texts), packages);
  }

  async function findings(files: Record<string, string | object>, packages: string[] = []): Promise<string[]> {
    const project = projectOf(files, packages);
    return (await examine(inspect(project.folder))).map(({ kind, text }) => `${kind}: ${text}`);
  }

  it("says in the folders of a workspace too that pnpm shares packages", async () => {
    const files = {
      "pnpm-lock.yaml": "",
      "packages/a/package.json": { name: "a" },
      "packages/a/tsconfig.json": tsconfig({ compilerOptions: { outDir: "out" }, plugin: {} }),
    };
    const project = projectOf(files, ["typescript", "ts-patch"]);
    const found = await examine(inspect(join(project.folder, "packages/a")));
    expect(found.filter(({ text }) => text.startsWith("pnpm shares packages"))).to.have.length(1);
  });

  it("says where the options in tsconfig.json do not count", async () => {
    const told = async (rest: string): Promise<number> => {
      const files = {
        "package.json": { name: "user", scripts: { build: "webpack" }, devDependencies: { webpack: "5" } },
        "tsconfig.json": tsconfig({ compilerOptions: { noEmit: true }, plugin: { include: "all" } }),
        "webpack.config.js": `module.exports = { ${rest} };`,
      };
      return (await findings(files)).filter((each) => each.includes("does not read the plugins of tsconfig.json"))
        .length;
    };
    expect(await told('plugins: [require("aclose/unplugin/webpack").default()]')).to.equal(1);
    const options = '{ getCustomTransformers: require.resolve("aclose/ts-loader") }';
    expect(await told(`module: { rules: [{ loader: "ts-loader", options: ${options} }] }`)).to.equal(0);
  });

  it("names the projects of vitest that have neither the plugins of the whole nor this one", async () => {
    const config = `import aclose from "aclose/unplugin/vite";
import { defineConfig, defineProject } from "vitest/config";
const shared = { plugins: [aclose()] };
export default defineConfig({ plugins: [aclose()], test: { projects: [
  "packages/*",
  { extends: true, test: { name: "whole" } },
  { plugins: [aclose()], test: { name: "own" } },
  { ...shared, test: { name: "spread" } },
  { plugins: [], test: { name: "none" } },
  defineProject({ test: {} }),
] } });
`;
    const found = await findings({ "package.json": { name: "user" }, "vitest.config.ts": config });
    expect(found.filter((each) => each.includes("project "))).to.deep.equal(
      ['"none"', "number 6"].map(
        (name) =>
          `note: vitest's project ${name} does not have the plugin (vitest.config.ts): it needs \`extends: true\`, or its own.`,
      ),
    );
  });

  it("says why where it cannot write its test file", async () => {
    const files = {
      "package.json": { name: "user", dependencies: { aclose: "*" }, scripts: { build: "tsc" } },
      "tsconfig.json": tsconfig({ compilerOptions: { outDir: "out" }, plugin: {} }),
      // A file: not even root can make a folder in it.
      "node_modules/.cache": "",
    };
    expect((await findings(files, ["typescript", "ts-patch"])).at(-1)).to.match(
      /^bad: tsc did not compile a generator of a test file \(tsconfig\.json\): E[A-Z]+: .*\.cache/,
    );
  });

  it("compiles its test file also where what goes with `composite` is written down beside it, as Nx does", async () => {
    const composite = {
      composite: true,
      declarationMap: true,
      tsBuildInfoFile: "out/a.tsbuildinfo",
      noEmitOnError: true,
    };
    const files = {
      "package.json": { name: "user", dependencies: { aclose: "*" }, scripts: { build: "tspc -b" } },
      "tsconfig.json": tsconfig({ compilerOptions: { ...composite, outDir: "out" }, plugin: {} }),
    };
    expect((await findings(files, ["typescript", "ts-patch"])).at(-1)).to.equal(
      "good: tspc compiled a generator of a test file: the plugin runs (tsconfig.json)",
    );
  });

  it("leaves what the project names for all files as it is, and compiles its test file beside it", async () => {
    const all = { module: "AMD", outFile: "out/all.js", declaration: true, declarationDir: "types" };
    const compilerOptions = { ...all, moduleResolution: "classic", ignoreDeprecations: "6.0" };
    const project = projectOf(
      {
        "package.json": { name: "user", dependencies: { aclose: "*" }, scripts: { build: "tspc" } },
        "tsconfig.json": tsconfig({ compilerOptions, plugin: {} }),
        "out/all.js": "all\n",
      },
      ["typescript", "ts-patch"],
    );
    const found = await examine(inspect(project.folder));
    expect(found.at(-1)?.text).to.equal("tspc compiled a generator of a test file: the plugin runs (tsconfig.json)");
    expect(project.read("out/all.js")).to.equal("all\n");
    expect(existsSync(join(project.folder, "types"))).to.equal(false);
  });

  it("says where tsc fails with its configuration, though it compiles the test file", async () => {
    const compilerOptions = {
      rootDir: "src",
      outDir: "out",
      module: "NodeNext",
      moduleResolution: "Bundler",
      strickt: 1,
    };
    const files = {
      "package.json": { name: "user", dependencies: { aclose: "*" }, scripts: { build: "tspc" } },
      "tsconfig.json": tsconfig({ compilerOptions, plugin: {} }),
      "src/a.ts": "export {};",
    };
    const found = (await findings(files, ["typescript", "ts-patch"])).slice(-2);
    expect(found[0]).to.match(
      /^bad: tsc fails with this configuration, whatever it compiles: tsconfig\.json\(7,5\): error TS5025: /,
    );
    expect(found[0]).to.match(/\ntsconfig\.json\(6,25\): error TS5095: Option 'bundler' can only be used when/);
    expect(found[1]).to.match(/^good: tspc compiled a generator of a test file/);
  });

  describe("tspc, of ts-patch 4, whose exports do not name it", () => {
    const compilerOptions = { target: "ES2022", module: "NodeNext", outDir: "out" };
    const manifest = {
      name: "user",
      scripts: { build: "tspc" },
      dependencies: { aclose: "*" },
      devDependencies: { typescript: "6", "ts-patch": "4" },
    };
    const packages = ["typescript", "ts-patch"];

    it("runs the plugin", async () => {
      const files = { "package.json": manifest, "tsconfig.json": tsconfig({ compilerOptions, plugin: {} }) };
      const found = await findings(files, packages);
      expect(found).to.contain("good: tspc compiled a generator of a test file: the plugin runs (tsconfig.json)");
      expect(found.filter((each) => each.startsWith("bad"))).to.deep.equal([]);
    });

    it("runs the plugin beside one that is a file of the project", async () => {
      const plugins = [{ transform: "aclose/transformer" }, { transform: "./own.cjs" }];
      const found = await findings(
        {
          "package.json": manifest,
          "own.cjs": "module.exports = () => () => (file) => file;",
          "tsconfig.json": { compilerOptions: { ...compilerOptions, plugins } },
        },
        packages,
      );
      expect(found.filter((each) => each.startsWith("bad"))).to.deep.equal([]);
    });

    it("does not, and says why", async () => {
      const plugin = { ticks: "fast" };
      const files = { "package.json": manifest, "tsconfig.json": tsconfig({ compilerOptions, plugin }) };
      expect((await findings(files, packages)).at(-1)).to.match(
        /^bad: tspc did not compile a generator of a test file \(tsconfig\.json\): .*ACLOSE1002/s,
      );
    });
  });
});
