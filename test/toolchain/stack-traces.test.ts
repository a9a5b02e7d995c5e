/** The stack of an error that a compiled generator throws, against the native one. */

import { join } from "node:path";
import { expect } from "chai";
import { transpiled } from "../../integrations/register/compile.js";
import { Project } from "../doors/project.js";

const program = (directive: string): string => `${directive}
const fail = async (): Promise<never> => {
  await null;
  throw new Error("deep");
};
async function* direct(): AsyncGenerator<number> {
  yield 1;
  await null;
  throw new Error("direct");
}
async function* first(): AsyncGenerator<number> {
  throw new Error("first");
}
async function* delegates(): AsyncGenerator<number> {
  yield* direct();
}
async function* loops(): AsyncGenerator<number> {
  for await (const item of first()) yield item;
}
async function* calls(): AsyncGenerator<number> {
  yield 1;
  await fail();
}
async function* notIterable(value: any): AsyncGenerator<number> {
  for await (const item of
    value) yield item;
}
class Table {
  #base = 1;
  async *rows(): AsyncGenerator<number> {
    yield this.#base;
    const message = "nested";
    throw new Error(message);
  }
  static async *all(): AsyncGenerator<number> {
    null!.x;
  }
}
async function* unknown(how: string): AsyncGenerator<number> {
  await null;
  if (how === "yield") yield nowhere.value;
  if (how === "await") await nowhere.value;
  return nowhere;
}
async function* notDelegable(value: any): AsyncGenerator<number> {
  yield* value;
}
async function* inParts(how: boolean): AsyncGenerator<number> {
  yield [
    await 1,
    how ? await 2
      : nowhere,
    await nowhere,
  ].length;
}
async function consume(generator: AsyncGenerator<number>): Promise<void> {
  for await (const item of generator) void item;
}
for (const generator of [direct(), first(), delegates(), loops(), calls(), notIterable(1), new Table().rows(), Table.all(), unknown("yield"), unknown("await"), unknown(""), notDelegable(1), inParts(true), inParts(false)])
  await consume(generator).catch((error) => console.log(JSON.stringify(error.stack)));
export {};
`;

interface Frame {
  readonly isAsync: boolean;
  readonly at: string;
}

/** The frames of the program's own file: function and line. Native methods stand with their class. */
function framesOf(stack: string): Frame[] {
  return [...stack.matchAll(/^ +at (async )?(?:(\S+) \()?(?:file:\/\/)?\S*program\.mts:(\d+):\d+\)?$/gm)].map(
    ([, isAsync, name = "", line]) => ({
      isAsync: isAsync !== undefined,
      at: `${name.split(".").at(-1)!.replace("<anonymous>", "")}:${line}`,
    }),
  );
}

describe("stack traces", function () {
  this.timeout(60_000);
  let project: Project;
  before(() => {
    const plugins = [{ transform: "aclose/transformer", debug: true }];
    project = new Project({
      "tsconfig.json": "{}",
      "debug/tsconfig.json": JSON.stringify({ compilerOptions: { plugins } }),
    });
  });
  after(() => project.remove());

  const run = (directive: string, debug = false): Frame[][] => {
    const source = program(directive);
    const folder = debug ? "debug/" : "";
    project.write({ [`${folder}program.mts`]: source });
    const code = transpiled(source, join(project.folder, `${folder}program.mts`), "module");
    project.write({ [`${folder}program.mjs`]: code });
    // The frames of the runtime count as well.
    const output = project.print("--enable-source-maps", "--stack-trace-limit=100", `${folder}program.mjs`);
    return output
      .trim()
      .split("\n")
      .map((line) => framesOf(JSON.parse(line)));
  };

  // A generator that waits for another has left its step: the engine knows neither its call nor its await.
  const isWaiting = ({ at, isAsync }: Frame, index: number) =>
    isAsync || (index > 0 && /^(?:loops|delegates|calls):/.test(at));
  const running = (frames: readonly Frame[]) =>
    frames.filter((frame, index) => !isWaiting(frame, index)).map(({ at }) => at);

  it("name the function and the line, as natively; with the option debug also the functions that wait, where an engine can know", () => {
    const native = run('"no directive";');
    const compiled = run('"use aclose";', true);
    expect(native.map((frames) => frames[0]!.at)).to.deep.equal([
      "direct:9",
      "first:12",
      "direct:9",
      "first:12",
      "fail:4",
      "notIterable:26",
      "rows:33",
      "all:36",
      "unknown:41",
      "unknown:42",
      "unknown:43",
      "notDelegable:46",
      "inParts:53",
      "inParts:52",
    ]);
    expect(native.some((frames) => frames.some(({ isAsync }) => isAsync))).to.equal(true);
    expect(compiled.map(running)).to.deep.equal(native.map(running));
    // Without it a loop whose body waits for nothing takes its items in callbacks.
    const withoutLoops = (frames: readonly Frame[]) => running(frames).filter((at) => !at.startsWith("consume:"));
    expect(run('"use aclose";').map(withoutLoops)).to.deep.equal(native.map(withoutLoops));
  });
});
