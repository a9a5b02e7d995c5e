/** The judges of microtask order against the engines of other versions of Node. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { nodeOrSkip } from "../support/other-nodes.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const judge = "test/runtime/differential.test.ts";

describe("generators against the engine", function () {
  this.timeout(180_000);

  for (const major of ["22", "24", "26"])
    it(`of Node ${major}`, function () {
      const node = nodeOrSkip(this, major);
      const args = ["node_modules/mocha/bin/mocha.js", judge];
      const { stdout, stderr } = spawnSync(node, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
      expect(stdout.trimEnd().split("\n").at(-1), `${stdout}${stderr}`).to.match(/^[1-9]\d* passed, 0 failed$/);
    });
});
