import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { expect } from "chai";
import { generator, inNewFolders } from "./command-line.js";

describe("the source maps of the command line", () => {
  const { aclose, at, put, read } = inNewFolders();

  it("writes a map beside the file that a link leads to, in place and in the output folder", () => {
    put({ "real/a.ts": generator, "src/b.ts": generator, "kept/b.ts": "", "out/c.ts": "" });
    mkdirSync(at("links"));
    symlinkSync("../real/a.ts", at("links/a.ts"));
    symlinkSync("../kept/b.ts", at("out/b.ts"));
    expect(aclose("build", "links", "--in-place")).to.deep.equal({ status: 0, stdout: "", stderr: "" });
    expect(aclose("build", "src", "--out-dir", "out").status).to.equal(0);
    expect(JSON.parse(read("real/a.ts.map")).sources).to.deep.equal(["a.ts"]);
    expect(JSON.parse(read("kept/b.ts.map")).sources).to.deep.equal(["../src/b.ts"]);
    expect(readdirSync(at("links"))).to.deep.equal(["a.ts"]);
    expect(readdirSync(at("out"))).to.deep.equal(["b.ts", "c.ts"]);
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
    expect(aclose("build", "copied/src", "--out-dir", "copied/out/deep")).to.include({ status: 0 });
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
    expect(readdirSync(at("")).sort()).to.deep.equal(["a.js", "off.js"]);
  });
});
