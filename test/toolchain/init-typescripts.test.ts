/** Which TypeScript compiles a project, where there are several, and what `aclose init` and `aclose doctor` make of each. */

import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { examine } from "../../integrations/cli/init/checks.js";
import { inspect } from "../../integrations/cli/init/project.js";
import { told } from "./told.js";

describe("the TypeScript that init and doctor find", () => {
  it("the TypeScript whose tsc is run, beside one in its place that is only an API", async () => {
    const tsconfig = { "tsconfig.json": '{ "compilerOptions": { "outDir": "dist" } }' };
    const devDependencies = {
      typescript: "npm:@typescript/typescript6@^6.0.2",
      "@typescript/native": "npm:typescript@^7.0.2",
    };
    const found = await told(["tsc"], [], tsconfig, { devDependencies });
    expect(JSON.parse(found.texts.get("package.json")!)).to.deep.include({
      scripts: { s0: "tsc && aclose build --in-place dist" },
      devDependencies,
    });
    expect(found.changed).to.deep.equal(["package.json"]);
    const catalogued = { typescript: "catalog:", "ts-patch": "catalog:dev" };
    const alone = await told(["tsc"], [], tsconfig, { devDependencies: catalogued });
    expect(alone.changed).to.include("tsconfig.json");
    expect(JSON.parse(alone.texts.get("package.json")!).devDependencies).to.deep.equal(catalogued);
    const files = { ...tsconfig, "node_modules/typescript/package.json": "{" };
    const { advice, changed } = await told(["tsc"], [], files, { devDependencies: { typescript: "catalog:" } });
    expect(advice).to.deep.equal([
      'Which TypeScript "catalog:" means is known once it is there: run `npm install`, then `npx aclose init` again.',
    ]);
    expect(changed).to.deep.equal([]);
  });

  it("a range that several fit, of which the installation takes one", async () => {
    const files = { "tsconfig.json": "{}", "node_modules/typescript/package.json": "{" };
    for (const range of [">=4.7", "<7", ">=5.9 <7", "^5 || ^6", "5 - 6"]) {
      const { advice, changed } = await told(["tsc"], [], files, { devDependencies: { typescript: range } });
      expect(advice.join(), range).to.contain(`Which TypeScript "${range}" means is known once it is there`);
      expect(changed, range).to.deep.equal([]);
    }
    for (const range of ["npm:typescript@5.9.3", "v5.9.2", "5.9.x", "= 5.9.2"]) {
      const { texts } = await told(["tsc"], [], files, { devDependencies: { typescript: range } });
      expect(JSON.parse(texts.get("package.json")!).devDependencies["ts-patch"], range).to.equal("^3.3.0");
    }
  });

  it("scripts that run ts-patch, which TypeScript 7 has left behind", async () => {
    const scripts = {
      prepare: "ts-patch install -s && husky",
      build: "tspc -p . && node copy.js",
      dev: "tspc --watch",
    };
    const files = {
      "tsconfig.json": '{ "compilerOptions": { "outDir": "dist" } }',
      "node_modules/typescript/package.json": '{ "version": "7.0.2" }',
      "node_modules/@typescript/old/package.json": '{ "version": "6.0.3" }',
      "node_modules/@typescript/old/bin/tsc": "",
    };
    const packages = { typescript: "7", "@typescript/typescript6": "6" };
    const more = { scripts, devDependencies: { ...packages, "ts-patch": "4" } };
    const { texts, findings } = await told([], [], files, more);
    expect(JSON.parse(texts.get("package.json")!)).to.deep.include({
      scripts: {
        prepare: "husky",
        build: "tsc -p . && aclose build --in-place dist && node copy.js",
        dev: "tsc --watch",
      },
      devDependencies: packages,
    });
    expect(findings[0]).to.match(/^bad: ts-patch, .* fails with TypeScript 7\.0\.2 \("prepare", "build", "dev"\)/);
    const patched = await told([], [], files, { scripts: { prepare: "ts-patch install", build: "tspc" } });
    expect(JSON.parse(patched.texts.get("package.json")!).scripts).to.deep.equal({
      build: "tsc && aclose build --in-place dist",
    });
    const own = { postinstall: "husky && npx ts-patch install -s", build: "npm run old-tspc" };
    const kept = await told([], [], files, { scripts: own, devDependencies: packages });
    expect(JSON.parse(kept.texts.get("package.json")!).scripts).to.deep.equal({ ...own, postinstall: "husky" });
    expect(kept.findings[0]).to.contain('("postinstall")');
  });

  it("scripts by which TypeScript 7 writes as long as they run", async () => {
    const files = {
      "tsconfig.json": '{ "compilerOptions": { "outDir": "dist" } }',
      "node_modules/typescript/package.json": '{ "version": "7.0.2" }',
    };
    const packages = { devDependencies: { typescript: "7", "@typescript/typescript6": "6" } };
    const about = async (...more: string[]) => {
      const scripts = ["tsc && aclose build --in-place dist", "tsc --noEmit --watch", ...more];
      const { advice, findings } = await told(scripts, [], files, packages);
      return [...advice, ...findings.filter((each) => each.startsWith("note: nothing"))];
    };
    for (const script of ["tsc --watch", "concurrently 'tsc -p . -w' 'node --watch dist'", "tsgo -w"]) {
      expect(await about(script), script).to.deep.equal([
        'TypeScript 7 has no plugins: run `aclose build --in-place --watch dist` beside "s2".',
        'note: nothing compiles what tsc writes by "s2": run `npx aclose init`.',
      ]);
      expect(await about(script, "aclose build --in-place --watch dist"), script).to.deep.equal([]);
    }
    expect(await about("vue-tsc --watch", "tsc && node --watch dist")).to.deep.equal([]);
  });

  it("a TypeScript that is too old to be read with: another comes along", async () => {
    const notInstalled = { "node_modules/typescript/package.json": "{}" };
    const isAdded = async (typescript: string) =>
      (await told([], [], notInstalled, { devDependencies: { typescript } })).texts
        .get("package.json")
        ?.includes("typescript6");
    for (const old of ["^4.9.5", "3.8", "5.2.2", "~5.0.4"]) expect(await isAdded(old), old).to.equal(true);
    for (const other of ["^5.0.0", "5.3.3", "^6", "latest"]) expect(await isAdded(other), other).not.to.equal(true);
  });

  it("a command that npm takes from another TypeScript", async function () {
    if (process.platform === "win32") this.skip();
    const { folder } = await told(["tsc && aclose build --in-place dist"], [], {
      "tsconfig.json": '{ "compilerOptions": { "outDir": "dist" } }',
      "node_modules/typescript/package.json": '{ "version": "7.0.2" }',
      "node_modules/@typescript/old/package.json": '{ "version": "6.0.3" }',
      "node_modules/@typescript/old/bin/tsc": "",
      "node_modules/.bin/other": "",
    });
    symlinkSync("../@typescript/old/bin/tsc", join(folder, "node_modules/.bin/tsc"));
    const notes = (await examine(inspect(folder))).filter(({ kind }) => kind === "note");
    expect(notes.map(({ text }) => text)).to.deep.equal([
      "`tsc` in a script is that of TypeScript 6.0.3, which npm prefers to that of 7.0.2: `node node_modules/typescript/bin/tsc` is this.",
    ]);
  });

  it("tools that take another TypeScript than the one that is patched", async () => {
    const nested = (place: string, version: string) => ({ [`${place}/package.json`]: JSON.stringify({ version }) });
    const own = "node_modules/@strapi/typescript-utils";
    const files = { "tsconfig.json": "{}", ...nested("node_modules/@strapi/strapi", "5.0.0"), ...nested(own, "5.0.0") };
    const bad = async (more: object) => (await told(["strapi build"], [], { ...files, ...more })).findings.join("\n");
    expect(await bad(nested(`${own}/node_modules/typescript`, "5.9.3"))).to.contain(
      `bad: strapi compiles with a TypeScript of its own (5.9.3, ${own}/node_modules/typescript), and not with the one that is patched: install typescript 5.9.3`,
    );
    expect(await bad({})).not.to.contain("of its own");
  });

  it("a library of Angular has the runtime from who installs it: ng-packagr refuses its own dependencies", async () => {
    const library = {
      "projects/rows/package.json": '{ "name": "rows" }',
      "projects/rows/ng-package.json": "{}",
      "projects/rows/tsconfig.lib.json": "{}",
      "tsconfig.json": '{ "files": [], "references": [{ "path": "./projects/rows/tsconfig.lib.json" }] }',
    };
    const { texts } = await told(["ng build rows"], [], library);
    const peer = { peerDependencies: { aclose: "^0.1.0" } };
    expect(JSON.parse(texts.get("projects/rows/package.json")!)).to.deep.equal({ name: "rows", ...peer });
    const alone = { "ng-package.json": "{}", "tsconfig.json": "{}" };
    const own = await told(["ng-packagr -p ng-package.json"], [], alone, { dependencies: {} });
    expect(JSON.parse(own.texts.get("package.json")!)).to.deep.include({ dependencies: {}, ...peer });
    expect(own.advice).to.deep.equal([]);
    const asked = { dependencies: {}, devDependencies: { aclose: "^0.1.0" }, ...peer };
    const { folder, texts: kept } = await told(["tsc"], [], { "tsconfig.json": "{}" }, asked);
    expect(JSON.parse(kept.get("package.json")!)).to.deep.include({ ...peer, dependencies: {} });
    const said = (await examine(inspect(folder))).map(({ text }) => text);
    expect(said.filter((text) => text.includes("belongs in dependencies"))).to.deep.equal([]);
  });

  it("tsgo is a TypeScript 7, also beside an earlier one that checks types", async () => {
    const scripts = { build: "tsgo -p . && node copy.js", types: "tsc" };
    const devDependencies = { typescript: "5", "@typescript/native-preview": "7" };
    const program = "node_modules/@typescript/native-preview";
    const files = {
      "tsconfig.json": '{ "compilerOptions": { "outDir": "dist" } }',
      [`${program}/package.json`]: '{ "version": "7.0.0-dev.1" }',
      [`${program}/bin/tsgo.js`]: "",
      "node_modules/.bin/other": "",
    };
    const typed = { scripts: { ...scripts, types: "tsc --noEmit" }, devDependencies };
    const { folder, texts, changed } = await told([], [], files, typed);
    expect(changed).to.deep.equal(["package.json"]);
    expect(JSON.parse(texts.get("package.json")!).scripts.build).to.equal(
      "tsgo -p . && aclose build --in-place dist && node copy.js",
    );
    symlinkSync(join("../../", program, "bin/tsgo.js"), join(folder, "node_modules/.bin/tsgo"));
    const said = (await examine(inspect(folder))).map(({ text }) => text);
    expect(said.at(-1)).to.contain("TypeScript 7.0.0-dev.1 has no plugins, and no script runs `aclose build`");
    expect(said.join()).not.to.contain("in a script is that of");
    const both = await told([], [], files, { scripts, devDependencies });
    expect(both.changed).to.deep.equal(["package.json", "tsconfig.json"]);
  });

  it("jest-preset-angular compiles in place of ts-jest, with tsc's plugins", async () => {
    const packages = ["ts-jest", "jest-preset-angular"];
    for (const jest of [
      'preset: "jest-preset-angular"',
      'transform: { "^.+\\\\.(ts|html)$": ["jest-preset-angular", {}] }',
    ]) {
      const files = { "jest.config.js": `export default { ${jest} };\n`, "tsconfig.json": "{}" };
      const { changed, advice } = await told(["jest"], packages, files);
      expect(changed, jest).to.deep.equal(["package.json", "tsconfig.json"]);
      expect(advice, jest).to.deep.equal([]);
    }
  });
});
