/** Classic scripts: they share one global scope, with each other and with the runtime's global. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { expect } from "chai";
import { transform } from "../../transformer/index.js";
import { root } from "./project.js";

const options = { module: "script", runtime: { global: "__aclose" }, include: "all", sourceMap: false } as const;
const compile = (fileName: string, source: string): string => {
  const { code, diagnostics } = transform(source, { ...options, fileName });
  expect(diagnostics).to.deep.equal([]);
  return code;
};

/** A declaration, a method, a computed method and a private one: each with definitions of its own. */
const script = (name: string): string => `async function* rows(n) { for (let i = 0; i < n; i++) yield "${name}" + i; }
var ${name} = class { async *all() { yield "${name} all"; } async *["some" + 1]() { yield "${name} some"; }
  async *#own() { yield "${name} own"; } own() { return this.#own(); } };
`;

describe("classic scripts", () => {
  const page = () => {
    const context = createContext({ console });
    runInContext(readFileSync(join(root, "dist/aclose.global.js"), "utf8"), context);
    return (code: string): unknown => runInContext(code, context);
  };
  const list =
    "(async (...all) => { const r = []; for (const g of all) for await (const x of g) r.push(x); return r.join(); })";

  it("with the same names inside do not disturb each other", async () => {
    const run = page();
    run(compile("one.js", script("one")));
    run("globalThis.first = rows;");
    run(compile("two.js", script("two")));
    expect(await run(`${list}(first(2), rows(2), new one().all(), new two().all())`)).to.equal(
      "one0,one1,two0,two1,one all,two all",
    );
    expect(await run(`${list}(new one().some1(), new two().some1(), new one().own(), new two().own())`)).to.equal(
      "one some,two some,one own,two own",
    );
    expect(run("[rows.name, Object.prototype.hasOwnProperty.call(globalThis, 'rows')].join()")).to.equal("rows,true");
  });

  it("with the same text in two files do not either", async () => {
    const run = page();
    const source =
      "var n = (n || 0) + 1; { class A { async *m() { yield n; } } var make = () => new A().m(); }\nasync function* f() { yield n; }\n";
    for (const name of ["a/one.js", "a/two.js"]) run(compile(name, source));
    expect(await run(`${list}(make(), f())`)).to.equal("2,2");
  });

  it("are compiled alike in every folder", () => {
    const output = compile("/home/one/x.js", script("x"));
    expect(compile("C:\\two\\x.js", script("x"))).to.equal(output);
    expect(compile("/home/one/y.js", script("x"))).not.to.equal(output);
  });
});
