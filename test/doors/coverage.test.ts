import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect } from "chai";
import v8ToIstanbul from "v8-to-istanbul";
import { transform } from "../../transformer/index.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

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

/** What V8 counts, as c8, Jest and vitest before 4 read it. */
describe("coverage from the ranges that V8 counts", function () {
  this.timeout(20_000);
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "aclose-coverage-")));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/aclose"), "junction");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The lines of `source` that have not run, and the counts of what it calls branches. */
  async function measure(place: string, code: string, main: string, map?: object) {
    const [file, counts] = [join(folder, place, "rows.mjs"), join(folder, place, "counts")];
    mkdirSync(dirname(file));
    writeFileSync(file, code);
    writeFileSync(join(folder, place, "main.mjs"), main);
    const { status, stderr } = spawnSync(process.execPath, [join(folder, place, "main.mjs")], {
      env: { ...process.env, NODE_V8_COVERAGE: counts },
      encoding: "utf8",
    });
    expect(stderr).to.equal("");
    expect(status).to.equal(0);
    const [written = ""] = readdirSync(counts);
    const { result } = JSON.parse(readFileSync(join(counts, written), "utf8"));
    const { functions } = result.find(({ url }: { url: string }) => url === pathToFileURL(file).href);
    const converter = v8ToIstanbul(file, 0, {
      source: code,
      ...(map ? { sourceMap: { sourcemap: map } } : {}),
    } as never);
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
    return measure("compiled", code, main, map!);
  };

  const isClosing = (line: number) => /^[\s}]*$/.test(source.split("\n")[line - 1]!);

  for (const ticks of ["spec", "fused"] as const) {
    it(`says which lines of a function have run: ticks "${ticks}"`, async () => {
      const native = await measure("native", source, some);
      const expected = native.missed.filter((line) => !isClosing(line));
      expect(expected.length).to.be.greaterThan(10);
      expect((await compiled(some, { ticks })).missed).to.deep.equal(expected);
    });

    it(`finds nothing that was missed where all has run: ticks "${ticks}"`, async () => {
      expect((await measure("native", source, every)).missed).to.deep.equal([]);
      const { missed, branches } = await compiled(every, { ticks });
      expect(missed).to.deep.equal([]);
      expect(branches).to.not.include(0);
    });
  }
});
