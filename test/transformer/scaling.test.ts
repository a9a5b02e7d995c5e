/**
 * Compile time grows linearly. What the compiler does is counted, so that no other process disturbs the figure:
 * V8 says how often each block of the compiler's code ran. What engines do inside (copies, searches) does not show there,
 * so the two sizes that are promised are also timed.
 */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { transform } from "../../transformer/index.js";
import { annotated, repeat, shapes } from "./scaling/shapes.js";

function compile(source: string): void {
  const { code, diagnostics } = transform(source, { fileName: "a.ts", include: "all" });
  expect(diagnostics).to.deep.equal([]);
  expect(code).not.to.contain("async function*");
}

describe("the work of compiling grows linearly with", () => {
  let counts: Record<string, [number, number, number]>;
  before(() => {
    const program = fileURLToPath(new URL("scaling/count.ts", import.meta.url));
    counts = JSON.parse(execFileSync(process.execPath, ["--import", "tsx", program], { encoding: "utf8" }));
  }).timeout(120_000);

  for (const title of [...Object.keys(shapes), ...annotated.map((name) => `${name}, annotated`)]) {
    it(title, () => {
      const [small, middle, large] = counts[title]!;
      const figures = `${small}, ${middle}, ${large}`;
      expect(small, figures).to.be.greaterThan(10_000);
      expect(middle / small, figures).to.be.below(2.2);
      expect(large / middle, figures).to.be.below(2.2);
    });
  }
});

describe("the output grows linearly with the depth of", () => {
  const nest = (open: string, close: string) => (depth: number) =>
    `export async function* f(x, y) { ${repeat(depth, (n) => open.replaceAll("#", `${n}`))} yield x; ${close.repeat(depth)} }`;
  const nested: Readonly<Record<string, (depth: number) => string>> = {
    "for await": nest("for await (const z# of x) {", "y(); }"),
    "try with a finally that waits": nest("try {", "} finally { await y; }"),
    using: nest("{ using z# = x;", "y(); }"),
  };
  for (const [title, source] of Object.entries(nested))
    it(title, () => {
      const [small, middle, large] = [20, 40, 80].map(
        (depth) => transform(source(depth), { fileName: "a.ts", include: "all" }).code.length,
      );
      const figures = `${small}, ${middle}, ${large}`;
      expect(middle! / small!, figures).to.be.below(2.1);
      expect(large! / middle!, figures).to.be.below(2.1);
    });
});

describe("compile time grows linearly up to", () => {
  /** The processor's time for the fastest of some runs, in milliseconds. */
  function cost(source: string): number {
    const runs = Array.from({ length: 3 }, () => {
      const start = process.cpuUsage();
      compile(source);
      return process.cpuUsage(start).user / 1000;
    });
    return Math.min(...runs);
  }

  const promised: readonly [title: string, size: number, shape: string][] = [
    ["10,000 statements", 10_000, "statements"],
    ["5,000 suspension points", 5_000, "suspensions"],
    ["5,000 kept operands", 5_000, "operands that are kept"],
  ];
  for (const [title, size, shape] of promised) {
    it(title, function () {
      this.retries(3);
      const make = shapes[shape]!;
      compile(make(size / 4));
      const costs = [size / 4, size / 2, size].map((count) => cost(make(count))) as [number, number, number];
      const figures = costs.map((each) => `${each.toFixed(0)} ms`).join(", ");
      expect(costs[2] / costs[0], figures).to.be.below(2.6 ** 2);
    });
  }
});

describe("programs nest deeper than the call stack:", () => {
  const deep: Readonly<Record<string, string>> = {
    "2,000 else-ifs that suspend": shapes["else-ifs"]!(2000),
    "2,000 else-ifs that do not": `export async function* f(x) { yield 1; ${repeat(2000, (n) => `if (x === ${n}) x(${n}); else `)} x(); }`,
    "5,000 operators that suspend": shapes["a long sum"]!(5000),
    "5,000 operators that do not": `export async function* f(x) { yield ${repeat(5000, (n) => `x[${n}]`, " + ")}; }`,
    "5,000 logical operators": `export async function* f(x) { return ${repeat(5000, (n) => `(yield ${n})`, " && ")}; }`,
    "2,000 calls": shapes["a long chain"]!(2000),
    "250 loops that close their iterators": `export async function* f(x) { ${repeat(250, (n) => `l${n}: for (const y${n} of x) {`)} ${repeat(250, (n) => `if (x) break l${n};`)} yield y0; ${"}".repeat(250)} }`,
  };
  for (const [title, source] of Object.entries(deep)) it(title, () => compile(source));

  it("3,000 try statements, which the engine can compile too", () => {
    const source = `async function* f(x) { ${repeat(3000, (n) => `try { yield ${n}; } catch (e) { x(e); }`)} }`;
    const { code } = transform(source, { fileName: "a.js", include: "all", runtime: { global: "__aclose" } });
    const run = new Function("__aclose", code);
    const define = (step: (core: object) => void) => step({ state: 0, mode: 1, value: Error("thrown") });
    expect(() => run({ requireAbi() {}, define })).to.throw("thrown");
  });

  it("what is too deep for the parser is an error of the user's, and nothing is damaged", () => {
    const source = `export async function* f(x) { ${"{".repeat(20_000)} yield x; ${"}".repeat(20_000)} }`;
    const { code, diagnostics } = transform(source, { fileName: "a.ts", include: "all" });
    expect(diagnostics.map((each) => each.code)).to.deep.equal(["ACLOSE1011"]);
    expect(code).to.equal(source);
  });
});

describe("programs are longer than a list of arguments can be:", () => {
  it("130,000 statements", () =>
    compile(`export async function* f(x) { yield 1; ${repeat(130_000, () => "x();")} }`)).timeout(60_000);
});
