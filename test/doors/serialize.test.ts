import { Script } from "node:vm";
import { decodedMappings, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { expect } from "chai";
import { dataUrlOf } from "../../transformer/map-comment.js";
import { mapOf, textOf } from "../../transformer/serialize.js";
import { edited } from "./edited.js";

const source = "const a = 1;\r\nfunction f(x) {\n  return one(x) + two;\n}\n";

/** Where `find` in the output comes from, as `line:column`. */
function originOf(code: string, map: ReturnType<typeof mapOf>, find: string): string {
  const before = code.slice(0, code.indexOf(find)).split("\n");
  const { line, column, name } = originalPositionFor(new TraceMap({ ...map } as never), {
    line: before.length,
    column: before.at(-1)?.length ?? 0,
  });
  return name ? `${line}:${column} ${name}` : `${line}:${column}`;
}

describe("serialize", () => {
  const chunks = edited(source, [{ find: "return one(x)", put: "if (g) {\n return («one(x)»)}; h" }]);
  const code = textOf(chunks);
  const map = mapOf(chunks, textOf(chunks), source, "src/a.ts");

  it("joins the texts", () => {
    expect(code).to.equal("const a = 1;\r\nfunction f(x) {\n  if (g) {\n return (one(x))}; h + two;\n}\n");
    expect(textOf([])).to.equal("");
  });

  it("maps every word of a slice to itself", () => {
    expect(originOf(code, map, "const")).to.equal("1:0");
    expect(originOf(code, map, "a = 1")).to.equal("1:6");
    expect(originOf(code, map, "f(x)")).to.equal("2:9");
    expect(originOf(code, map, "one")).to.equal("3:9");
    expect(originOf(code, map, "x))}")).to.equal("3:13");
    expect(originOf(code, map, "two")).to.equal("3:18");
  });

  it("counts lines as the engine does", () => {
    for (const end of ["\n", "\r\n", "\r", "\u2028", "\u2029"]) {
      const text = `/*${end}*/ nowhere;`;
      let stack = "";
      try {
        new Script(text, { filename: "output.js" }).runInNewContext();
      } catch (error) {
        stack = (error as Error).stack!;
      }
      const line = Number(/output\.js:(\d+)/.exec(stack)![1]);
      const lineMap = mapOf([{ text, start: 0 }], text, text, "a.js");
      const found = originalPositionFor(new TraceMap({ ...lineMap } as never), { line, column: "*/ ".length });
      expect(found, JSON.stringify(end)).to.include({ line, column: "*/ ".length });
    }
  });

  it("maps generated text to nothing, or to its origin under its source name", () => {
    expect(originOf(code, map, "if (g)")).to.equal("null:null");
    expect(originOf(code, map, "}; h")).to.equal("null:null");
    const named = [
      { text: "v.total", start: -1, origin: 6, name: "a" },
      { text: " = 1", start: 7 },
    ];
    expect(originOf("v.total = 1", mapOf(named, textOf(named), source, "a.ts"), "v.total")).to.equal("1:6 a");
  });

  it("carries the file's name and text", () => {
    expect(map.sources).to.deep.equal(["src/a.ts"]);
    expect(map.sourcesContent).to.deep.equal([source]);
    expect(map.version).to.equal(3);
    expect(mapOf(chunks, textOf(chunks), source, "src\\a.ts").sources).to.deep.equal(["src/a.ts"]);
  });

  it("leads through the map that the source has, exactly as that maps it", () => {
    const input = new TraceMap({
      version: 3,
      sources: ["one.ts", null, "lib.ts", "unused.ts"],
      sourcesContent: ["first", null, null, "unused"],
      names: ["sum"],
      ignoreList: [2],
      // `const a = 1;`, nothing about `f`, then a line without a source, and `two` from another file, under another name.
      mappings: [
        [
          [0, 0, 4, 2],
          [6, 0, 4, 9],
          [11, 0, 5, 0],
        ],
        [],
        [
          [2, 1, 0, 0],
          [9, 2, 7, 7, 0],
          [18, 2, 8, 1],
        ],
      ],
    } as never);
    const led = mapOf(chunks, code, source, "src/a.js", input);
    const segments = decodedMappings(new TraceMap({ ...led } as never));
    expect(led).to.include({ version: 3, file: "src/a.js" });
    expect(led.sources).to.deep.equal(["one.ts", "lib.ts"]);
    expect(led.sourcesContent).to.deep.equal(["first", null]);
    expect(led.ignoreList).to.deep.equal([1]);
    expect(led.names).to.deep.equal(["sum"]);
    const lines = code.split("\n");
    expect(segments).to.deep.equal([
      [
        [0, 0, 4, 2],
        [6, 0, 4, 9],
        [11, 0, 5, 0],
      ],
      [],
      [],
      [
        [lines[3]!.indexOf("one"), 1, 7, 7, 0],
        [lines[3]!.indexOf(")}; h")],
        [lines[3]!.indexOf(" + two"), 1, 7, 7, 0],
        [lines[3]!.indexOf("two"), 1, 8, 1],
      ],
    ]);
    const without = mapOf(chunks, code, source, "a.js", new TraceMap({ ...led, sourcesContent: undefined } as never));
    expect(without).not.to.have.property("sourcesContent");
  });

  it("goes into the file as UTF-8", () => {
    const wide = [{ text: "'ü€𝒳'", start: 0 }];
    const url = dataUrlOf(mapOf(wide, textOf(wide), "'ü€𝒳'", "a.ts"));
    const [, data = ""] = /base64,(.*)$/.exec(url) ?? [];
    expect(JSON.parse(Buffer.from(data, "base64").toString("utf8")).sourcesContent).to.deep.equal(["'ü€𝒳'"]);
  });
});
