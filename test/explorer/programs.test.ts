import { expect } from "chai";
import type { Page } from "playwright-core";
import { cleaning, current, log, logged, openExplorer, withProgram } from "./open-explorer.js";

describe("programs in the explorer", function () {
  this.timeout(120_000);
  const opened = openExplorer();
  const { errors } = opened;
  let page: Page;
  before(() => {
    page = opened.page;
  });

  it("steps a generator to its finally, as the engine does", async () => {
    await withProgram(page, cleaning, "steps(3)");
    await page.click('[data-action="next"]');
    await logged(page, "{ value: 0, done: false }", 2);
    await page.locator("#graph .is-current", { hasText: "yield i" }).waitFor();
    await page.locator("#locals", { hasText: "i0" }).waitFor();
    await page.locator("#cleanup .owed").waitFor();
    await page.fill("#argument", '"bye"');
    await page.keyboard.press("Alt+r");
    await logged(page, '{ value: "bye", done: true }', 2);
    expect(await log(page, "compiled")).to.deep.equal([
      "next()",
      "{ value: 0, done: false }",
      'return("bye")',
      "cleaned",
      '{ value: "bye", done: true }',
    ]);
    expect(await log(page, "native")).to.deep.equal(await log(page, "compiled"));
    expect(await page.locator("#log .differs").count()).to.equal(0);
    await page.locator("#cleanup .ran").waitFor();
    await page.locator("#status", { hasText: "closed" }).waitFor();
    expect(await current(page)).to.deep.equal([]);
  });

  it("shows the requests that wait, cancels what is awaited, and marks what a native generator cannot do", async () => {
    const waiting = `import { isCancelled } from "aclose";
export async function* slow() {
  try { await new Promise(() => {}); } catch (error) { yield isCancelled(error); } finally { console.log("cleaned"); }
}\n`;
    await withProgram(page, waiting, "slow()");
    await page.click('[data-action="next"]');
    await page.locator("#queue .served", { hasText: "next()" }).waitFor();
    await page.click('[data-action="return"]');
    await page.locator("#queue li:not(.served)", { hasText: "return()" }).waitFor();
    await page.click('[data-action="cancel"]');
    await logged(page, "{ value: true, done: false }");
    await logged(page, "cleaned");
    expect(await log(page, "native")).to.deep.equal([
      "next()",
      "return()",
      "cancel()",
      "a native generator cannot be cancelled",
    ]);
    expect(await page.locator("#log .differs").count()).to.be.greaterThan(2);
  });

  it("knows what is in the text where a step has an argument", async () => {
    const text = `import { CancelledError } from "aclose";
const cancelled = CancelledError;
class Late extends Error { name = "Late"; }
export async function* f() { try { yield 1; } catch (error) { yield error instanceof Late; } }\n`;
    await withProgram(page, text, "f()");
    await page.click('[data-action="next"]');
    await page.fill("#argument", "new Late('x') // too late");
    await page.click('[data-action="throw"]');
    await logged(page, "{ value: true, done: false }", 2);
    await page.fill("#argument", "console.log(cancelled)");
    await page.click('[data-action="next"]');
    await logged(page, "ƒ CancelledError", 2);
    await page.fill("#argument", "missing");
    await page.click('[data-action="next"]');
    await logged(page, "the argument: ReferenceError: missing is not defined", 2);
  });

  it("says of locals that are generators what they are", async () => {
    const inner = "async function* inner() { yield 0; }\n";
    await withProgram(page, `${inner}export async function* f(source = inner()) { yield 1; return source; }\n`, "f()");
    await page.click('[data-action="next"]');
    await page.locator("#locals dd", { hasText: /^AsyncGenerator$/ }).waitFor();
  });

  it("runs what an abandoned generator owes", async () => {
    await withProgram(page, cleaning, "steps(3)");
    await page.click('[data-action="next"]');
    await logged(page, "{ value: 0, done: false }", 2);
    await page.click('[data-action="abandon"]');
    await logged(page, "cleaned");
    await page.locator("#cleanup .ran").waitFor();
    expect(await log(page, "native")).not.to.include("cleaned");
  });

  it("ends a loop without an end, and says what goes wrong before a run", async () => {
    await withProgram(page, "export async function* f() { yield 1; for (;;); }\n", "f()");
    await page.click('[data-action="next"]');
    await logged(page, "{ value: 1, done: false }", 2);
    await page.click('[data-action="next"]');
    await logged(page, "This step does not come back: an endless loop?", 2);
    await page.fill("#call", "f(");
    await page.press("#call", "Enter");
    await logged(page, "the call: ')' expected.", 2);
    await page.fill("#call", "missing()");
    await page.press("#call", "Enter");
    await logged(page, "ReferenceError: missing is not defined", 2);
    await page.fill("#call", "1");
    await page.press("#call", "Enter");
    await logged(page, "TypeError: the call gives no generator: it has no next()", 2);
  });

  it("runs what the engine does not know yet, and modules that await", async () => {
    const text = `const noted = (value: unknown, { name }: { name: PropertyKey }) => (console.log(name), value as undefined);
const base = await Promise.resolve(3);
export async function* f() {
  class A { @noted static x = base; }
  await using log = { async [Symbol.asyncDispose]() { console.log("disposed"); } };
  yield A.x;
}\n`;
    await withProgram(page, text, "f()");
    await page.click('[data-action="next"]');
    await logged(page, "{ value: 3, done: false }", 2);
    await page.click('[data-action="return"]');
    await logged(page, "{ value: undefined, done: true }", 2);
    expect(await log(page, "compiled")).to.include.members(["x", "disposed"]);
    expect(await page.locator("#log .differs").count()).to.equal(0);
  });

  it("stays alive when a program speaks or waits without end", async () => {
    await withProgram(
      page,
      "export async function* f() { yield 1; for (let i = 0; ; i++) { console.log(i); await null; } }\n",
      "f()",
    );
    await page.click('[data-action="next"]');
    await page.click('[data-action="next"]');
    await logged(page, "This step does not come back: an endless loop?", 2);
    await logged(page, "what else it says is not shown", 2);
    expect(await page.locator("#log tr").count()).to.be.lessThan(1100);
  });

  it("leaves a selection in the log alone", async () => {
    await withProgram(page, cleaning, "steps(3)");
    await page.click('[data-action="next"]');
    await logged(page, "{ value: 0, done: false }", 2);
    const selection = () => page.evaluate(() => String(getSelection()));
    await page.evaluate(() => getSelection()!.selectAllChildren(document.querySelector("#log td.value")!));
    await page.click('[data-action="next"]');
    await logged(page, "{ value: 1, done: false }", 2);
    expect(await selection()).to.equal("{ value: 0, done: false }");
  });

  it("keeps what runs away from the page and from the network", async () => {
    await withProgram(
      page,
      "export async function* f() { yield typeof document; yield await fetch('/index.html').catch((e) => e.name); }\n",
      "f()",
    );
    for (const text of ['{ value: "undefined", done: false }', '{ value: "TypeError", done: false }']) {
      await page.click('[data-action="next"]');
      await logged(page, text, 2);
    }
    const { origin } = await page.evaluate(() => {
      const frame = document.querySelector("iframe")!;
      return { origin: frame.getAttribute("sandbox") };
    });
    expect(origin).to.equal("allow-scripts");
  });

  it("runs every example, and differs from the engine only by what the engine cannot do", async () => {
    const titles = (await page.locator("#example option:not([hidden])").allTextContents()).map((text) => text.trim());
    expect(titles.length).to.be.greaterThan(4);
    for (const [index, title] of titles.entries()) {
      await page.selectOption("#example", String(index));
      const steps = await page.locator("#taken li").allTextContents();
      await page.waitForFunction(
        (count) => document.querySelectorAll("#log td:nth-child(2).call").length === count,
        steps.length,
      );
      await page.waitForFunction(() => document.querySelector("#queue .none"));
      expect(await page.locator("#messages li").count(), title).to.equal(0);
      const isBeyond = steps.some((text) => /^(?:cancel|abandon)/.test(text));
      // The two run in workers of their own: one may be ahead for a moment.
      await page.waitForFunction(
        (expected) => document.querySelectorAll("#log .differs").length > 0 === expected,
        isBeyond,
      );
    }
  });

  it("throws nothing in the page", () => {
    expect(errors).to.deep.equal([]);
  });
});
