/** `aclose init` in fresh projects, from the packed package; then their own commands, untouched. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type Project, projectsOfTests, root } from "../doors/project.js";
import { sample, sampleLog, sampleTest } from "./sample.js";

const compilerOptions = `{
  // What the project had before.
  "compilerOptions": {
    "target": "ES2022",
    "module": "NodeNext",
    "rootDir": "src", /* sources */
    "outDir": "out",
    "types": []
  },
  "include": ["src"]
}
`;

interface Case {
  readonly files: Record<string, string>;
  readonly manifest: Record<string, unknown>;
  readonly packages: readonly string[];
  readonly command: readonly string[];
  readonly changed: RegExp;
  readonly log: (project: Project) => string;
}

const cases: Record<string, Case> = {
  tsc: {
    files: { "tsconfig.json": compilerOptions },
    manifest: { type: "module", scripts: { build: "tsc" } },
    packages: ["typescript@~6.0.3"],
    command: ["run", "build"],
    changed: /Changed package\.json: ts-patch \^4.* in devDependencies/,
    log: (project) => project.print("out/main.js"),
  },
  Vite: {
    files: {
      "vite.config.ts": `import { defineConfig } from "vite";\n\n// Ours.\nexport default defineConfig({\n  build: { outDir: "out", minify: false, lib: { entry: "src/main.ts", formats: ["es"], fileName: () => "main.mjs" } },\n});\n`,
    },
    manifest: { type: "module", scripts: { build: "vite build" } },
    packages: ["vite", "typescript@~6.0.3"],
    command: ["run", "build"],
    changed: /Changed vite\.config\.ts: the plugin for vite/,
    log: (project) => project.print("out/main.mjs"),
  },
  webpack: {
    files: {
      "tsconfig.json": compilerOptions
        .replace("NodeNext", "ESNext")
        .replace('"types"', '"moduleResolution": "Bundler",\n    "types"'),
      "webpack.config.js": `const path = require("node:path");

module.exports = {
  mode: "development",
  entry: "./src/main.ts",
  output: { path: path.resolve(__dirname, "out"), filename: "main.cjs" },
  resolve: { extensions: [".ts", ".js"], extensionAlias: { ".js": [".ts", ".js"] } },
  module: { rules: [{ test: /\\.ts$/, use: "ts-loader" }] },
};
`,
      "build.js": `require("webpack")(require("./webpack.config.js"), (error, stats) => { console.log(error ?? stats.toString()); process.exitCode = error || stats.hasErrors() ? 1 : 0; });\n`,
    },
    manifest: { scripts: { build: "node build.js" } },
    packages: ["webpack", "ts-loader", "typescript@~6.0.3"],
    command: ["run", "build"],
    changed: /Changed webpack\.config\.js: the transformer for ts-loader/,
    log: (project) => project.print("out/main.cjs"),
  },
  jest: {
    files: {
      "tsconfig.json": `{ "compilerOptions": { "target": "ES2022", "module": "CommonJS", "moduleResolution": "Bundler", "isolatedModules": true, "esModuleInterop": true, "types": ["jest", "node"] } }\n`,
      "jest.config.js": `/** Ours. */\nmodule.exports = {\n  preset: "ts-jest",\n  moduleNameMapper: { "^(\\\\.{1,2}/.*)\\\\.js$": "$1" },\n};\n`,
      "test/a.test.ts": sampleTest,
    },
    manifest: { scripts: { test: "jest" } },
    packages: ["jest", "ts-jest", "@types/jest", "@types/node", "typescript@~6.0.3"],
    command: ["test"],
    changed: /Changed jest\.config\.js: the transformer for ts-jest/,
    log: (project) => project.read("log.txt"),
  },
};

describe("aclose init in a fresh project", function () {
  this.timeout(300_000);
  const newProject = projectsOfTests();
  let tarballs: string;
  let tarball: string;
  before(() => {
    tarballs = mkdtempSync(join(tmpdir(), "aclose-pack-"));
    const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", tarballs];
    execFileSync("npm", pack, { cwd: root, stdio: "ignore" });
    tarball = join(tarballs, readdirSync(tarballs)[0] as string);
  });
  after(() => rmSync(tarballs, { recursive: true, force: true }));

  function npm(project: Project, ...args: readonly string[]): string {
    return execFileSync("npm", args, { cwd: project.folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }
  function aclose(project: Project, ...args: string[]) {
    return project.node("node_modules/aclose/dist/cjs/integrations/cli/main.js", ...args);
  }
  function install({ files, manifest, packages }: Case): Project {
    const project = newProject({
      ...sample,
      ...files,
      "package.json": `${JSON.stringify({ name: "user", private: true, ...manifest }, null, 4)}\n`,
    });
    rmSync(join(project.folder, "node_modules"), { recursive: true });
    npm(project, "install", "--prefer-offline", "--no-audit", "--no-fund", tarball, ...packages);
    return project;
  }

  for (const [name, each] of Object.entries(cases)) {
    it(`${name}: its own command builds compiled code; a second run changes nothing`, () => {
      const project = install(each);
      const texts = () =>
        readdirSync(project.folder)
          .filter((file) => /\.(json|[jt]s)$/.test(file) && file !== "package-lock.json")
          .map((file) => readFileSync(join(project.folder, file), "utf8"));
      const before = texts();
      expect(aclose(project, "init", "--dry-run").output).to.match(
        new RegExp(each.changed.source.replace("Changed", "Would change")),
      );
      expect(texts()).to.deep.equal(before);
      const { status, output } = aclose(project, "init");
      expect(status, output).to.equal(0);
      expect(output).to.match(each.changed);
      npm(project, ...each.command);
      expect(each.log(project)).to.equal(sampleLog);
      const after = texts();
      expect(aclose(project, "init").output).to.contain("Nothing to do: aclose is set up.");
      expect(texts()).to.deep.equal(after);
      for (const comment of ["// What the project had before.", "/* sources */", "// Ours.", "/** Ours. */"])
        expect(after.join().includes(comment), comment).to.equal(before.join().includes(comment));
      const doctor = aclose(project, "doctor");
      expect(doctor.status, doctor.output).to.equal(0);
      expect(doctor.output).not.to.contain("problem");
    });
  }
});
