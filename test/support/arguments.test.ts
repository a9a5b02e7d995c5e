import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const root = fileURLToPath(new URL("../..", import.meta.url));

function run(program: string, ...flags: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", program, ...flags], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, said: stderr.split("\n")[0] };
}

describe("what the judges are called with", function () {
  this.timeout(60_000);

  for (const [program, flags, said] of [
    ["fuzz/run.ts", ["--count", "1,000"], '--count takes a whole number, not "1,000".'],
    ["fuzz/run.ts", ["--layout", "typd"], "--layout takes source, "],
    ["fuzz/torture/run.ts", ["--cuont", "9"], "Unknown option '--cuont'"],
    ["test262/run.ts", ["/nowhere"], "/nowhere is no checkout of Test262."],
    ["bench/run.ts", ["--only", "nothing"], 'No workload\'s name contains "nothing".'],
  ] as const)
    it(`a mistake is told, and nothing passes: ${program} ${flags.join(" ")}`, () => {
      const found = run(program, ...flags);
      expect(found.said).to.contain(said);
      expect({ status: found.status, stdout: found.stdout }).to.deep.equal({ status: 2, stdout: "" });
    });

  it("--help shows the usage", () => {
    const { status, stdout } = run("fuzz/run.ts", "--help");
    expect(status).to.equal(0);
    expect(stdout).to.match(/^Usage: npm run fuzz/);
  });
});
