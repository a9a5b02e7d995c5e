/** Breakpoints on lines that have little of their own: jumps, clauses, and what a state begins with. They stop where they natively do. */

import { join } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { transpiled } from "../../integrations/register/compile.js";
import { createTransformer } from "../../transformer/index.js";
import { Project } from "../doors/project.js";
import { debug, debuggable } from "../support/debuggee.js";

const program = `"use aclose";
enum Kind { Page = 1, Row = 3 }
const call = (...values: any[]): any => values.at(-1);

async function* work(list: any[]): AsyncGenerator<any> {
  for (const each of list) {
    if (await call(each === 1))
      continue; // stop
    if (await call(each === 4))
      break; // stop
    if (await call(each)) call(each);
    else
      continue; // stop
    call(each, await each);
    try {
      const kept = [each]; // stop
      yield kept;
    } finally {
      call(2, await 3);
    }
    const made = { async *m() { yield super.toString; } }; // stop
    switch (each) {
      case "a": call(made); break; // stop
      case 2: call(each, await 4); break; // stop
      case Kind.Row: call(5); // stop
      default: yield 6; // stop
    }
    call(7, await 8);
    switch (each) {
      case list.length: call(9); await null; // stop
    }
    let late; // stop
    late = () => late;
  }
}
async function* guarded(end: boolean): AsyncGenerator<any> {
  if (await end)
    return; // stop
  call(1, await 2);
  for (var index = 0; index < 1; index++) { // stop
    await index;
  }
  yield index;
}

async function main() {
  outer: for await (const item of work([1, 0, 2, 3, 5, 4])) { // stop
    if (item === 6) continue outer;
    await item;
  }
  for await (const item of guarded(false)) call(item);
  for await (const item of guarded(true)) call(item);
}
await main();
export {};
`;

describe("a breakpoint stops where it natively does", function () {
  this.timeout(60_000);
  let project: Project;
  const lines = program.split("\n").flatMap((line, index) => (line.endsWith("// stop") ? [index + 1] : []));
  const stopsOf = async (name: string) => {
    const stops = await debug(join(project.folder, `${name}.mjs`), lines, () => "resume");
    return stops.map(({ line = 0 }) => line);
  };
  before(() => {
    project = new Project({ "tsconfig.json": "{}", "program.mts": program });
    const fileName = join(project.folder, "program.mts");
    project.write({
      "native.mjs": debuggable(program, fileName),
      "tsc.mjs": debuggable(program, fileName, createTransformer(ts, {}, () => {}) as never),
      "register.mjs": transpiled(program, fileName, "module"),
    });
  });
  after(() => project.remove());

  for (const name of ["register", "tsc"])
    it(name, async () => {
      const native = await stopsOf("native");
      expect(native).to.include.members(lines.filter((line) => !/"a":/.test(program.split("\n")[line - 1]!)));
      expect(await stopsOf(name)).to.deep.equal(native);
    });
});
