/** The checks of the documentation find what is wrong. */

import { expect } from "chai";
import { checkShell, isCommand } from "./commands.js";
import { checkConfiguration } from "./configurations.js";
import { checkLink } from "./links.js";
import type { Block } from "./pages.js";
import { expectedOutput, programOf, removePrograms, run, typeErrors, writePrograms } from "./programs.js";

const block = (text: string, rest: Partial<Block> = {}): Block => ({
  page: "README.md",
  line: 1,
  language: "ts",
  text,
  notes: new Map(),
  output: undefined,
  ...rest,
});

describe("the checks of the documentation", () => {
  it("find commands that do not exist", () => {
    const wrong: Record<string, string> = {
      "npm run nothing": 'package.json has no script "nothing"',
      "npx aclose bild src": 'aclose has no command "bild"',
      "npx aclose build src --ouput-dir x": "aclose build has no --ouput-dir",
      "node --import aclose/registre app.ts": "there is no entry aclose/registre",
      "node examples/none.mjs": "there is no examples/none.mjs",
      "npx no-such-program": 'there is no program "no-such-program" in node_modules/.bin',
      "npm ci && rm -rf x # why": '"rm" is not known',
    };
    for (const [command, message] of Object.entries(wrong)) {
      expect(isCommand(command), command).to.equal(true);
      expect(checkShell(command, "README.md"), command).to.deep.equal([message]);
    }
    expect(checkShell("npx aclose build src --out-dir compiled --ticks fused", "README.md")).to.deep.equal([]);
  });

  it("find configurations that tools would refuse", () => {
    const plugin = (entry: object): string =>
      JSON.stringify({ compilerOptions: { plugins: [{ transform: "aclose/transformer", ...entry }] } });
    expect(checkConfiguration("{ oops", "README.md")).to.have.length.above(0);
    expect(checkConfiguration(plugin({ tick: "fused" }), "README.md")).to.have.length(1);
    expect(checkConfiguration(plugin({ ticks: "fuse" }), "README.md")).to.have.length(1);
    expect(checkConfiguration(plugin({ ticks: "fused" }), "README.md")).to.deep.equal([]);
    expect(checkConfiguration('{ "compilerOptions": { "target": "es1999" } }', "README.md")).to.have.length(1);
    expect(checkConfiguration('{ "scripts": { "build": "aclose nothing" } }', "README.md")).to.have.length(1);
  });

  it("find links that lead nowhere", () => {
    expect(checkLink("docs/limits.md", "none.md")).to.equal("there is no docs/none.md");
    expect(checkLink("README.md", "docs/limits.md#none")).to.equal("docs/limits.md has no heading #none");
    expect(checkLink("README.md", "docs/limits.md#limits")).to.equal(undefined);
  });

  it("read what a program prints from its comments or from the block behind it", () => {
    expect(expectedOutput(block("f(); // → 1\ng(); // → two"))).to.equal("1\ntwo");
    expect(expectedOutput(block("f();", { output: "a\nb" }))).to.equal("a\nb");
    expect(expectedOutput(block("f();"))).to.equal(undefined);
  });

  it("run programs, and see type errors, warnings of the compiler, exit codes and programs that hang", async () => {
    const good = programOf(
      block('"use aclose";\nasync function* g() { yield 1; }\nfor await (const n of g()) console.log(n);'),
      "good",
    );
    const hidden = programOf(
      block('"use aclose";\nprint(1);', { notes: new Map([["before", "const print = console.log;"]]) }),
      "hidden",
    );
    const mistyped = programOf(block("const n: number = 'text';\nprocess.exit(3);"), "mistyped");
    const hanging = programOf(block("setInterval(() => {}, 1000);"), "hanging");
    const refused = programOf(block('"use acloze fused";\nfunction f() { "use aclose fuse"; }'), "refused");
    const all = [good, hidden, mistyped, hanging, refused];
    writePrograms(all);
    try {
      expect([...typeErrors([good.file, mistyped.file]).keys()]).to.deep.equal([mistyped.file]);
      expect(await run(good)).to.deep.equal({ status: "0", stdout: "1\n", stderr: "" });
      expect((await run(mistyped)).status).to.equal("3");
      expect((await run(hanging, 1000)).status).to.equal("SIGTERM");
      expect(() => run(refused)).to.throw("README.md:1 line 2");
    } finally {
      removePrograms();
    }
  }).timeout(60_000);
});
