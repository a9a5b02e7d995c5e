/** What is generated is what would be generated now. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { compare } from "../../compare/run.js";
import { root } from "../doors/project.js";

const read = (path: string): string => readFileSync(join(root, path), "utf8");

describe("the generated documentation", () => {
  it("is up to date: the reference, the machines and their pictures, the files that pages show", () => {
    const { status, stderr } = spawnSync(process.execPath, ["scripts/docs.mjs", "--check"], {
      cwd: root,
      encoding: "utf8",
    });
    expect(stderr).to.equal("");
    expect(status).to.equal(0);
  }).timeout(60_000);

  it("compares with the peers as they are", async function () {
    this.timeout(120_000);
    const page = read("docs/comparison.md");
    const [major] = process.version.split(".");
    // What the engine itself does differs from one version to the next.
    if (!page.includes(`run on Node ${major}:`)) {
      console.log(`      docs/comparison.md was made on another Node than ${major}`);
      this.skip();
    }
    expect(await compare()).to.equal(page);
  });
});
