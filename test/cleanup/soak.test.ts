import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";

describe("soak", () => {
  it("cleans up 100,000 abandoned generators in a flat heap, and 10,000 cancelled ones for good", async function () {
    this.timeout(120_000);
    const program = fileURLToPath(new URL("./soak-program.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--expose-gc",
      ...["--import", "tsx", program, "100000", "10000"],
    ]);
    const { growth, ...counts } = JSON.parse(stdout);
    expect(counts).to.deep.equal({
      abandoned: 100_000,
      cleaned: 100_000,
      registered: 0,
      cancelled: 10_000,
      rejected: 10_000,
      late: 0,
    });
    expect(growth).to.be.lessThan(0.05);
  });
});
