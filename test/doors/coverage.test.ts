import { join } from "node:path";
import { expect } from "chai";
import v8ToIstanbul from "v8-to-istanbul";
import { transform } from "../../transformer/index.js";
import { Project } from "./project.js";

const source = `"use aclose";

export async function* rows(source, limit) {
  let seen = 0;
  if (limit < 0) {
    await null;
    yield -1;
    throw new RangeError("negative");
  }
  try {
    for await (const each of source) {
      if (each > 100) {
        yield each * 2;
        continue;
      }
      seen++;
      switch (each) {
        case 1:
          yield "one";
          break;
        case 2:
          yield "two";
          break;
        default:
          yield each;
      }
      if (seen >= limit) return seen;
    }
  } catch (error) {
    yield String(error);
    await null;
  } finally {
    if (seen === 99) {
      await Promise.resolve();
      seen = 0;
    } else {
      await null;
    }
    seen++;
  }
  const last = seen > 5 ? await Promise.resolve("many") : "few";
  for (let i = 0; i < limit; i++) {
    if (i > 7) yield* [i];
    else if (i === 5)
      await i;
  }
  while (seen-- > 3) {
    await last;
  }
  yield last;
}
`;

const program = (...calls: string[]) => `import { rows } from "./rows.mjs";
async function* of(...items) { for (const each of items) yield each; }
async function* fails() { yield 1; throw new Error("x"); }
async function all(g) { try { for await (const row of g); } catch {} }
${calls.map((call) => `await all(${call});`).join("\n")}
`;

const some = program("rows(of(1, 3, 4), 10)");
const every = program(
  "rows(of(), -1)",
  "rows(of(1, 2, 3, 200, 5), 9)",
  "rows(of(1, 2, 3, 4, 5, 6, 7), 3)",
  "rows(of(1, 2, 3, 4, 5, 6, 7), 30)",
  "rows(of(...Array(99).fill(7)), 300)",
  "rows(fails(), 30)",
);

/** Runs `main.mjs`, and prints what V8 has counted in `rows.mjs`. */
const counting = `import { Session } from "node:inspector/promises";
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
await import("./main.mjs");
const { result } = await session.post("Profiler.takePreciseCoverage");
console.log(JSON.stringify(result.find(({ url }) => url.endsWith("/rows.mjs")).functions));
`;

/** What V8 counts, as c8, Jest and vitest before 4 read it. */
describe("coverage from the ranges that V8 counts", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project({});
  });
  afterEach(() => project.remove());

  /** The lines of `source` that have not run, and the counts of what it calls branches. */
  async function measure(code: string, main: string, map?: object) {
    project.write({ "rows.mjs": code, "main.mjs": main, "counting.mjs": counting });
    const functions = JSON.parse(project.print("counting.mjs"));
    const maps = map ? { sourceMap: { sourcemap: map } } : {};
    const converter = v8ToIstanbul(join(project.folder, "rows.mjs"), 0, { source: code, ...maps } as never);
    await converter.load();
    converter.applyCoverage(functions);
    const [found] = Object.values(converter.toIstanbul());
    const { s: lines, b: branches } = found as { s: Record<string, number>; b: Record<string, number[]> };
    return {
      missed: Object.keys(lines).flatMap((index) => (lines[index] === 0 ? Number(index) + 1 : [])),
      branches: Object.values(branches).flat(),
    };
  }

  const compiled = (main: string, options: { ticks?: "spec" | "fused" }) => {
    const { code, map } = transform(source, { ...options, fileName: "rows.mjs" });
    return measure(code, main, map!);
  };

  const isClosing = (line: number) => /^[\s}]*$/.test(source.split("\n")[line - 1]!);

  for (const ticks of ["spec", "fused"] as const) {
    it(`says which lines of a function have run: ticks "${ticks}"`, async () => {
      const native = await measure(source, some);
      const expected = native.missed.filter((line) => !isClosing(line));
      expect(expected.length).to.be.greaterThan(10);
      expect((await compiled(some, { ticks })).missed).to.deep.equal(expected);
    });

    it(`finds nothing that was missed where all has run: ticks "${ticks}"`, async () => {
      expect((await measure(source, every)).missed).to.deep.equal([]);
      const { missed, branches } = await compiled(every, { ticks });
      expect(missed).to.deep.equal([]);
      expect(branches).to.not.include(0);
    });
  }
});
