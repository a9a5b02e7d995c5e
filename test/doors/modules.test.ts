/** Compiled modules that import one another, as Node evaluates them. */

import { expect } from "chai";
import { transform } from "../../transformer/index.js";
import { Project } from "./project.js";

const circle = {
  "a.mjs": `import { log } from "./b.mjs";
export async function* counted({ [(async function* () {}, "n")]: n = 1 } = {}) { yield n; }
export function make(C = class { async *m() { yield "m"; } }) { return new C().m(); }
for (const made of log) console.log(await made.next());
`,
  "b.mjs": `import { counted, make } from "./a.mjs";
export const log = [counted(), make()];
`,
};

describe("modules", () => {
  it("take calls of their functions before they are evaluated, in a circle", () => {
    const compiled = (fileName: string, text: string) =>
      transform(text, { fileName, include: "all", sourceMap: false });
    const results = Object.entries(circle).map(([name, text]) => [name, compiled(name, text)] as const);
    const project = new Project(Object.fromEntries(results.map(([name, { code }]) => [name, code])));
    try {
      expect(results.flatMap(([, { diagnostics }]) => diagnostics)).to.deep.equal([]);
      expect(project.node("a.mjs")).to.deep.equal({
        status: 0,
        output: "{ value: 1, done: false }\n{ value: 'm', done: false }\n",
      });
    } finally {
      project.remove();
    }
  });
});
