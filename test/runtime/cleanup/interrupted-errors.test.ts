import { expect } from "chai";
import * as api from "../../../runtime/index.js";
import { closeWorld } from "../support/cleanup-world.js";
import { settle } from "../support/collect.js";
import { compileText } from "../support/compile.js";

afterEach(closeWorld);

describe("an error of a cleanup that an interrupting close has begun", () => {
  const inner = `async function* inner(never) { try { await never; } finally { throw new Error("cleanup"); } }
async function* yields(never) { try { await never; } finally { try { yield 1; } finally { throw new Error("cleanup"); } } }`;
  const readers = {
    loops: "for await (const x of inner(never)) yield x;",
    delegates: "yield* inner(never);",
    steps: "yield await inner(never).anext();",
    native: "for await (const x of make(never)) yield x;",
    "loops, and it yields": "for await (const x of yields(never)) yield x;",
    "delegates, and it yields": "yield* yields(never);",
  };

  for (const [name, body] of Object.entries(readers))
    it(`is reported, as nobody awaits it: ${name}`, async () => {
      const reported: unknown[] = [];
      api.configureAsyncGenerators({ onError: ({ exception }) => void reported.push((exception as Error).message) });
      const { reads } = compileText(`${inner} exports.reads = async function* reads(never, make) { ${body} };`);
      let open!: () => void;
      const never = new Promise<void>((resolve) => (open = resolve));
      const make = async function* () {
        try {
          await never;
          yield 1;
        } finally {
          // biome-ignore lint/correctness/noUnsafeFinally: it is what is tried.
          throw new Error("cleanup");
        }
      };
      const generator = reads(never, make);
      const pending = generator.next();
      await settle(1);
      expect(await api.aclose(generator, { interrupt: true })).to.equal("interrupted");
      expect(await pending).to.deep.equal({ value: undefined, done: true });
      open();
      await settle();
      expect(reported).to.deep.equal(["cleanup"]);
    });
});
