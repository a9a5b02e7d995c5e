/** The asynchronous context in which the bodies of loops run. */

import { AsyncLocalStorage } from "node:async_hooks";
import { expect } from "chai";
import { compileText, runTextNatively, ticks } from "./support/compile.js";

const text = (body: string): string => `"use aclose";
exports.source = async function* source(n, gate) { for (let i = 0; i < n; i++) { await gate(); yield i; } };
exports.consume = async function consume(items, log) { for await (const item of items) ${body} };`;

type Program = Record<"source" | "consume", (...values: any[]) => any>;

/** What the body of a loop sees while somebody else, in a context of its own, asks the same generator now and then. */
async function contexts({ source, consume }: Program): Promise<string[]> {
  const storage = new AsyncLocalStorage<string>();
  const gates: (() => void)[] = [];
  const items = source(8, () => new Promise<void>((resolve) => gates.push(resolve)));
  const seen: string[] = [];
  const others: Promise<unknown>[] = [];
  const reading = storage.run("loop", () =>
    consume(items, (item: number) => {
      seen.push(`${item} in ${storage.getStore()}`);
      if (item === 1 || item === 4) storage.run("other", () => others.push(items.next()));
    }),
  );
  for (let i = 0; i < 8; i++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    storage.run("gate", () => gates.shift()?.());
  }
  await Promise.all([reading, ...others]);
  return seen;
}

describe("the asynchronous context of a loop's body", () => {
  for (const body of ["log(item);", "{ await null; log(item); }"])
    it(`is that of its function, whoever makes the generator go on: ${body}`, async () => {
      const expected = await contexts(runTextNatively(text(body)));
      expect(expected).to.include("7 in loop");
      expect(await contexts(compileText(text(body), { ticks }))).to.deep.equal(expected);
    });
});
