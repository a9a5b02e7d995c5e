/** Every program in the documentation compiles, has no type errors, runs, and prints what the page says. */

import { availableParallelism } from "node:os";
import { expect } from "chai";
import { blocks, placeOf } from "./pages.js";
import {
  expectedOutput,
  type Outcome,
  type Program,
  programs,
  removePrograms,
  run,
  typeErrors,
  writePrograms,
} from "./programs.js";

/** Runs all programs, as many at a time as the machine has processors; each test waits for its own. */
function runAll(): Map<Program, Promise<Outcome>> {
  const lanes: Promise<unknown>[] = Array.from({ length: availableParallelism() }, () => Promise.resolve());
  const runnable = programs.filter(({ notes }) => !notes.has("not run"));
  return new Map(
    runnable.map((program, index) => {
      const lane = index % lanes.length;
      const outcome = lanes[lane]!.then(() => run(program));
      lanes[lane] = outcome.catch(() => {});
      return [program, outcome];
    }),
  );
}

describe("programs in the documentation", function () {
  // A test waits for the programs before its own.
  this.timeout(60_000);

  const errors = new Map<string, string[]>();
  let outcomes = new Map<Program, Promise<Outcome>>();

  before(function () {
    writePrograms();
    // One that imports aclose would give its global types to those that do not.
    for (const imports of [true, false]) {
      const files = programs.filter(({ source }) => source.includes('"aclose') === imports).map(({ file }) => file);
      for (const [file, messages] of typeErrors(files)) errors.set(file, messages);
    }
    outcomes = runAll();
  });
  after(removePrograms);

  it("are there", () => {
    expect(programs.length).to.be.greaterThan(20);
  });

  it("have types, and no errors outside of them", () => {
    const files = new Set(programs.map(({ file }) => file));
    expect([...errors].filter(([file]) => !files.has(file))).to.deep.equal([]);
  });

  for (const program of programs) {
    const reason = program.notes.get("not run");
    it(`${placeOf(program)} has the right types${reason === undefined ? "" : `; it is not run: ${reason}`}`, () => {
      expect(errors.get(program.file) ?? []).to.deep.equal([]);
    });
    if (reason !== undefined) continue;
    it(`${placeOf(program)} does what it says`, async () => {
      const { status, stdout, stderr } = await outcomes.get(program)!;
      const end = program.notes.get("ends with") ?? "0";
      expect(`exit ${status}\n${stderr}`, "exit code and errors").to.equal(`exit ${end}\n`);
      // What a test runner prints holds times.
      if (!/^mocha|--test/.test(program.notes.get("run") ?? ""))
        expect(stdout.trimEnd(), "output").to.equal(expectedOutput(program) ?? "");
    });
  }

  for (const block of blocks) {
    const reason = block.notes.get("not checked");
    if (reason !== undefined)
      it(`${placeOf(block)} is not checked: ${reason}`, () => expect(reason).to.have.length.above(20));
  }
});
