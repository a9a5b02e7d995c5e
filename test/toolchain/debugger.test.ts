/**
 * What a debugger shows, over the inspector's protocol: the same program is run natively and compiled, with a breakpoint
 * at every line, and must stop at the same lines with the same variables.
 */

import { join } from "node:path";
import { expect } from "chai";
import { transpiled } from "../../integrations/register/compile.js";
import { Project } from "../doors/project.js";
import { debug, debuggable, type Stop } from "../support/debuggee.js";

const program = `"use aclose";
interface Row { id: number }
const other = (value: number) => Promise.resolve(value);

async function* inner(limit: number): AsyncGenerator<number> {
  for (let index = 0; index < limit; index++) {
    const twice = index * 2;
    yield twice;
  }
}

async function* work(limit: number): AsyncGenerator<Row> {
  const first = await other(1);
  let total: number = first;
  try {
    for await (const item of inner(limit)) {
      const next = item + total;
      total = next;
      if (next > 2) {
        total += 1;
        continue;
      }
      yield { id: next };
      other(total);
    }
  } finally {
    other(0);
    await other(2);
  }
  switch (total) {
    case 1:
      throw new Error("unreachable");
    default:
      yield { id: (await other(3)) + (await other(total)) };
      break;
  }
  while (
    total-- > 3
  ) {
    await null;
  }
  const lists = [
    [await other(4), 0],
    [1, await other(5)],
  ];
  yield {
    id: await other(lists.length),
    ...(await other({})),
  };
  try {
    await Promise.reject(new Error("caught"));
  } catch (error) {
    const { message } = error as Error;
    other(message.length);
  }
  return;
}

async function main() {
  for await (const row of work(2)) {
    const text = JSON.stringify(row);
    other(text.length);
  }
}
await main();
export {};
`;
const lines = program.split("\n");
const lineOf = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1;

/** Lines that a debugger can stop at. A jump to the code that comes next leaves nothing in the output. */
const statements = lines.flatMap((line, index) =>
  index === 0 ||
  /^\s*(?:break|async function|interface|const other|try|\}|case|default|export|while \($|[)\]]|$)/.test(line)
    ? []
    : [index + 1],
);

describe("a debugger", function () {
  this.timeout(120_000);
  let project: Project;
  const file = (name: string) => join(project.folder, `${name}.mjs`);
  before(() => {
    project = new Project({ "tsconfig.json": "{}" });
    const fileName = join(project.folder, "program.mts");
    project.write({ "program.mts": program, "native.mjs": debuggable(program, fileName) });
    project.write({ "compiled.mjs": transpiled(program, fileName, "module") });
    const inDebug = join(project.folder, "debug/program.mts");
    project.write({
      "debug/tsconfig.json": JSON.stringify({
        compilerOptions: { plugins: [{ transform: "aclose/transformer", debug: true }] },
      }),
    });
    project.write({ "debug.mjs": transpiled(program, inDebug, "module") });
  });
  after(() => project.remove());

  /** Stops of one line in a row are one, as debuggers show them. */
  const told = (stops: readonly Stop[]): number[] =>
    stops.map(({ line }) => line ?? 0).filter((line, index, all) => line !== all[index - 1]);

  const runs = new Map<string, Promise<Stop[]>>();
  const stopsOf = (name: string): Promise<Stop[]> => {
    if (!runs.has(name))
      runs.set(
        name,
        debug(file(name), statements, () => "resume"),
      );
    return runs.get(name)!;
  };

  it("stops at the breakpoints of every line in the same order as natively", async () => {
    const native = told(await stopsOf("native"));
    expect(native).to.include.members([lineOf("const first"), lineOf("yield twice"), lineOf("other(message.length)")]);
    expect(told(await stopsOf("compiled"))).to.deep.equal(native);
    expect(told(await stopsOf("debug"))).to.deep.equal(native);
  });

  for (const name of ["compiled", "debug"])
    it(`shows variables by their names and values: ${name}`, async () => {
      const [native, compiled] = [await stopsOf("native"), await stopsOf(name)];
      const at = (stops: readonly Stop[], text: string) =>
        stops.filter(({ line }) => line === lineOf(text)).map(({ variables }) => variables);
      const pick = (variables: Readonly<Record<string, unknown>>, names: readonly string[]) =>
        names.map((each) => variables[each]);
      // What is needed no more by then is shown with the option debug only.
      for (const [text, needed, others] of [
        ["yield twice", ["limit", "index", "twice"], []],
        ["total = next", ["item", "next", "total"], ["limit"]],
        ["other(total);", ["total"], ["limit"]],
        ["other(message.length)", ["message"], ["total"]],
      ] as const) {
        const names = name === "debug" ? [...needed, ...others] : needed;
        const expected = at(native, text).map((each) => pick(each, names));
        expect(expected, text).not.to.deep.equal([]);
        expect(
          at(compiled, text).map((each) => pick(each, names)),
          text,
        ).to.deep.equal(expected);
      }
    });

  it("shows with the option debug also what the compiled program needs no more", async () => {
    const [stop] = (await stopsOf("debug")).filter(({ line }) => line === lineOf("other(message.length)"));
    expect(stop!.variables).to.include({ first: 1, limit: 2 });
  });

  it("steps from statement to statement in the order of the source", async () => {
    // Up to where the function suspends: an engine that goes on from there goes on with whatever runs next.
    for (const [start, end] of [
      ["let total", "for await"],
      ["const next", "yield { id: next }"],
      ["const { message }", "return;"],
    ] as const) {
      const walk = async (name: string): Promise<number[]> => {
        let steps = 0;
        const stops = await debug(file(name), [lineOf(start)], ({ line }) =>
          steps++ > 20 || line === lineOf(end) ? "resume" : "stepOver",
        );
        const all = told(stops.filter(({ line }) => line !== undefined));
        return all.slice(0, all.indexOf(lineOf(end)) + 1);
      };
      const native = await walk("native");
      expect(native.length, start).to.be.at.least(2);
      expect(await walk("compiled"), start).to.deep.equal(native);
    }
  });

  it("shows which functions wait for the one that runs", async () => {
    const [, resumed] = (await stopsOf("compiled")).filter(({ line }) => line === lineOf("const next"));
    expect(resumed!.asyncParents).to.include("main");
  });
});
