import { expect } from "chai";
import { compareWithList, type Entry, type Run } from "../../test262/differences.js";
import { readTest } from "../../test262/select.js";

const outcome = (pass: boolean) => ({ pass, detail: pass ? "" : "failed", problems: [] });
const run = (native: boolean, compiled: boolean, mode: Run["mode"] = "sloppy"): Run => ({
  file: "a.js",
  mode,
  native: outcome(native),
  compiled: outcome(compiled),
});
const entry: Entry = { file: "a.js", compiled: "pass", node: [20], reason: "a reason" };

describe("test262 list of differences", () => {
  it("finds a difference in either direction", () => {
    expect(compareWithList([run(true, false)], [], 20).unexpected).to.have.length(1);
    expect(compareWithList([run(false, true)], [], 20).unexpected).to.have.length(1);
    expect(compareWithList([run(true, true), run(false, false)], [], 20).unexpected).to.have.length(0);
  });

  it("accepts what is listed, in the listed direction, mode and version only", () => {
    expect(compareWithList([run(false, true)], [entry], 20)).to.deep.include({ unexpected: [], unmatched: [] });
    expect(compareWithList([run(true, false)], [entry], 20).unexpected).to.have.length(1);
    expect(compareWithList([run(false, true)], [entry], 22).unexpected).to.have.length(1);
    expect(compareWithList([run(false, true)], [{ ...entry, modes: ["strict"] }], 20).unexpected).to.have.length(1);
  });

  it("reports entries that no run needed, if their file ran", () => {
    expect(compareWithList([run(true, true)], [entry], 20).unmatched).to.deep.equal([entry]);
    expect(compareWithList([run(true, true)], [entry], 22).unmatched).to.deep.equal([]);
    expect(compareWithList([run(true, true)], [{ ...entry, file: "b.js" }], 20).unmatched).to.deep.equal([]);
  });
});

describe("test262 front matter", () => {
  const test = (lines: string) => readTest("a.js", `/*---\n${lines}\n---*/\nasync function* f() {}`);

  it("runs in both modes, or in the one that is asked for", () => {
    expect(test("description: x").modes).to.deep.equal(["sloppy", "strict"]);
    expect(test("flags: [onlyStrict, async]")).to.deep.include({ modes: ["strict"], isAsync: true });
    expect(test("flags:\n  - noStrict\n  - async")).to.deep.include({ modes: ["sloppy"], isAsync: true });
    expect(test("flags: [module]").modes).to.deep.equal(["module"]);
    expect(test("flags: [raw]").modes).to.deep.equal(["raw"]);
  });

  it("reads includes and negative expectations", () => {
    expect(test("includes: [compareArray.js, x.js]").includes).to.deep.equal(["compareArray.js", "x.js"]);
    const { negative } = test("negative:\n  phase: parse\n  type: SyntaxError\nflags: [async]");
    expect(negative).to.deep.equal({ phase: "parse", type: "SyntaxError" });
    expect(test("description: x").negative).to.equal(undefined);
  });
});
