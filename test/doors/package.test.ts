/** The package as a user gets it: packed, installed in an empty folder, used as ES module, CommonJS and script. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { expect } from "chai";
import { version } from "../../transformer/version.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  version: string;
  exports: Record<string, unknown>;
  devDependencies: Record<string, string>;
};

describe("the installed package", function () {
  this.timeout(180_000);
  let folder: string;

  function run(command: string, args: readonly string[]): string {
    return execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  }
  const commonJs = (code: string): unknown => JSON.parse(run("node", ["-e", code]));
  const esModule = (code: string): unknown => JSON.parse(run("node", ["--input-type=module", "-e", code]));

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "aclose-package-"));
    writeFileSync(join(folder, "package.json"), '{ "name": "user", "private": true }\n');
    const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
    execFileSync("npm", pack, { cwd: root, stdio: "ignore" });
    const [tarball = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    run("npm", [
      "install",
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      `./${tarball}`,
      `typescript@${manifest.devDependencies.typescript}`,
    ]);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const source = "export async function* count() { 'use aclose'; yield 1; }";
  const use = `console.log(JSON.stringify([typeof transformer, typeof createTransformer, transform(${JSON.stringify(source)}, { fileName: "a.ts" })]))`;

  it("compiles, through require", () => {
    const [plugin, create, result] = commonJs(
      `const { default: transformer, createTransformer, transform } = require("aclose/transformer"); ${use}`,
    ) as [string, string, { code: string; functions: { rewritten: boolean }[] }];
    expect([plugin, create]).to.deep.equal(["function", "function"]);
    expect(result.functions.map(({ rewritten }) => rewritten)).to.deep.equal([true]);
    expect(result.code).not.to.contain("function*");
  });

  it("compiles, through import", () => {
    const [plugin, create, result] = esModule(
      `import transformer, { createTransformer, transform } from "aclose/transformer"; ${use}`,
    ) as [string, string, { code: string; functions: { rewritten: boolean }[] }];
    expect([plugin, create]).to.deep.equal(["function", "function"]);
    expect(result.functions.map(({ rewritten }) => rewritten)).to.deep.equal([true]);
    expect(result.code).not.to.contain("function*");
  });

  for (const entry of ["aclose", "aclose/runtime", "aclose/transformer"]) {
    it(`${entry} has one instance for import and require, with the same names`, () => {
      const [same, imported, required] = esModule(`
        import * as imported from "${entry}";
        import { createRequire } from "node:module";
        const required = createRequire(process.cwd() + "/x.js")("${entry}");
        const names = Object.keys(required).filter((name) => name !== "__esModule").sort();
        const importedNames = Object.keys(imported).filter((name) => name !== "module.exports").sort();
        console.log(JSON.stringify([names.every((name) => imported[name] === required[name]), importedNames, names]));
      `) as [boolean, string[], string[]];
      expect(same).to.equal(true);
      expect(imported).to.deep.equal(required);
      expect(required).not.to.deep.equal([]);
    });
  }

  it("runs what it compiled", () => {
    const code = commonJs(
      `console.log(JSON.stringify(require("aclose/transformer").transform(${JSON.stringify(source)}, { fileName: "a.ts", sourceMap: false }).code))`,
    ) as string;
    writeFileSync(join(folder, "count.mjs"), code);
    expect(
      esModule(`import { count } from "./count.mjs"; console.log(JSON.stringify(await count().next()))`),
    ).to.deep.equal({
      value: 1,
      done: false,
    });
  });

  for (const way of ["delete", "throw"]) {
    it(`runs where __proto__ is disabled, by --disable-proto=${way}`, () => {
      const text = "async function* first(value) { 'use aclose'; yield await value; yield value; } first";
      writeFileSync(
        join(folder, "first.cjs"),
        commonJs(
          `console.log(JSON.stringify(require("aclose/transformer").transform(${JSON.stringify(text)}, { fileName: "a.cjs", module: "cjs", sourceMap: false }).code))`,
        ) + "; (async () => { for await (const each of first(Promise.resolve(1))) console.log(each); })();",
      );
      expect(run("node", [`--disable-proto=${way}`, "first.cjs"])).to.equal("1\n1");
    });
  }

  it("aclose/global defines __aclose, through require, through import and as a script of another realm", () => {
    const names = "console.log(JSON.stringify(Object.keys(globalThis.__aclose).sort()))";
    const required = commonJs(`require("aclose/global"); ${names}`) as string[];
    expect(required).to.include.members(["ABI_VERSION", "requireAbi", "declare", "define"]);
    expect(esModule(`import "aclose/global"; ${names}`)).to.deep.equal(required);
    const realm = createContext({});
    runInContext(readFileSync(join(folder, "node_modules/aclose/dist/aclose.global.js"), "utf8"), realm);
    expect(runInContext("Object.keys(__aclose).sort().join()", realm)).to.equal(required.join());
  });

  it("is strict code, as its modules are: a receiver comes as it is", () => {
    const dist = join(folder, "node_modules/aclose/dist");
    const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) =>
      /^(?!esm).*\.c?js$/.test(name),
    );
    const isSloppy = (name: string): boolean =>
      !/^(?:#!.*\n)?"use strict"/.test(readFileSync(join(dist, name), "utf8"));
    expect(files.filter(isSloppy)).to.deep.equal([]);
    const message = "try { anext(5); } catch (error) { console.log(JSON.stringify(error.message)); }";
    const expected = "'number' object is not an async iterator";
    expect(commonJs(`const { anext } = require("aclose"); ${message}`)).to.equal(expected);
    expect(esModule(`import { anext } from "aclose"; ${message}`)).to.equal(expected);
  });

  // Rolldown 1.0 and earlier names what it bundles like this: such a variable hid the file that it is to hold.
  it("has no variable in the CommonJS runtime that is named like a bundled file", () => {
    const dist = join(folder, "node_modules/aclose/dist/cjs/runtime");
    const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
    expect(files).to.include("runtime.js");
    const named = files.filter((name) => /\b(?:const|let|var) require_/.test(readFileSync(join(dist, name), "utf8")));
    expect(named).to.deep.equal([]);
  });

  it("has a runtime that React Native's Babel preset takes, which fails at static blocks", () => {
    const dist = join(folder, "node_modules/aclose/dist/esm/runtime");
    const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
    expect(files).to.include("runtime.js");
    expect(files.filter((name) => /^\s*static \{/m.test(readFileSync(join(dist, name), "utf8")))).to.deep.equal([]);
  });

  /** What the installed TypeScript says of programs, which see no types but the package's. */
  function typeScriptSays(programs: Readonly<Record<string, string>>, ...flags: readonly string[]): string {
    for (const [name, code] of Object.entries(programs)) writeFileSync(join(folder, name), code);
    const options = ["--strict", "--noEmit", "--module", "nodenext"];
    return run("npx", ["tsc", ...options, ...flags, ...Object.keys(programs)]);
  }
  const library = (version: string): string[] => ["--target", version, "--lib", `${version},dom`];

  it("has types for every entry, as ES module and as CommonJS", () => {
    const entries = Object.keys(manifest.exports).filter((name) => name !== "./package.json");
    const imports = (names: readonly string[]): string =>
      names
        .map((name, index) =>
          name === "./global"
            ? 'import "aclose/global"; __aclose.requireAbi(__aclose.ABI_VERSION);\n'
            : `import * as m${index} from "aclose${name.slice(1)}"; m${index};\n`,
        )
        .join("");
    // Vitest itself cannot be required.
    const required = entries.filter((name) => name !== "./testing/vitest");
    const files = { "use.mts": imports(entries), "use.cts": imports(required) };
    expect(typeScriptSays(files, ...library("es2022"))).to.equal("");
  });

  it("has types of the runtime that need no more than the library of ES2015 and the DOM's", () => {
    const entries = ["", "/runtime", "/report", "/testing", "/testing/mocha", "/testing/jest", "/testing/node-test"];
    const code = entries.map((name) => `import "aclose${name}";\n`).join("");
    expect(typeScriptSays({ "use.mts": code }, ...library("es2015"))).to.equal("");
  });

  const checked = (code: string, ...flags: string[]): string =>
    typeScriptSays({ "checked.mts": code }, "--target", "es2022", ...flags);

  it("takes options that are undefined where they may be missing", () => {
    const options = {
      aclose: ["interrupt", "timeoutMs"].map((key) => `await aclose(g, { ${key}: undefined });`),
      configure: ["onError", "onWarning", "captureCreationStack", "warnNeverAwaited"].map(
        (key) => `configureAsyncGenerators({ ${key}: undefined });`,
      ),
      others: [
        "new AsyncGeneratorScope({ interrupt: undefined });",
        "await shutdownAsyncGenerators({ interrupt: undefined, timeoutMs: undefined, background: undefined, rounds: undefined });",
        "reportOpenAsyncGenerators({ signal: undefined, write: undefined });",
        "await assertNoLeaks({}, { faults: undefined, maxItems: undefined, maxPoints: undefined, timeoutMs: undefined });",
        'transform("", { ticks: undefined, rules: undefined });',
      ],
    };
    const code = `
      import { aclose, AsyncGeneratorScope, configureAsyncGenerators, reportOpenAsyncGenerators, shutdownAsyncGenerators } from "aclose";
      import { assertNoLeaks } from "aclose/testing";
      import { transform } from "aclose/transformer";
      declare const g: AsyncGenerator<number>;
      ${Object.values(options).flat().join("\n")}`;
    expect(checked(code, "--exactOptionalPropertyTypes")).to.equal("");
  });

  it("has types that follow those of the generator", () => {
    const code = `
      import { aclose, asend, type CloseOptions, isCompiledAsyncGenerator } from "aclose";
      declare const g: AsyncGenerator<number, void, undefined>;
      declare const averager: AsyncGenerator<number, void, number | undefined>;
      declare const options: CloseOptions | undefined;
      await asend(averager, 1) satisfies number;
      // @ts-expect-error: its yield gives nothing
      asend(g, 1);
      if (!isCompiledAsyncGenerator(g)) await g.return();
      const unknown: unknown = g;
      if (isCompiledAsyncGenerator(unknown)) await unknown.aclose();
      const how: string | void = (await aclose(g, options)) ?? (await g.aclose(options));`;
    expect(checked(code)).to.equal("");
  });

  it("has types that turn down what throws", () => {
    const code = `
      import { aclose } from "aclose";
      import { transform } from "aclose/transformer";
      // @ts-expect-error: it has neither return nor aclose
      aclose({ close: async () => {} });
      // @ts-expect-error: there is no such rule
      transform("", { rules: { "no-such-rule": "warn" } });`;
    expect(checked(code)).to.equal("");
  });

  it("has types for what a program imports where TypeScript does not read exports", () => {
    const entries = ["aclose", "aclose/runtime", "aclose/testing", "aclose/report"];
    const code = entries.map((entry, index) => `export * as m${index} from "${entry}";`).join("\n");
    const flags = ["--module", "commonjs", "--moduleResolution", "node10", "--ignoreDeprecations", "6.0"];
    expect(checked(code, ...flags)).to.equal("");
  });

  it("has types for bundlers that need no types of TypeScript's, which TypeScript 7 does not have", () => {
    const files = checked('import "aclose/unplugin"; import "aclose/unplugin/vite";', "--listFiles");
    expect(files).to.contain("aclose/dist/esm/integrations/unplugin/types.d.ts");
    expect(files).not.to.contain("typescript/lib/typescript.d.ts");
  });

  it("has the command line", () => {
    expect(run("npx", ["aclose", "--version"])).to.equal(manifest.version);
    expect(version).to.equal(manifest.version);
  });

  /** Runs `test` with the installed TypeScript moved to another place in node_modules. */
  function withTypeScriptAt(place: string, test: () => void): void {
    const [from, to] = [join(folder, "node_modules/typescript"), join(folder, "node_modules", place)];
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
    try {
      test();
    } finally {
      rmSync(from, { recursive: true, force: true });
      renameSync(to, from);
    }
  }

  it("says what to install when there is no TypeScript with an API, and runs without one", () => {
    withTypeScriptAt(".away", () => {
      expect(commonJs('console.log(typeof require("aclose/runtime").ABI_VERSION === "number")')).to.equal(true);
      expect(() => run("node", ["-e", 'require("aclose/transformer").transform("")'])).to.throw(
        /^Error: aclose needs a TypeScript .*Install typescript 5\.9 or 6\.0.*^ {2}code: 'ACLOSE_NO_TYPESCRIPT'/ms,
      );
    });
  });

  it("takes @typescript/typescript6 where typescript has no API, or not enough of it", () => {
    withTypeScriptAt("@typescript/typescript6", () => {
      const without = join(folder, "node_modules/typescript");
      mkdirSync(without);
      const other = (version: string, rest: string) => {
        writeFileSync(join(without, "package.json"), `{ "name": "typescript", "version": "${version}" }`);
        writeFileSync(join(without, "index.js"), `exports.version = "${version}"; ${rest}`);
      };
      other("4.9.5", "exports.createSourceFile = () => undefined;");
      expect(commonJs('console.log(require("aclose/transformer").typescript.version[0] === "6")')).to.equal(true);
      expect(() =>
        run("node", ["-e", 'require("aclose/transformer").createTransformer(require("typescript"), {})']),
      ).to.throw(/typescript 4\.9\.5 has no such API/);
      other("7.0.0", "");
      expect(
        commonJs(
          `const { transform } = require("aclose/transformer"); ${use.replace("typeof transformer, typeof createTransformer, ", "")}`,
        ),
      ).to.have.length(1);
    });
  });

  it("goes into a bundle for the browser, with nothing of Node's and only what is used", async () => {
    const { build } = await import("esbuild");
    const bundle = async (code: string) => {
      const { outputFiles } = await build({
        stdin: { contents: code, resolveDir: folder },
        bundle: true,
        minify: true,
        write: false,
        format: "esm",
        platform: "browser",
      });
      return outputFiles[0]?.text ?? "";
    };
    const everything = await bundle('import * as all from "aclose"; console.log(all);');
    expect(everything.length).to.be.greaterThan(1000);
    expect(everything).not.to.match(/\brequire\(/);
    expect(
      (await bundle('import { ABI_VERSION } from "aclose/runtime"; console.log(ABI_VERSION);')).length,
    ).to.be.lessThan(3000);
    expect((await bundle('import "aclose/global";')).length).to.be.greaterThan(1000);
  });
});
