/** What stands between the programs: configurations, commands, links. */

import { expect } from "chai";
import { checkShell, isCommand } from "./commands.js";
import { checkConfiguration } from "./configurations.js";
import { checkLink } from "./links.js";
import { blocks, pages, placeOf } from "./pages.js";

const shells = ["sh", "bash", "shell"];
const programLanguages = ["ts", "js", "tsx", "mts", "mjs"];
const configurations = ["json", "jsonc", "json5"];

describe("the documentation", () => {
  it("holds code in languages that are checked", () => {
    const known = [...programLanguages, ...shells, ...configurations, "text"];
    const unknown = blocks.filter(({ language }) => !known.includes(language));
    expect(unknown.map((block) => `${placeOf(block)} ${block.language}`)).to.deep.equal([]);
  });

  for (const block of blocks.filter(({ language }) => configurations.includes(language))) {
    it(`${placeOf(block)} is a valid configuration`, () =>
      expect(checkConfiguration(block.text, block.page)).to.deep.equal([]));
  }

  for (const block of blocks.filter(({ language }) => shells.includes(language))) {
    it(`${placeOf(block)} holds commands that exist`, () =>
      expect(checkShell(block.text, block.page)).to.deep.equal([]));
  }

  for (const { path, inline, links } of pages) {
    it(`${path} names commands that exist`, () => {
      const wrong = inline
        .filter(({ text }) => isCommand(text))
        .flatMap(({ text, line }) => checkShell(text, path).map((each) => `${path}:${line} \`${text}\`: ${each}`));
      expect(wrong).to.deep.equal([]);
    }).timeout(20_000);

    it(`${path} has links that lead somewhere`, () => {
      const wrong = links.flatMap(({ url, line }) => {
        const problem = checkLink(path, url);
        return problem === undefined ? [] : [`${path}:${line} ${problem}`];
      });
      expect(wrong).to.deep.equal([]);
    });
  }
});
