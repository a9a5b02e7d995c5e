import { expect } from "chai";
import { emittedStates } from "../../explorer/compiler/emitted-states.js";
import { explainAll, transform } from "../../transformer/index.js";

const text = `"use aclose";
export class Rows {
  #rows = [];
  async *own() { for (const row of this.#rows) { switch (row) { case 7: yield 7; } yield row; } }
  static async *[Symbol.asyncIterator]() { yield 1; yield 2; }
}
const literal = { async *method() { try { yield 1; } finally { await 2; } } };
const named = async function* () { switch (await 1) { case 0: yield 0; } };
export function outer(n) { return (async function* () { yield n; })(); }
export default async function* () { yield 3; }
`;

describe("states in the emitted code", () => {
  const { code } = transform(text, { fileName: "rows.js", sourceMap: false });
  const lines = code.split("\n");

  for (const explanation of explainAll(text, { fileName: "rows.js" })) {
    it(`are found in ${explanation.name || "an anonymous function"}, line ${explanation.source.line}`, () => {
      const found = emittedStates(code, explanation);
      expect(found.map(({ id }) => id)).to.deep.equal(explanation.states.map(({ id }) => id));
      for (const { id, line, endLine } of found) {
        expect(lines[line - 1]).to.match(new RegExp(`^\\s*case ${id}:`));
        expect(endLine).to.be.at.least(line);
      }
    });
  }
});
