/** Each fixture's bodies and output are those that somebody has looked at. */

import { expect } from "chai";
import { fixtures, readGolden, unusedGoldens } from "./goldens.js";

const advice = "Run `npm run update-goldens` if this is what you want.";

/** The lines that differ, with a few that are equal around them. */
function difference(expected: string, actual: string): string {
  const [before, after] = [expected.split("\n"), actual.split("\n")];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const changed = (lines: readonly string[], sign: string) =>
    lines.slice(start, lines.length - end).map((line) => `${sign} ${line}`);
  const around = (from: number, to: number) => before.slice(Math.max(0, from), to).map((line) => `  ${line}`);
  return [
    `  line ${start + 1}`,
    ...around(start - 3, start),
    ...changed(before, "-"),
    ...changed(after, "+"),
    ...around(before.length - end, before.length - end + 3),
  ].join("\n");
}

describe("goldens", () => {
  for (const { name, goldens } of fixtures) {
    for (const [path, text] of goldens) {
      it(`${name}: ${path.split(".").at(-2)}`, () => {
        const expected = readGolden(path);
        if (expected === undefined) throw new Error(`${path} is missing. ${advice}`);
        const actual = text();
        if (actual !== expected) throw new Error(`${path} differs. ${advice}\n${difference(expected, actual)}`);
      });
    }
  }

  it("belong to a fixture", () => {
    expect(unusedGoldens(), advice).to.deep.equal([]);
  });
});
