/**
 * Generators that nobody here wrote: the `openai` package, from the TypeScript sources that it publishes. It is compiled
 * twice, natively and with every async generator rewritten, and read over a server. Both must see the same, and the
 * server must see the same of both.
 */

import { expect } from "chai";
import ts from "typescript";
import { type CompiledFile, type Library, loadCompiled, loadNative } from "./openai/library.js";
import { others, pagination, type Scenario, streaming } from "./openai/scenarios.js";
import { Server } from "./openai/server.js";

/** How many functions of each kind, and calls that make code from text, there are. */
function census(text: string): Record<string, number> {
  const found = { asyncGenerators: 0, generators: 0, evaluations: 0 };
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "asteriskToken" in node && node.asteriskToken) {
      const isAsync =
        ts.canHaveModifiers(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
      found[isAsync ? "asyncGenerators" : "generators"]++;
    }
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && /^(eval|Function)$/.test(node.expression.getText()))
      found.evaluations++;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest, true));
  return found;
}

/** Reads a stream from memory, and writes down in which microtask turn everything happened. */
async function turns({ streaming }: Library, bytes: string, most: number): Promise<string[]> {
  const log: string[] = [];
  let turn = 0;
  let reading = true;
  const controller = new AbortController();
  controller.signal.addEventListener("abort", () => log.push(`${turn} aborted`));
  const count = async (): Promise<void> => {
    for (; reading && turn < 10_000; turn++) await null;
  };
  const read = async (): Promise<void> => {
    let items = 0;
    for await (const item of streaming.Stream.fromSSEResponse<unknown>(new Response(bytes), controller)) {
      log.push(`${turn} ${JSON.stringify(item)}`);
      if (++items === most) break;
    }
    log.push(`${turn} end`);
    reading = false;
  };
  await Promise.all([read(), count()]);
  return log;
}

describe("the openai package, compiled from its sources", function () {
  this.timeout(60_000);
  const server = new Server();
  let url: string;
  let native: Library;
  let compiled: Library;
  let files: ReadonlyMap<string, CompiledFile>;

  before(async () => {
    url = await server.start();
    native = await loadNative();
    ({ library: compiled, files } = await loadCompiled());
  });
  after(() => server.stop());

  async function run(library: Library, scenario: Scenario): Promise<{ log: string[]; server: string[] }> {
    const log: string[] = [];
    const client = new library.OpenAI({ apiKey: "none", baseURL: url, maxRetries: 0, logLevel: "off" });
    await scenario({ library, client, log: (text) => log.push(text), arrived: () => server.arrived() });
    return { log, server: await server.takeSeen() };
  }

  it("has no async generator left, and nothing else was touched", () => {
    const changed = [...files].filter(([, { functions }]) => functions.length > 0);
    expect(changed.map(([name]) => name)).to.include.members(["core/streaming.ts", "core/pagination.ts"]);
    expect(changed.flatMap(([, { functions }]) => functions).length).to.be.at.least(16);
    for (const [name, { source, code, diagnostics, functions }] of files) {
      expect(diagnostics, name).to.deep.equal([]);
      expect(
        functions.filter(({ rewritten }) => !rewritten),
        name,
      ).to.deep.equal([]);
      if (functions.length > 0) expect(census(code), name).to.deep.equal({ ...census(source), asyncGenerators: 0 });
      else if (!/for await/.test(source)) expect(code === source, name).to.equal(true);
    }
  });

  it("takes the same microtask turns", async () => {
    const events = [1, 2, 3].map((n) => `data: {"n":${n}}\n\n`).join("");
    for (const [bytes, most] of [
      [events, Infinity],
      [`${events}data: [DONE]\n\n`, Infinity],
      [events, 2],
    ] as const) {
      const expected = await turns(native, bytes, most);
      expect(expected.at(-1)).to.match(/^\d+ end$/);
      expect(await turns(compiled, bytes, most)).to.deep.equal(expected);
    }
  });

  for (const [area, scenarios] of Object.entries({ streaming, pagination, others })) {
    describe(area, () => {
      for (const [name, scenario] of Object.entries(scenarios))
        it(name, async () => {
          const expected = await run(native, scenario);
          expect(await run(compiled, scenario)).to.deep.equal(expected);
          expect(expected.log).not.to.deep.equal([]);
        });
    });
  }
});
