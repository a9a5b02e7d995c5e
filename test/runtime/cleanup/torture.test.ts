import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { ticks } from "../support/compile.js";

const program = fileURLToPath(new URL("../../../fuzz/torture/run.ts", import.meta.url));

/** In a process of its own, where nothing else is open and no error is anybody else's. */
function torture(options: readonly string[]): string {
  return execFileSync(process.execPath, ["--import", "tsx", program, "--ticks", ticks, ...options], {
    encoding: "utf8",
  });
}

describe("random programs that several consumers use at once", function () {
  this.timeout(120_000);

  it("close every generator, and run each cleanup once", () => {
    expect(torture(["--count", "20"])).to.equal("20 programs, 0 failed\n");
  });

  it("do so with functions of two copies of the runtime", () => {
    expect(torture(["--count", "20", "--seed", "100", "--copies", "2"])).to.equal("20 programs, 0 failed\n");
  });

  it("do so with functions that each have their own ticks and close in their own way", () => {
    expect(torture(["--count", "20", "--seed", "200", "--ticks", "mixed"])).to.equal("20 programs, 0 failed\n");
  });

  it("close the inner before the outer, and leave each cleanup its time that a close has begun", () => {
    expect(torture(["--count", "20", "--mode", "closes"])).to.equal("20 programs, 0 failed\n");
  });

  it("are closed when they are forgotten and collected", () => {
    expect(torture(["--count", "5", "--mode", "collect"])).to.equal("5 programs, 0 failed\n");
  });

  it("lose no error of a cleanup", () => {
    expect(torture(["--count", "20", "--mode", "errors", "--copies", "2"])).to.equal("20 programs, 0 failed\n");
  });

  if (ticks === "spec")
    it("do what the engine does, microtask turns included", () => {
      expect(torture(["--count", "40", "--mode", "engine", "--copies", "2"])).to.equal("40 programs, 0 failed\n");
    });
});
