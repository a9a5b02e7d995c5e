import { expect } from "chai";
import { positionOf } from "../../transformer/diagnostics.js";
import { defaultOptions, resolveOptions } from "../../transformer/options.js";

const messages = (given: unknown): string[] =>
  resolveOptions(given).diagnostics.map(({ code, severity, message }) => `${severity} ${code} ${message}`);

describe("options", () => {
  it("have the defaults of the contract", () => {
    expect(resolveOptions().options).to.deep.equal(defaultOptions);
    expect(resolveOptions({ ticks: undefined }).options).to.deep.equal(defaultOptions);
    expect(resolveOptions({}).diagnostics).to.deep.equal([]);
  });

  it("take every value of the contract", () => {
    const values = {
      fileName: ["a.js"],
      include: ["directive", "all"],
      ticks: ["spec", "fused"],
      close: ["queue", "interrupt"],
      consumers: [true, false],
      runtime: [{ specifier: "x" }, { global: "__aclose" }],
      module: ["auto", "esm", "cjs", "script"],
      sourceMap: [true, false, "inline"],
      rules: [{}],
      positions: [true, false],
      annotate: [true, false],
      debug: [true, false],
    };
    for (const [name, list] of Object.entries(values)) {
      for (const value of list) {
        const { options, diagnostics } = resolveOptions({ [name]: value });
        expect(diagnostics).to.deep.equal([]);
        expect(options).to.have.property(name, value);
      }
    }
  });

  it("report an unknown option with the known ones", () => {
    expect(messages({ tick: "spec" })[0]).to.match(
      /^error ACLOSE1001 Unknown option "tick"\. The options are: include, .*, debug; for transform\(\) also fileName, [^.]*\.$/,
    );
  });

  it("report a wrong value, and go on with the default", () => {
    const { options } = resolveOptions({ ticks: "fast" });
    expect(options.ticks).to.equal("spec");
    expect(messages({ ticks: "fast" })).to.deep.equal([
      'error ACLOSE1002 Option "ticks" cannot be "fast". It takes "spec", "fused".',
    ]);
  });

  it("never throw, whatever they are given", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    for (const value of [null, 7, "all", [], Symbol("s"), () => 1, 10n, cyclic, Number.NaN]) {
      expect(messages(value), String(typeof value)).to.have.length(1);
      for (const name of Object.keys(defaultOptions)) expect(messages({ [name]: value })).to.have.length.within(0, 1);
    }
    for (const runtime of [{}, { specifier: "" }, { global: "a b" }, { specifier: "a", global: "b" }, { global: 1 }]) {
      expect(messages({ runtime })).to.have.length(1);
    }
    expect(messages({ rules: { leak: "error" } })[0]).to.contain('ACLOSE1007 Unknown rule "leak"');
  });

  it("say where the user wrote them", () => {
    const place = { fileName: "tsconfig.json", text: "{\n  x\n}", start: 4, length: 1 };
    const { diagnostics } = resolveOptions({ x: 1 }, () => place);
    expect(diagnostics[0]).to.include({ fileName: "tsconfig.json", start: 4, length: 1, line: 2, column: 3 });
  });
});

describe("positions", () => {
  it("are 1-based and know every line end of ECMAScript", () => {
    const text = "a\nb\r\nc\u2028d\re";
    const at = (char: string) => Object.values(positionOf(text, text.indexOf(char))).join(":");
    expect(["a", "b", "c", "d", "e"].map(at)).to.deep.equal(["1:1", "2:1", "3:1", "4:1", "5:1"]);
    expect(positionOf(text, 1)).to.deep.equal({ line: 1, column: 2 });
    expect(positionOf(text, 3)).to.deep.equal({ line: 2, column: 2 });
  });
});
