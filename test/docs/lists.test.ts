import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import * as diagnostics from "../../transformer/diagnostics.js";
import { defaultOptions } from "../../transformer/options.js";
import { root } from "./project.js";

const readme = readFileSync(join(root, "README.md"), "utf8");

describe("the README", () => {
  it("shows files as they are", () => {
    const { status, stderr } = spawnSync("node", ["scripts/update-readme.mjs", "--check"], {
      cwd: root,
      encoding: "utf8",
    });
    expect(stderr).to.equal("");
    expect(status).to.equal(0);
  });

  it("begins with the two commands", () => {
    const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
      block.trim().split("\n"),
    );
    expect(commands.slice(0, 2)).to.deep.equal(["npm ci && npm start", "npm test"]);
  });

  it("names every option", () => {
    for (const name of Object.keys(defaultOptions)) expect(readme).to.contain(`\`${name}\``);
  });
});

describe("docs/diagnostics.md", () => {
  it("lists every code with its severity, and no other", () => {
    const page = readFileSync(join(root, "docs/diagnostics.md"), "utf8");
    const listed = [...page.matchAll(/^\| (ACLOSE\d+) \| (error|warning) \|/gm)].map(
      ([, code, severity]) => `${code} ${severity}`,
    );
    const known = Object.values(diagnostics)
      .filter((each) => typeof each === "object" && "code" in each)
      .map(({ code, severity }) => `${code} ${severity}`);
    expect(listed).to.deep.equal(known.sort());
  });
});
