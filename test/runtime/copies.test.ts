import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

describe("two copies of the runtime in one program", () => {
  it("serve each other's generators, and know each other's errors", function () {
    this.timeout(20_000);
    const program = fileURLToPath(new URL("./copies-program.cjs", import.meta.url));
    const lines = execFileSync(process.execPath, [program], { encoding: "utf8" }).trim().split("\n");
    const reached = '["finally","interrupted",true,"finally","CancelledError","finally","interrupted"]';
    expect(lines).to.deep.equal([
      `0 ${reached}`,
      `0 ${reached}`,
      `1 ${reached}`,
      `1 ${reached}`,
      "shutdown 2 0 2 2",
      "shutdown 2 0 2 2",
      "1 undefined",
      "end undefined",
      "true true true,true,true,false,false false,false,true,false,false false,false,false,false,false",
      "true true true,true,true,false,false false,false,true,false,false false,false,false,false,false",
      "end 1 2",
    ]);
  });
});
