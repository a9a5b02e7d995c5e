import { expect } from "chai";
import { runChild } from "../fuzz/child.js";
import { generate } from "../fuzz/generate.js";
import { confirms, type Failure, isValid, type Judging, judge } from "../fuzz/judge.js";
import { type Layout, layOut, layoutNames } from "../fuzz/layouts.js";
import { shrink } from "../fuzz/shrink.js";
import { syntaxOf } from "../fuzz/work.js";
import { type CompilerName, loadCompiler } from "./support/compilers.js";
import { logText, record } from "./support/oracle.js";
import { withoutUsing } from "./support/without-using.js";

// None of its programs ends the process natively, as Node 20 can.
const SEED = 21;
const COUNT = 300;
const COUNT_OF_LAYOUT = 80;

const options = (index: number, ticks: Judging["ticks"] = "spec") => ({ seed: SEED, index, ticks, using: false });

interface Run {
  readonly compiler?: CompilerName;
  readonly ticks?: Judging["ticks"];
  readonly layout?: Layout;
  readonly count: number;
}

async function failures({ compiler = "aclose", ticks = "spec", layout = "source", count }: Run): Promise<string[]> {
  const judging: Judging = { compile: await loadCompiler(compiler), ticks, using: false, syntax: syntaxOf(layout) };
  const found: string[] = [];
  for (let index = 0; index < count; index++) {
    const { source, drivers } = generate(options(index, ticks));
    const result = await judge(await layOut(source, layout), drivers, judging);
    if (typeof result !== "string")
      found.push(`npm run fuzz -- --seed ${SEED} --index ${index} --ticks ${ticks} --layout ${layout}\n${result.text}`);
  }
  return found;
}

