/** Lists in the documentation that must be complete. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { rules } from "../../integrations/eslint/index.js";
import * as diagnostics from "../../transformer/diagnostics.js";
import { defaultOptions } from "../../transformer/options.js";
import { root } from "../doors/project.js";
import { blocks } from "./pages.js";

const read = (path: string): string => readFileSync(join(root, path), "utf8");

describe("README.md", () => {
  it("begins with the two commands", () => {
    const commands = blocks
      .filter(({ page, language }) => page === "README.md" && language === "sh")
      .flatMap(({ text }) => text.split("\n"));
    expect(commands.slice(0, 2)).to.deep.equal(["npm ci && npm start", "npm test"]);
  });
});

describe("docs/options.md", () => {
  it("names every option", () => {
    for (const name of Object.keys(defaultOptions)) expect(read("docs/options.md")).to.contain(`\`${name}\``);
  });
});

describe("docs/diagnostics.md", () => {
  const rows = [...read("docs/diagnostics.md").matchAll(/^\| (ACLOSE\d+) \| (error|warning) \| (?:`([\w-]+)`|–) \|/gm)];

  it("lists every code with its severity, and no other", () => {
    const known = Object.values(diagnostics)
      .filter((each) => typeof each === "object" && "code" in each)
      .map(({ code, severity }) => `${code} ${severity}`);
    expect(rows.map(([, code, severity]) => `${code} ${severity}`)).to.deep.equal(known.sort());
  });

  it("has the rules of ESLint by their names", () => {
    const described = rows.flatMap(([, code, , name]) => (name ? [[name, `${code} of aclose`]] : []));
    const known = Object.entries(rules).map(([name, { meta }]) => [name, meta.docs.description]);
    expect(Object.fromEntries(described)).to.deep.equal(Object.fromEntries(known));
  });
});
