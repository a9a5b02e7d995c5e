import { expect } from "chai";
import { explain, explainAll, transform } from "../../transformer/index.js";

const text = `"use aclose";
async function* rows(file, n) {
  using lock = file.lock();
  for (let i = 0; i < n; i++) {
    yield i;
  }
  for await (const row of file) {
    try {
      if (row.bad) return;
      const [a] = await row.split();
      yield a;
    } catch ({ code }) {
      throw fix(await code);
    }
  }
}
async function* other() {}
`;

describe("explaining", () => {
  const { states, regions, ...whole } = explain(text, {}, "rows")!;
  const textAt = ({ start, end }: { start: number; end: number }) => text.slice(start, end).trim();

  it("names every function that is rewritten", () => {
    const [rows, other, ...more] = explainAll(text, {});
    expect([rows?.name, other?.name, more.length]).to.deep.equal(["rows", "other", 0]);
    const { code } = transform(text, { runtime: { global: "__aclose" } });
    for (const { step } of [rows!, other!]) expect(code).to.contain(`function ${step}(`);
    const [nested] = explainAll('export class A { #x; async *m() { "use aclose"; yield this.#x; } }', {});
    expect([nested?.step, nested?.definition]).to.deep.equal(["m$step", "m$"]);
    expect(explainAll("async function* f() {}", {})).to.deep.equal([]);
    expect(explainAll("async function* f( {}", { include: "all" })).to.deep.equal([]);
    expect([whole.source.line, whole.source.endLine]).to.deep.equal([2, 16]);
  });

  it("calls a method with a computed key by the key", () => {
    const methods = "export const o = { async *[Symbol.asyncIterator]() {}, [key]: async function* () {} }";
    const all = explainAll(`${methods}; use(async function* () {});`, { include: "all" });
    expect(all.map(({ name }) => name)).to.deep.equal(["[Symbol.asyncIterator]", "[key]", ""]);
    expect(explain(methods, { include: "all" }, "[key]")?.step).to.equal(all[1]?.step);
  });

  it("gives each state what it runs, in the source", () => {
    const yielding = states.find(({ ending }) => ending.operation === "Yield")!;
    expect(textAt(yielding.ending.source!)).to.equal("yield i");
    expect([yielding.ending.source!.line, yielding.ending.source!.endLine]).to.deep.equal([5, 5]);
    const test = states.find(({ ending }) => ending.kind === "branch")!;
    expect(textAt(test.ending.source!)).to.equal("i < n");
    const next = states.find(({ ending }) => ending.operation === "Next")!;
    expect(textAt(next.ending.source!)).to.equal("for await (const row of file)");
    expect(states.flatMap(({ source }) => source.map(textAt))).to.include("i++");
    for (const { source } of states)
      for (const one of source)
        for (const other of source)
          if (one !== other) expect(one.start >= other.end || other.start >= one.end).to.equal(true);
  });

  it("gives the regions as a tree, with what protects", () => {
    const parents = regions.map(({ parent }) => regions.find(({ id }) => id === parent)?.owner);
    expect(regions.map(({ kind, owner, source }, index) => [kind, owner, parents[index], source.line])).to.deep.equal([
      ["finally", "using", undefined, 3],
      ["finally", "loop", "using", 7],
      ["catch", "try", "loop", 8],
    ]);
    const ids = states.map(({ id }) => id);
    for (const { handler } of regions) expect(ids).to.include(handler);
  });

  it("says where control goes, and that a throw goes to the handler around it", () => {
    const branch = states.find(({ ending }) => ending.kind === "branch")!;
    expect(branch.transitions.map(({ when, resumes }) => [when, resumes])).to.deep.equal([
      ["yes", false],
      ["no", false],
    ]);
    const thrown = states.find(({ ending }) => ending.kind === "throw" && ending.source)!;
    const around = regions.find(({ id }) => id === thrown.region)!;
    expect(thrown.transitions).to.deep.equal([{ to: around.handler, when: "", resumes: false }]);
    const ends = new Set(states.flatMap(({ transitions }) => transitions.map(({ to }) => to)));
    expect(ends).to.include("finished").and.include("failed");
    for (const to of ends) if (typeof to === "number") expect(states.map(({ id }) => id)).to.include(to);
  });

  it("marks suspensions alone as owing cleanup", () => {
    for (const { owesCleanup, ending } of states) if (owesCleanup) expect(ending.kind).to.equal("suspend");
    expect(states.filter(({ owesCleanup }) => owesCleanup).length).to.be.greaterThan(2);
  });
});
