import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

describe("two copies of the runtime in one program", () => {
  it("serve each other's generators, have one state, and do not stay", () => {
    const program = fileURLToPath(new URL("./copies-program.cjs", import.meta.url));
    const lines = execFileSync(process.execPath, [program], { encoding: "utf8" }).trim().split("\n");
    const reached = '["finally","interrupted",true,"finally","CancelledError","finally","interrupted"]';
    const shared =
      '["first","finally",true,"finally","finally","CancelledError",true,"finally","CancelledError",true,1,1,"finally","string","undefined","finalizer"]';
    expect(lines).to.deep.equal([
      ...Array(4).fill(`shared ${shared}`),
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
      "reloaded true",
      "end 1 2",
    ]);
  });
});
