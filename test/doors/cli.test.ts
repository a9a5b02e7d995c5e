import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { expect } from "chai";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const main = join(root, "dist/cjs/integrations/cli/main.js");

const generator =
  "export async function* count(n: number) {\n  'use aclose';\n  for (let i = 0; i < n; i++) yield i;\n}\n";
const plain = "export const a: number = 1;\n";
const broken = '"use aclose";\nexport const a = ;\n';

describe("the command line", function () {
  this.timeout(20_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "aclose-cli-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function put(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }
  function aclose(...args: string[]) {
    const { status, stdout, stderr } = spawnSync("node", [main, ...args], { cwd: folder, encoding: "utf8" });
    return { status, stdout, stderr };
  }
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");

  it("builds into a folder, keeping places, and copies what has nothing to compile", () => {
    put({ "src/a.ts": generator, "src/deep/b.ts": plain, "src/node_modules/c.ts": plain });
    expect(aclose("build", "src", "--out-dir", "out")).to.deep.equal({ status: 0, stdout: "", stderr: "" });
    expect(readdirSync(join(folder, "out"), { recursive: true }).sort()).to.deep.equal([
      "a.ts",
      "a.ts.map",
      "deep",
      "deep/b.ts",
    ]);
    expect(read("out/deep/b.ts")).to.equal(plain);
    expect(read("out/a.ts")).not.to.contain("function*");
    expect(read("out/a.ts")).to.match(/\n\/\/# sourceMappingURL=a\.ts\.map\n$/);
    expect(JSON.parse(read("out/a.ts.map"))).to.deep.include({
      file: "a.ts",
      sources: ["../src/a.ts"],
      sourcesContent: [generator],
    });
    expect(read("src/a.ts")).to.equal(generator);
  });

  it("leaves declarations alone, also those that are to be a syntax error for old compilers", () => {
    const wrong = "declare const 1;\n";
    const declarations = { "types/a.d.ts": wrong, "types/b.d.mts": wrong, "types/c.d.json.ts": wrong };
    put({ ...declarations, "types/d.ts": generator });
    const build = ["build", "types", "--include", "all", "--module", "esm", "--out-dir", "typed"];
    expect(aclose(...build)).to.deep.equal({ status: 0, stdout: "", stderr: "" });
    for (const [name, text] of Object.entries(declarations))
      expect(read(name.replace("types", "typed"))).to.equal(text);
    expect(read("typed/d.ts")).not.to.contain("function*");
  });

  it("builds in place, only what changes, keeping permissions, byte order marks and links", () => {
    put({ "a.ts": `#!/usr/bin/env node\n${generator}`, "real/b.ts": `\ufeff${generator}`, "c.ts": plain });
    chmodSync(join(folder, "a.ts"), 0o755);
    symlinkSync("real/b.ts", join(folder, "b.ts"));
    const before = statSync(join(folder, "c.ts")).mtimeMs;
    expect(aclose("build", "--in-place", "--source-map", "false", "a.ts", "b.ts", "c.ts")).to.include({
      status: 0,
      stderr: "",
    });
    expect(read("a.ts"))
      .to.match(/^#!\/usr\/bin\/env node\n/)
      .and.not.to.contain("function*");
    expect(statSync(join(folder, "a.ts")).mode & 0o777).to.equal(0o755);
    expect(read("real/b.ts"))
      .to.match(/^\ufeff[^\ufeff]*$/)
      .and.not.to.contain("function*");
    expect(statSync(join(folder, "c.ts")).mtimeMs).to.equal(before);
    expect(readdirSync(folder).sort()).to.deep.equal(["a.ts", "b.ts", "c.ts", "real"]);
  });

  it("writes a map beside the file that a link leads to, in place and in the output folder", () => {
    put({ "real/a.ts": generator, "src/b.ts": generator, "kept/b.ts": "", "out/c.ts": "" });
    mkdirSync(join(folder, "links"));
    symlinkSync("../real/a.ts", join(folder, "links/a.ts"));
    symlinkSync("../kept/b.ts", join(folder, "out/b.ts"));
    expect(aclose("build", "links", "--in-place")).to.deep.equal({ status: 0, stdout: "", stderr: "" });
    expect(aclose("build", "src", "--out-dir", "out").status).to.equal(0);
    expect(JSON.parse(read("real/a.ts.map")).sources).to.deep.equal(["a.ts"]);
    expect(JSON.parse(read("kept/b.ts.map")).sources).to.deep.equal(["../src/b.ts"]);
    expect(readdirSync(join(folder, "links"))).to.deep.equal(["a.ts"]);
    expect(readdirSync(join(folder, "out"))).to.deep.equal(["b.ts", "c.ts"]);
  });

  it("leads its map through the map of the input", () => {
    const first = {
      version: 3,
      sources: ["first.ts"],
      sourcesContent: ["0\n".repeat(9)],
      names: [],
      mappings: "AAAA;AACA;AACA;AACA",
    };
    put({
      "a.js": `${generator.replace(": number", "")}//# sourceMappingURL=a.js.map\n`,
      "a.js.map": JSON.stringify(first),
    });
    expect(aclose("build", "--in-place", "a.js")).to.include({ status: 0, stderr: "" });
    const map = JSON.parse(read("a.js.map"));
    expect(map.sources).to.deep.equal(["first.ts"]);
    expect(read("a.js").match(/sourceMappingURL/g)).to.have.length(1);
    const lines = read("a.js").split("\n");
    const line = lines.findIndex((text) => text.includes("count(n")) + 1;
    expect(
      originalPositionFor(new TraceMap(map), { line, column: lines[line - 1]?.indexOf("count(n") ?? 0 }),
    ).to.include({ line: 1 });
  });

  it("reads the sources of a map in another folder as that folder's", () => {
    const map = { version: 3, sources: ["../../../src/first.ts"], names: [], mappings: "AAAA;AACA" };
    const url = "//# sourceMappingURL=../maps/deep/er/a.js.map\n";
    put({
      "dist/a.js": generator.replace(": number", "") + url,
      "dist/b.js": `void 0;\n${url}`,
      "maps/deep/er/a.js.map": JSON.stringify(map),
    });
    expect(aclose("build", "dist", "--out-dir", "out/deep")).to.include({ status: 0, stderr: "" });
    for (const name of ["a", "b"])
      expect(JSON.parse(read(`out/deep/${name}.js.map`)).sources, name).to.deep.equal(["../../src/first.ts"]);
  });

  it("compiles once more what it has compiled in place, whose map has the file's own name", () => {
    put({ "a.js": generator.replace(": number", "") });
    expect(aclose("build", "--in-place", "a.js")).to.include({ status: 0, stderr: "" });
    put({ "a.js": read("a.js").replace("export ", `${generator.replace("count(n: number", "more(n")}export `) });
    expect(aclose("build", "--in-place", "a.js")).to.include({ status: 0, stderr: "" });
    expect(JSON.parse(read("a.js.map")).sources).to.deep.equal(["a.js"]);
  });

  it("copies a file with the map that it names, which leads to where it did", () => {
    const map = { version: 3, sources: ["../first.ts"], names: [], mappings: "AAAA" };
    put({
      "copied/src/a.js": "void 0;\n//# sourceMappingURL=a.js.map\n",
      "copied/src/a.js.map": JSON.stringify(map),
      "copied/src/b.js": "void 0;\n//# sourceMappingURL=absent.js.map\n",
    });
    expect(aclose("build", "copied/src", "--out-dir", "copied/out/deep")).to.include({ status: 0, stderr: "" });
    expect(read("copied/out/deep/a.js")).to.equal(read("copied/src/a.js"));
    expect(JSON.parse(read("copied/out/deep/a.js.map"))).to.include({ file: "a.js", mappings: "AAAA" });
    expect(JSON.parse(read("copied/out/deep/a.js.map")).sources).to.deep.equal(["../../first.ts"]);
    expect(read("copied/out/deep/b.js")).to.equal(read("copied/src/b.js"));
  });

  it("keeps addresses of the web in a map, takes one in sections, and one that is none for none", () => {
    const source = generator.replace(": number", "");
    const at = (...sources: string[]) => ({ version: 3, sources, names: [], mappings: "AAAA;AACA", ignoreList: [0] });
    const sections = [{ offset: { line: 0, column: 0 }, map: at("first.ts") }];
    const maps = {
      "a%.js": at("webpack://app/a.ts", "https://a.b/c.ts"),
      "b.js": { version: 3, sections },
      "c#.js": [],
    };
    for (const [name, map] of Object.entries(maps)) {
      const url = `//# sourceMappingURL=${encodeURIComponent(name)}.map\n`;
      put({ [`maps/${name}`]: source + url, [`maps/${name}.map`]: JSON.stringify(map) });
    }
    expect(aclose("build", "maps", "--out-dir", "maps-out")).to.include({ status: 0, stderr: "" });
    const [a, b, c] = Object.keys(maps).map((name) => JSON.parse(read(`maps-out/${name}.map`)));
    expect(a).to.deep.include({ sources: ["webpack://app/a.ts"], ignoreList: [0] });
    expect(b).to.deep.include({ sources: ["../maps/first.ts"], ignoreList: [0] });
    expect(c.sources).to.deep.equal(["../maps/c%23.js"]);
  });

  it("takes only a comment behind all code for that of a map: a template's line is the program's", () => {
    const inline = "export const inline = (url) => `code\n//# sourceMappingURL=${url}\nmore`;\n";
    const last = "export const last = (url) => `\n//# sourceMappingURL=${url}`;\n";
    const map = { version: 3, sources: ["first.ts"], names: [], mappings: "AAAA" };
    put({
      "a.js": `${generator.replace(": number", "")}${inline}//# sourceMappingURL=a.js.map\n//# sourceURL=a.js\n\n`,
      "a.js.map": JSON.stringify(map),
      "b.ts": `${generator}${inline.replace("url", "url: string")}${last.replace("url", "url: string")}`,
    });
    expect(aclose("build", "--in-place", "a.js", "b.ts")).to.include({ status: 0, stderr: "" });
    expect(read("a.js")).to.contain(`${inline}//# sourceURL=a.js\n`);
    expect(read("a.js").match(/sourceMappingURL=a/g)).to.have.length(1);
    expect(JSON.parse(read("a.js.map")).sources).to.deep.equal(["first.ts"]);
    expect(read("b.ts"))
      .to.contain("//# sourceMappingURL=${url}\nmore`")
      .and.to.contain("//# sourceMappingURL=${url}`");
  });

  it("writes nothing at all when one file has an error, and says where", () => {
    put({ "src/a.ts": generator, "src/b.ts": broken });
    const { status, stderr } = aclose("build", "src", "--out-dir", "out");
    expect(status).to.equal(1);
    expect(stderr).to.equal("src/b.ts:2:18 - error TS1109: Expression expected.\n");
    expect(existsSync(join(folder, "out"))).to.equal(false);
    expect(aclose("build", "src", "--in-place").status).to.equal(1);
    expect(read("src/a.ts")).to.equal(generator);
  });

  it("says where a file is not UTF-8, goes on with the others, and passes on one without anything to compile", () => {
    put({ "src/a.ts": broken });
    const latin = Buffer.from(`// caf\xe9\n${plain}`, "latin1");
    writeFileSync(join(folder, "src/latin.ts"), latin);
    writeFileSync(join(folder, "src/b.ts"), Buffer.concat([Buffer.from("/* é */ "), latin, Buffer.from(generator)]));
    writeFileSync(join(folder, "src/utf16.ts"), Buffer.from(`\ufeff${generator}`, "utf16le"));
    const { status, stderr } = aclose("build", "src", "--out-dir", "out");
    expect(status).to.equal(1);
    const said = "error ACLOSE1012: This file is not UTF-8 from here on. Save it as UTF-8.";
    expect(stderr.split("\n")).to.deep.equal([
      "src/a.ts:2:18 - error TS1109: Expression expected.",
      `src/b.ts:1:15 - ${said}`,
      `src/utf16.ts:1:1 - ${said}`,
      "",
    ]);
    expect(aclose("explain", "src/utf16.ts:count")).to.include({ status: 1, stderr: `src/utf16.ts:1:1 - ${said}\n` });
    expect(aclose("build", "src/latin.ts", "--out-dir", "out").status).to.equal(0);
    expect(readFileSync(join(folder, "out/latin.ts"))).to.deep.equal(latin);
    const checkAll = () => aclose("check", "src/latin.ts", "--include", "all").status;
    expect(checkAll()).to.equal(0);
    writeFileSync(join(folder, "src/latin.ts"), Buffer.concat([latin, Buffer.from("async function* f() {}")]));
    expect(checkAll()).to.equal(1);
  });

  it("leaves the file as it was when it cannot be replaced", () => {
    put({ "a.ts": generator, "out/a.ts/in-the-way": "" });
    const { status, stderr } = aclose("build", "a.ts", "--out-dir", "out", "--source-map", "false");
    expect(status).to.equal(2);
    expect(stderr).to.match(/^aclose: cannot write .*a\.ts: /);
    expect(readdirSync(join(folder, "out"))).to.deep.equal(["a.ts"]);
  });

  for (const [what, args, message] of [
    [
      "a wrong option",
      ["check", "a.ts", "--ticks", "fast"],
      'Option "ticks" cannot be "fast". It takes "spec", "fused".',
    ],
    ["no number of threads", ["build", "a.ts", "--in-place", "--jobs", "0"], "It takes a whole number from 1 to 9999"],
    ["no target", ["build", "a.ts"], "say either --out-dir or --in-place"],
    ["two targets", ["build", "a.ts", "--in-place", "--out-dir", "x"], "say either --out-dir or --in-place"],
    ["two runtimes", ["check", "a.ts", "--runtime", "x", "--global", "y"], "say either --runtime or --global"],
    ["nothing but the output folder", ["build", "sub", "--out-dir", "sub"], "in the output folder sub: say --in-place"],
    ["a link to the sources", ["build", "sub", "--out-dir", "link"], "in the output folder link: say --in-place"],
    ["no file", ["build", "none/**", "--in-place"], "no JavaScript or TypeScript files match none/**"],
    ["a name of nothing beside others", ["check", "a.ts", "b.ts"], "no such file or folder: b.ts"],
    ["a dependency", ["build", "node_modules/d.ts", "--in-place"], "d.ts: files in node_modules are left alone"],
    ["a file outside the root", ["build", "a.ts", "--out-dir", "o", "--root-dir", "sub"], "give another --root-dir"],
    ["an unknown flag", ["build", "a.ts", "--in-place", "--fast"], "unknown option '--fast'"],
    ["an unknown command", ["bild"], "unknown command 'bild'"],
    ["no such file", ["explain", "b.ts:f"], "cannot read"],
    ["no function", ["explain", "a.ts:none"], 'a.ts has no async generator function "none". It has: count'],
    ["no function of a name", ["explain", "keys.ts:g"], "It has: count, [Symbol.asyncIterator]"],
    ["no place", ["explain", "a.ts"], '"a.ts" is not of the form file:function'],
    ["two pictures at once", ["explain", "a.ts:count", "--svg", "--html"], "--svg and --html cannot both be printed"],
  ] as const) {
    it(`ends with 2 and a reason: ${what}`, () => {
      const keys = `${generator} use({ async *[Symbol.asyncIterator]() {} }, async function* () {});`;
      put({ "a.ts": generator, "keys.ts": keys, "sub/b.ts": plain, "node_modules/d.ts": plain });
      symlinkSync("sub", join(folder, "link"));
      const { status, stderr } = aclose(...args);
      expect(stderr).to.contain(message).and.not.to.contain("    at ");
      expect(status).to.equal(2);
    });
  }

  it("checks without writing", () => {
    put({ "a.ts": generator, "b.ts": "export async function* f(c: string) { 'use aclose'; yield eval(c); }\n" });
    const { status, stdout, stderr } = aclose("check", ".");
    expect(stdout).to.equal("2 files: 1 function compiled, 1 left native\n");
    expect(stderr).to.match(/^b\.ts:1:\d+ - warning ACLOSE1101: "f" stays a native async generator/);
    expect(status).to.equal(0);
    expect(read("a.ts")).to.equal(generator);
  });

  it("finds a directive in a place where it does nothing, and takes names with brackets for names", () => {
    put({ "src/[id].ts": 'export const a = 1;\n{ "use  aclose"; }\n', "src/b.ts": '{ "use no aclose"; }\n' });
    const { status, stderr } = aclose("check", "src/[id].ts", "src/b.ts");
    expect(stderr).to.match(/^src\/\[id\]\.ts:2:3 - error ACLOSE1004: [^\n]*\nsrc\/b\.ts:1:3 - error ACLOSE1004: /);
    expect(status).to.equal(1);
  });

  it("does not parse a file without anything to compile", () => {
    put({ "a.ts": generator, "b.ts": "export const = 1;\n" });
    expect(aclose("build", ".", "--out-dir", "out")).to.deep.equal({ status: 0, stdout: "", stderr: "" });
    expect(read("out/b.ts")).to.equal("export const = 1;\n");
    const checkAll = () => aclose("check", ".", "--include", "all");
    expect(checkAll().status).to.equal(0);
    put({ "b.ts": "export const = 1;\nasync function* f() {}\n" });
    expect(checkAll().stderr).to.match(/^b\.ts:1:14 - error TS1134: /);
  });

  it("puts the map into the file, led through the map of the input, and touches nothing that stays as it is", () => {
    const map = { version: 3, sources: ["first.ts"], sourcesContent: ["1"], names: [], mappings: "AAAA" };
    const url = (text: string) => `data:application/json;base64,${Buffer.from(text).toString("base64")}`;
    const off = '"use no aclose";\nexport async function* f() {}\n';
    put({
      "a.js": `${generator.replace(": number", "")}//# sourceMappingURL=${url(JSON.stringify(map))}\n`,
      "off.js": off,
    });
    expect(aclose("build", ".", "--in-place", "--source-map", "inline")).to.include({ status: 0, stderr: "" });
    const comments = [...read("a.js").matchAll(/sourceMappingURL=data:application\/json;charset=utf-8;base64,(\S+)/g)];
    expect(comments).to.have.length(1);
    const written = JSON.parse(Buffer.from(comments[0]?.[1] as string, "base64").toString());
    expect(written.sources).to.deep.equal(["first.ts"]);
    expect(read("off.js")).to.equal(off);
    expect(readdirSync(folder).sort()).to.deep.equal(["a.js", "off.js"]);
  });

  // Only Linux has this device, and a full disk cannot be had otherwise.
  (existsSync("/dev/full") ? it : it.skip)(
    "says with its exit code what it found when nobody reads that, and tells when it cannot print",
    () => {
      put({ "bad.ts": broken, "good.ts": generator });
      const bash = (command: string, ...args: string[]) => {
        const { status, stderr } = spawnSync("bash", ["-c", command, "node", main, ...args], {
          cwd: folder,
          encoding: "utf8",
        });
        return [status, stderr];
      };
      const unread = `"$0" "$@" | true; exit \${PIPESTATUS[0]}`;
      expect(bash(unread, "check", "good.ts")).to.deep.equal([0, ""]);
      expect(bash(unread, "check", "bad.ts", "--format", "json")).to.deep.equal([1, ""]);
      expect(bash(unread, "explain", "good.ts:count")).to.deep.equal([0, ""]);
      const full = [2, "aclose: cannot print: ENOSPC: no space left on device, write\n"];
      expect(bash('"$0" "$@" > /dev/full', "check", "good.ts", "--format", "json")).to.deep.equal(full);
      expect(bash('"$0" "$@" > /dev/full', "explain", "good.ts:count", "--svg")).to.deep.equal(full);
      expect(bash('"$0" "$@" 2> /dev/full', "check", "bad.ts")).to.deep.equal([1, ""]);
    },
  );

  it("explains a function", () => {
    put({ "a.ts": generator });
    const { status, stdout, stderr } = aclose("explain", "a.ts:count");
    expect(stderr).to.equal("");
    expect(stdout)
      .to.match(/^count \(a\.ts:1:\d+\)\n/)
      .and.to.match(/\nstate 0: line 3/);
    expect(status).to.equal(0);
  });

  it("explains a function of a script too, which could not be linked", () => {
    put({ "a.js": "async function* f() { yield 1; }" });
    const { stdout, stderr } = aclose("explain", "a.js:f");
    expect(stderr).to.equal("");
    expect(stdout).to.match(/^f \(a\.js:1:1\)\n/);
  });

  it("draws a function: an image, a page, to a file or to the standard output", () => {
    put({ "a.ts": generator });
    const files = aclose("explain", "a.ts:count", "--svg", "out/a.svg", "--html", "out/a.html");
    expect(files).to.deep.equal({ status: 0, stdout: "", stderr: "" });
    expect(read("out/a.svg"))
      .to.match(/^<svg /)
      .and.to.contain("yield i");
    expect(read("out/a.html"))
      .to.match(/^<!doctype html>/)
      .and.to.contain("a.ts:1");
    expect(aclose("explain", "a.ts:count", "--svg").stdout).to.equal(`${read("out/a.svg")}\n`);
    expect(aclose("explain", "a.ts:count", "--html").stdout).to.equal(read("out/a.html"));
  });

  it("writes the names of files as addresses where they are read as such", () => {
    const name = "[a b] #1.ts";
    put({ [`odd/${name}`]: generator, "wrong/# b.ts": `"use aclose fuzed";\n${generator}` });
    expect(aclose("build", "odd", "--out-dir", "odd-out").status).to.equal(0);
    const [, url = ""] = /sourceMappingURL=(.*)\n$/.exec(read(`odd-out/${name}`)) ?? [];
    expect(url).to.equal("%5Ba%20b%5D%20%231.ts.map");
    expect(existsSync(new URL(url, pathToFileURL(join(folder, "odd-out/"))))).to.equal(true);
    expect(aclose("check", "wrong", "--format", "sarif").stdout).to.contain('"uri": "wrong/%23%20b.ts"');
    if (process.platform === "win32") return;
    // As the scheme of an address.
    put({ "node:b.ts": `"use aclose fuzed";\n${generator}` });
    expect(aclose("check", "node:b.ts", "--format", "sarif").stdout).to.contain('"uri": "node%3Ab.ts"');
  });

  it("checks for other programs: JSON, SARIF, GitHub; nothing else on stdout, and no progress line in a pipe", () => {
    put({ "deep/a,b.ts": 'export async function* f() {\n  "use aclose fuzed";\n  yield 1;\n}\n' });
    const check = (format: string) => aclose("check", "deep", "--format", format);
    const json = check("json");
    expect([json.status, json.stderr]).to.deep.equal([1, ""]);
    const place = { code: "ACLOSE1003", severity: "error", fileName: "deep/a,b.ts", line: 2, column: 3 };
    expect((JSON.parse(json.stdout) as object[])[0]).to.include(place);
    const sarif = JSON.parse(check("sarif").stdout) as { version: string; runs: { results: object[] }[] };
    expect(sarif.version).to.equal("2.1.0");
    expect(sarif.runs[0]?.results[0]).to.include({ ruleId: "ACLOSE1003", level: "error" });
    expect(check("github").stdout).to.match(
      /^::error file=deep\/a%2Cb\.ts,line=2,col=3,title=ACLOSE1003::Unknown word/,
    );
    expect(check("yaml")).to.include({
      status: 2,
      stderr: 'aclose: unknown format "yaml"; the formats are text, json, sarif, github\n',
    });
  });
});
