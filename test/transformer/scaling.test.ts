/**
 * Compile time grows linearly. What the compiler does is counted, so that no other process disturbs the figure:
 * V8 says how often each block of the compiler's code ran. What engines do inside (copies, searches) does not show there,
 * so the two sizes that are promised are also timed.
 */

import { Session } from "node:inspector";
import { expect } from "chai";
import { transform } from "../../transformer/index.js";

const repeat = (count: number, line: (index: number) => string, separator = "\n") =>
  Array.from({ length: count }, (_, index) => line(index)).join(separator);
const inBody = (line: (index: number) => string) => (count: number) =>
  `export async function* f(x, y) {\n${repeat(count, line)}\nyield x;\n}\n`;

const shapes: Readonly<Record<string, (count: number) => string>> = {
  statements: inBody((n) => `x = y + ${n};`),
  declarations: inBody((n) => `const a${n} = y + ${n};`),
  "variables in the frame": (count) =>
    `export async function* f(x) {\n${repeat(count, (n) => `let a${n} = x(${n});`)}\nyield x;\n${repeat(count, (n) => `x(a${n}++);`)}\n}`,
  suspensions: inBody((n) => `yield x + ${n};`),
  "operands that are kept": inBody((n) => `x = x.m(y, x.n) + (yield ${n});`),
  "values that are sent": inBody((n) => `const a${n} = yield x; y(a${n});`),
  branches: inBody((n) => `if (x > ${n}) { yield x; } else { x++; }`),
  "else-ifs": (count) =>
    `export async function* f(x) {\n${repeat(count, (n) => `if (x === ${n}) { yield ${n}; } else `)} x++;\n}`,
  loops: inBody((n) => `for (let i = 0; i < ${n}; i++) { if (x) continue; yield i; }`),
  "loops that are left": inBody((n) => `while (x) { for (const z of y) { if (z === ${n}) break; x(z); } await y; }`),
  "try statements": inBody((n) => `try { yield ${n}; } catch (e) { x(e); } finally { await y; }`),
  iterations: inBody(() => `for await (const z of x) { yield z; }`),
  closures: inBody(() => `for (const z of x) { y(() => z); yield z; }`),
  classes: inBody((n) => `y(class { async *m() { yield ${n}; } }); await x;`),
  cases: (count) =>
    `export async function* f(x) { switch (x) {\n${repeat(count, (n) => `case ${n}: yield ${n}; break;`)}\n} }`,
  "a long sum": (count) =>
    `export async function* f(x, ...a) { return ${repeat(count, (n) => `a[${n}] * (yield ${n})`, " + ")}; }`,
  "a long chain": (count) => `export async function* f(x) { yield x${repeat(count, (n) => `.m(${n})`, "")}; }`,
  "a long array": (count) => `export async function* f(x) { yield [${repeat(count, (n) => `await x(${n})`, ", ")}]; }`,
  "a long pattern": (count) =>
    `export async function* f(x) { const { ${repeat(count, (n) => `a${n} = yield ${n}`, ", ")} } = x; return a0; }`,
  parameters: (count) => `export async function* f(${repeat(count, (n) => `a${n}`, ", ")}) { yield a0; return a1; }`,
  functions: (count) =>
    repeat(count, (n) => `export async function* f${n}(x) { "use aclose"; for (let i = 0; i < x; i++) yield i; }`),
  methods: (count) =>
    `export class A {\n${repeat(count, (n) => `async *m${n}(x) { for (let i = 0; i < x; i++) yield i; }`)}\n}`,
};

/** Counts what runs in the compiler's own files. */
class Counter {
  private readonly session = new Session();

  constructor() {
    this.session.connect();
    this.session.post("Profiler.enable");
    this.session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  count(run: () => void): number {
    this.take();
    run();
    return this.take();
  }

  private take(): number {
    let sum = 0;
    this.session.post("Profiler.takePreciseCoverage", (error, { result }) => {
      if (error) throw error;
      for (const { url, functions } of result) {
        if (!url.includes("/transformer/") || url.includes("/test/")) continue;
        for (const { ranges } of functions) for (const { count } of ranges) sum += count;
      }
    });
    return sum;
  }

  stop(): void {
    this.session.post("Profiler.stopPreciseCoverage");
    this.session.disconnect();
  }
}

function compile(source: string): void {
  const { code, diagnostics } = transform(source, { fileName: "a.ts", include: "all" });
  expect(diagnostics).to.deep.equal([]);
  expect(code).not.to.contain("async function*");
}

describe("the work of compiling grows linearly with", () => {
  let counter: Counter;
  before(() => {
    counter = new Counter();
  });
  after(() => counter.stop());

  for (const [title, shape] of Object.entries(shapes)) {
    it(title, () => {
      const [small, middle, large] = [100, 200, 400].map((size) => counter.count(() => compile(shape(size)))) as [
        number,
        number,
        number,
      ];
      expect(small).to.be.greaterThan(1000);
      const figures = `${small}, ${middle}, ${large}`;
      expect(middle / small, figures).to.be.below(2.1);
      expect(large / middle, figures).to.be.below(2.1);
    });
  }
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
  };
  for (const [title, source] of Object.entries(deep)) it(title, () => compile(source));

  it("what is too deep for the parser is an error of the user's, and nothing is damaged", () => {
    const source = `export async function* f(x) { ${"{".repeat(20_000)} yield x; ${"}".repeat(20_000)} }`;
    const { code, diagnostics } = transform(source, { fileName: "a.ts", include: "all" });
    expect(diagnostics.map((each) => each.code)).to.deep.equal(["ACLOSE1011"]);
    expect(code).to.equal(source);
  });
});
