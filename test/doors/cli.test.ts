import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { broken, generator, inNewFolders, main, plain } from "./command-line.js";

describe("the command line", function () {
  const { aclose, at, put, read } = inNewFolders();

  it("builds into a folder, keeping places, and copies what has nothing to compile", () => {
    put({ "src/a.ts": generator, "src/deep/b.ts": plain, "src/node_modules/c.ts": plain });
    expect(aclose("build", "src", "--out-dir", "out")).to.deep.equal({ status: 0, stdout: "", stderr: "" });
    expect(readdirSync(at("out"), { recursive: true }).sort()).to.deep.equal(["a.ts", "a.ts.map", "deep", "deep/b.ts"]);
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
    chmodSync(at("a.ts"), 0o755);
    symlinkSync("real/b.ts", at("b.ts"));
    const before = statSync(at("c.ts")).mtimeMs;
    expect(aclose("build", "--in-place", "--source-map", "false", "a.ts", "b.ts", "c.ts")).to.include({
      status: 0,
      stderr: "",
    });
    expect(read("a.ts"))
      .to.match(/^#!\/usr\/bin\/env node\n/)
      .and.not.to.contain("function*");
    expect(statSync(at("a.ts")).mode & 0o777).to.equal(0o755);
    expect(read("real/b.ts"))
      .to.match(/^\ufeff[^\ufeff]*$/)
      .and.not.to.contain("function*");
    expect(statSync(at("c.ts")).mtimeMs).to.equal(before);
    expect(readdirSync(at("")).sort()).to.deep.equal(["a.ts", "b.ts", "c.ts", "real"]);
  });

  it("builds of files that are read-only what it can write again", () => {
    put({ "src/a.ts": `#!/usr/bin/env node\n${generator}`, "src/c.ts": plain });
    chmodSync(at("src/a.ts"), 0o555);
    chmodSync(at("src/c.ts"), 0o444);
    expect(aclose("build", "src", "--out-dir", "out")).to.include({ status: 0, stderr: "" });
    const modes = ["out/a.ts", "out/a.ts.map", "out/c.ts"].map((name) => statSync(at(name)).mode & 0o700);
    expect(modes).to.deep.equal([0o700, 0o700, 0o600]);
  });

  it("writes nothing at all when one file has an error, and says where", () => {
    put({ "src/a.ts": generator, "src/b.ts": broken });
    const { status, stderr } = aclose("build", "src", "--out-dir", "out");
    expect(status).to.equal(1);
    expect(stderr).to.equal("src/b.ts:2:18 - error TS1109: Expression expected.\n");
    expect(existsSync(at("out"))).to.equal(false);
    expect(aclose("build", "src", "--in-place").status).to.equal(1);
    expect(read("src/a.ts")).to.equal(generator);
  });

  it("says where a file is not UTF-8, goes on with the others, and passes on one without anything to compile", () => {
    put({ "src/a.ts": broken });
    const latin = Buffer.from(`// caf\xe9\n${plain}`, "latin1");
    writeFileSync(at("src/latin.ts"), latin);
    writeFileSync(at("src/b.ts"), Buffer.concat([Buffer.from("/* é */ "), latin, Buffer.from(generator)]));
    writeFileSync(at("src/utf16.ts"), Buffer.from(`\ufeff${generator}`, "utf16le"));
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
    expect(readFileSync(at("out/latin.ts"))).to.deep.equal(latin);
    const checkAll = () => aclose("check", "src/latin.ts", "--include", "all").status;
    expect(checkAll()).to.equal(0);
    writeFileSync(at("src/latin.ts"), Buffer.concat([latin, Buffer.from("async function* f() {}")]));
    expect(checkAll()).to.equal(1);
  });

  it("leaves the file as it was when it cannot be replaced", () => {
    put({ "a.ts": generator, "out/a.ts/in-the-way": "" });
    const { status, stderr } = aclose("build", "a.ts", "--out-dir", "out", "--no-source-map");
    expect(status).to.equal(2);
    expect(stderr).to.match(/^aclose: cannot write .*a\.ts: /);
    expect(readdirSync(at("out"))).to.deep.equal(["a.ts"]);
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
    [
      "a variable by the wrong flag",
      ["check", "a.ts", "--runtime", '{"global":"a"}'],
      "and --global that of a variable",
    ],
    ["a runtime without a name", ["check", "a.ts", "--runtime", ""], 'Option "runtime" cannot be {"specifier":""}'],
    ["a root of nothing", ["build", "a.ts", "--in-place", "--root-dir", "."], "--root-dir goes with --out-dir"],
    ["a flag that would do nothing", ["explain", "a.ts:count", "--ticks", "fused"], "unknown option '--ticks'"],
    ["nothing but the output folder", ["build", "sub", "--out-dir", "sub"], "in the output folder sub: say --in-place"],
    ["a link to the sources", ["build", "sub", "--out-dir", "link"], "in the output folder link: say --in-place"],
    ["no file", ["build", "none/**", "--in-place"], "no JavaScript or TypeScript files match none/**"],
    ["a name of nothing beside others", ["check", "a.ts", "b.ts"], "no such file or folder: b.ts"],
    ["a dependency", ["build", "node_modules/d.ts", "--in-place"], "d.ts: files in node_modules are left alone"],
    [
      "many dependencies",
      ["build", "--in-place", ...Array(5).fill("node_modules/d.ts")],
      "match node_modules/d.ts and 4 others: files in node_modules are left alone",
    ],
    ["a file outside the root", ["build", "a.ts", "--out-dir", "o", "--root-dir", "sub"], "give another --root-dir"],
    ["an unknown flag", ["build", "a.ts", "--in-place", "--fast"], "unknown option '--fast'"],
    ["an unknown command", ["bild"], "unknown command 'bild'"],
    ["no such file", ["explain", "b.ts:f"], "cannot read"],
    ["no function", ["explain", "a.ts:none"], 'a.ts has no async generator function "none". It has: count (line 1)'],
    ["no function of a name", ["explain", "keys.ts:g"], "(line 1), [Symbol.asyncIterator] (line "],
    ["no place", ["explain", "a.ts"], '"a.ts" is not of the form file:function'],
    ["two pictures at once", ["explain", "a.ts:count", "--svg", "--html"], "--svg and --html cannot both be printed"],
  ] as const) {
    it(`ends with 2 and a reason: ${what}`, () => {
      const keys = `${generator} use({ async *[Symbol.asyncIterator]() {} }, async function* () {});`;
      put({ "a.ts": generator, "keys.ts": keys, "sub/b.ts": plain, "node_modules/d.ts": plain });
      symlinkSync("sub", at("link"));
      const { status, stderr } = aclose(...args);
      expect(stderr).to.contain(message).and.not.to.contain("    at ");
      expect(status).to.equal(2);
    });
  }

  it("ends with 2 where a folder with sources cannot be read, and not for one that it would not read", () => {
    put({
      "src/a.ts": generator,
      "src/closed/b.ts": generator,
      "src/.closed/c.ts": plain,
      "node_modules/closed/d.ts": plain,
    });
    // Nothing is closed to the superuser.
    put({
      "closed.cjs": `const fs = require("node:fs");
const { readdir } = fs;
const refusal = (path) => Object.assign(new Error("EACCES: permission denied"), { code: "EACCES", path });
fs.readdir = (path, options, done) =>
  /closed.?$/.test(path) ? done(refusal(path)) : readdir(path, options, done);`,
    });
    const run = (...args: string[]) =>
      spawnSync("node", ["--require", at("closed.cjs"), main, "check", ...args], { cwd: at("."), encoding: "utf8" });
    const { status, stderr } = run(".");
    expect(stderr).to.match(/^aclose: cannot read .*src.closed.?: EACCES: permission denied\n$/);
    expect(status).to.equal(2);
    for (const open of [["src/*.ts"], ["src", "!src/closed/**"]]) expect(run(...open).status).to.equal(0);
  });

  it("checks without writing", () => {
    put({ "a.ts": generator, "b.ts": "export async function* f(c: string) { 'use aclose'; yield eval(c); }\n" });
    const { status, stdout, stderr } = aclose("check", ".");
    expect(stdout).to.equal("2 files: 1 function compiled, 1 left native\n");
    expect(stderr).to.match(/^b\.ts:1:\d+ - warning ACLOSE1101: "f" stays a native async generator/);
    expect(status).to.equal(0);
    expect(read("a.ts")).to.equal(generator);
  });

  it("says that there is nothing to compile, and why", () => {
    const plain = "export async function* f() { yield 1; }\n";
    put({ "a.ts": plain, "b.ts": 'async function f(x) { "use strict"; for await (const y of x); }\n' });
    const forgotten =
      'aclose: nothing to compile: no file has the directive "use aclose", and --include all was not said\n';
    expect(aclose("check", ".")).to.deep.equal({
      status: 0,
      stdout: "2 files: 0 functions compiled, 0 left native\n",
      stderr: forgotten,
    });
    expect(aclose("build", ".", "--out-dir", "out").stderr).to.equal(forgotten);
    expect(read("out/a.ts")).to.equal(plain);
    for (const _ of ["compiled", "compiled already"])
      expect(aclose("build", "b.ts", "--in-place", "--include", "all", "--global", "__aclose").stderr).to.equal("");
    put({ "c.ts": "export const c = 1;\n" });
    const { stderr } = aclose("build", "c.ts", "--in-place", "--include", "all");
    expect(stderr).to.equal("aclose: nothing to compile: there is no async generator and no for await loop\n");
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

  // Only Linux has this device, and a full disk cannot be had otherwise.
  (existsSync("/dev/full") ? it : it.skip)(
    "says with its exit code what it found when nobody reads that, and tells when it cannot print",
    () => {
      put({ "bad.ts": broken, "good.ts": generator });
      const bash = (command: string, ...args: string[]) => {
        const { status, stderr } = spawnSync("bash", ["-c", command, "node", main, ...args], {
          cwd: at(""),
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

  it("explains the function around a line, where a name is none or says too little", () => {
    const rows = "class A { async *rows() { yield 1; } }\nclass B {\n  async *rows() {\n    yield 2;\n  }\n}\n";
    put({
      "b.ts": `${rows}export const all = [async function* () { yield 3; }];\nasync function* n() { eval("1"); }\n`,
    });
    const line = (number: number) => aclose("explain", `b.ts:${number}`).stdout.split("\n")[0];
    expect([1, 3, 4, 5, 7].map(line)).to.deep.equal([
      "rows (b.ts:1:11)",
      "rows (b.ts:3:3)",
      "rows (b.ts:3:3)",
      "rows (b.ts:3:3)",
      "an anonymous function (b.ts:7:21)",
    ]);
    const fault = (name: string) => aclose("explain", `b.ts:${name}`).stderr;
    expect(fault("rows")).to.contain(
      'b.ts has 2 async generator functions "rows", in lines 1, 3: ask by line, as b.ts:3',
    );
    expect(fault("2")).to.contain(
      "no async generator function around line 2. It has: rows (line 1), rows (line 3), an an",
    );
    for (const name of ["n", "8"]) expect(fault(name)).to.match(/^aclose: "n" stays a native async generator: /);
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
    expect(existsSync(new URL(url, pathToFileURL(at("odd-out/"))))).to.equal(true);
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