describe("fuzz", function () {
  // A busy machine is many times slower.
  this.timeout(120_000);

  it("makes the same program from the same seed", () => {
    expect(generate(options(7))).to.deep.equal(generate(options(7)));
    expect(generate(options(7)).source).not.to.equal(generate(options(8)).source);
  });

  it("makes programs that parse", () => {
    const valid = Array.from({ length: COUNT }, (_, index) => isValid(generate(options(index)).source));
    expect(valid.filter(Boolean).length).to.be.greaterThan(COUNT * 0.97);
  });

  it("finds no difference between native and native", async () => {
    expect(await failures({ compiler: "identity", count: 60 })).to.deep.equal([]);
  });

  it("catches a compiler that is one microtask turn late, and shrinks the program", async () => {
    const judging: Judging = { compile: await loadCompiler("broken"), ticks: "spec", using: false };
    let source = "";
    let found: Awaited<ReturnType<typeof judge>> = "same";
    for (let index = 0; typeof found === "string"; index++) {
      if (index === 20) throw new Error("the difference was not seen");
      const program = generate(options(index));
      source = program.source;
      found = await judge(source, program.drivers, judging);
    }
    let smallest = source;
    await shrink(
      source,
      found.driver,
      async (candidate, driver) => typeof (await judge(candidate, [driver], judging)) !== "string",
      (smaller) => {
        smallest = smaller;
      },
      performance.now() + 10_000,
    );
    expect(smallest.replace(/\s+/g, " ").length).to.be.lessThan(120);
  });

  it("asks this engine whether it does natively what was done elsewhere", async () => {
    const judging: Judging = { compile: await loadCompiler("aclose"), ticks: "spec", using: false };
    const source = "async function* main() { log(await 1); yield 2; }";
    const driver = { name: "next", requests: Array(2).fill({ method: "next", value: "number", wait: true }) };
    const logOf = async (program: string) =>
      logText(await record(judging.compile(program, judging).code, driver), driver, true);
    const confirmed = async (compiled: readonly string[]) =>
      confirms({ driver, compiled, text: "", compiler: false, started: true } satisfies Failure, source, judging);
    expect(await confirmed(await logOf(source))).to.equal(true);
    expect(await confirmed(await logOf(source.replace("await 1", "1")))).to.equal(false);
    expect(await confirmed([])).to.equal(false);
  });

  it("compiles what it has compiled to the same bytes, also a second time", async () => {
    const compile = await loadCompiler("aclose");
    for (let index = 0; index < 60; index++) {
      const { source } = generate(options(index));
      const { code } = compile(source);
      expect(compile(source).code, `index ${index}`).to.equal(code);
      expect(compile(code).code, `index ${index}, compiled again`).to.equal(code);
    }
  });

  it(`finds no difference in ${COUNT} programs, microtask turns included`, async () => {
    expect(await failures({ count: COUNT })).to.deep.equal([]);
  });

  it("finds no difference with `annotate`", async () => {
    expect(await failures({ compiler: "annotate", layout: "typed", count: 40 })).to.deep.equal([]);
  });

  it("finds no difference in what Babel's plugin compiles", async () => {
    expect(await failures({ compiler: "babel", count: 60 })).to.deep.equal([]);
  });

  it("finds no difference with `debug`", async () => {
    expect(await failures({ compiler: "debug", count: 100 })).to.deep.equal([]);
  });

  it("finds no difference in what TypeScript's plugin compiles", async () => {
    expect(await failures({ compiler: "tsc", count: 100 })).to.deep.equal([]);
  });

  it(`finds no difference in the order of values in ${COUNT} programs with fused ticks`, async () => {
    expect(await failures({ ticks: "fused", count: COUNT })).to.deep.equal([]);
  });

  it("finds no difference in typed programs that TypeScript's plugin compiles", async () => {
    expect(await failures({ compiler: "tsc", layout: "typed", count: 60 })).to.deep.equal([]);
  });

  for (const [modules, compiler] of [
    ["esm", "aclose"],
    ["commonjs", "tsc"],
  ] as const)
    it(`finds no difference in programs of modules, ${modules}`, async () => {
      const found: string[] = [];
      const work = {
        compiler,
        seed: SEED,
        ticks: "spec",
        using: false,
        layout: "source",
        modules,
        range: { from: 0, to: 40, step: 1 },
      } as const;
      const broken = await runChild({
        node: process.execPath,
        work,
        receive: (message) => message.kind === "failure" && found.push(message.failure.text),
      });
      expect(broken).to.equal(undefined);
      expect(found).to.deep.equal([]);
    });

  it("takes nothing but types for types", async () => {
    const source = `async function* main() {
      let p: any, q: any, r: any, n: any = 1;
      const o: any = { b: 1, m(this: any, x: any) { return this?.b + x; } };
      yield [(o.m<any>)(await 1), (o?.m<any>)(yield 2), (o.m<any>)<any>\`a\${await 1}\`];
      (p as any) = async function* () { yield n; }; q! = () => p; (r) = async function* () {}; (<any>n) ??= (yield 3, 1);
      yield [p.name, q.name, r.name];
    }`;
    const drivers = [{ name: "next", requests: Array(4).fill({ method: "next", value: "number", wait: true }) }];
    for (const compiler of ["aclose", "debug", "tsc"] as const) {
      const judging = { compile: await loadCompiler(compiler), ticks: "spec", using: false, syntax: "ts" } as const;
      expect(await judge(source, drivers, judging), compiler).to.equal("same");
    }
  });

  it("takes no meaning away with the semicolons, and lays a program out the same every time", async () => {
    for (let index = 0; index < 60; index++) {
      const { source } = generate(options(index));
      const bare = await layOut(source, "bare");
      expect(bare).not.to.match(/\);$/m);
      const minified = await layOut(source, "minified");
      // A few programs esbuild cannot read.
      if (minified !== source) expect(await layOut(bare, "minified"), `index ${index}`).to.equal(minified);
      for (const layout of layoutNames) expect(await layOut(source, layout)).to.equal(await layOut(source, layout));
    }
  });

  for (const layout of layoutNames.filter((each) => each !== "source"))
    it(`finds no difference in programs that are ${layout}`, async () => {
      const laidOut = await Promise.all(
        Array.from({ length: COUNT_OF_LAYOUT }, (_, index) => layOut(generate(options(index)).source, layout)),
      );
      const syntax = syntaxOf(layout);
      const parsed = syntax ? laidOut.map((each) => withoutUsing(each, syntax) ?? "}") : laidOut;
      // Some stand where TypeScript's parser takes types for something else.
      expect(parsed.filter((each) => isValid(each)).length).to.be.greaterThan(
        COUNT_OF_LAYOUT * (layout === "typed" ? 0.9 : 0.95),
      );
      expect(await failures({ layout, count: COUNT_OF_LAYOUT })).to.deep.equal([]);
    });
});
