import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { compileScript } from "./support/compile.js";
import { Harness } from "./support/python-harness.js";

interface Recorded {
  readonly id: string;
  readonly title: string;
  readonly trace: readonly string[];
  readonly trace_modern?: readonly string[];
}

const recorded: readonly Recorded[] = JSON.parse(
  readFileSync(new URL("../../fixtures/python/traces.json", import.meta.url), "utf8"),
).scenarios;

/** `.context` is Python's implicit chaining, which JavaScript lacks; and a disposal is not told why it happens. */
function expected({ trace, trace_modern: modern }: Recorded): readonly string[] {
  return (modern ?? trace)
    .filter((line) => !line.includes(".context=") && !line.startsWith("context-type:") && !line.endsWith(".cause=none"))
    .map((line) => (line === "exit:GeneratorExit" ? "exit" : line));
}

const documented = "the decisions for ECMAScript say otherwise, and the documentation says so";

/** Why a scenario has no port. */
const unported: Record<string, string> = {
  K05: documented,
  K06: documented,
  N08: documented,
  D05: documented,
  D16: documented,
  X05: documented,
  D20: "cancels a task while it runs, which JavaScript has no means for",
};

const ported = new Set<string>();

describe("against CPython's traces", () => {
  after(() => {
    const missing = recorded.map(({ id }) => id).filter((id) => !ported.has(id));
    expect(missing.sort()).to.deep.equal(Object.keys(unported).sort());
  });

  for (const file of readdirSync(new URL("python", import.meta.url))) {
    const debug = file === "debug.scenarios.js";
    const { scenarios } = compileScript(`./python/${file}`, import.meta.url, { debug });
    for (const [id, scenario] of Object.entries<(h: Harness) => Promise<void>>(scenarios)) {
      const record = recorded.find((each) => each.id === id);
      ported.add(id);
      it(`${id}: ${record?.title}`, async () => {
        if (record === undefined) throw new Error(`There is no trace of ${id}`);
        expect(await Harness.run(scenario)).to.deep.equal(expected(record));
      });
    }
  }
});
