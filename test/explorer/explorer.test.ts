import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { toHash } from "../../explorer/page/permalink.js";
// @ts-expect-error: a script without types
import { buildExplorer } from "../../scripts/explorer.mjs";
import { chromium, type Explorer, startExplorer, typeSource } from "./explorer-page.js";

const cleaning = `export async function* steps(n) {
  try {
    for (let i = 0; i < n; i++) yield i;
  } finally {
    await null;
    console.log("cleaned");
  }
}
`;

describe("the explorer", function () {
  this.timeout(60_000);
  let folder: string;
  let explorer: Explorer;
  let page: Page;
  const errors: string[] = [];

  before(async function () {
    if (!existsSync(chromium)) {
      console.log(`      skipped: there is no ${chromium}, which .ci/run installs`);
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), "aclose-explorer-"));
    explorer = await startExplorer(await buildExplorer(folder));
    page = await open();
  });

  after(async () => {
    await explorer?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  async function open(hash?: string): Promise<Page> {
    const opened = await explorer.open(hash);
    opened.on("pageerror", (error) => errors.push(String(error)));
    return opened;
  }
  const follow = (link: string) =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, link);
  /** The page with this program, without steps. */
  async function withProgram(text: string, call: string): Promise<Page> {
    const shown = /\w+/.exec(call)![0];
    const options = { ticks: "spec", close: "queue", debug: true } as const;
    await follow(toHash({ text, call, shown, options, steps: [] }));
    await page.waitForFunction(
      (name) => (document.getElementById("shown") as HTMLSelectElement).value.startsWith(`${name}$`),
      shown,
    );
    await page.locator("#emitted .cm-line", { hasText: `function ${shown}$step` }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll("#log tr").length === 0);
    await page.waitForFunction(() => document.querySelector('#graph .is-current[data-state="0"]'));
    return page;
  }
  /** Points at something until something else is there: what is pointed at may still be scrolled into view. */
  async function hover(what: Locator, expected: Locator): Promise<void> {
    for (;;) {
      await what.hover();
      if (
        await expected
          .first()
          .waitFor({ timeout: 1000 })
          .then(
            () => true,
            () => false,
          )
      )
        return;
      await page.mouse.move(1, 1);
    }
  }
  const log = async (page: Page, side: "native" | "compiled"): Promise<string[]> =>
    (await page.locator(`#log td:nth-child(${side === "native" ? 1 : 2})`).allTextContents()).filter(
      (text) => text !== "—",
    );
  const logged = (page: Page, text: string, count = 1) =>
    page.waitForFunction(
      ([wanted, times]) =>
        [...document.querySelectorAll("#log td")].filter((cell) => cell.textContent === wanted).length >= times,
      [text, count] as const,
    );
  const current = (page: Page) =>
    page.locator("#graph .is-current").evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset["state"]));

  it("draws what is typed, and emits it", async () => {
    const before = await page.locator("#graph [data-state]").count();
    await typeSource(page, "async function* one() {\n  yield 1;\n}\nasync function* two() { yield 2; }");
    await page.locator("#graph [data-state]", { hasText: "yield 2" }).waitFor();
    expect(await page.locator("#graph [data-state]").count()).to.be.lessThan(before);
    await page.locator("#emitted .cm-content", { hasText: "one$step" }).waitFor();
    expect(await page.locator("#shown option:checked").innerText()).to.equal("two");
    await page.selectOption("#shown", { label: "one" });
    await page.locator("#graph [data-state]", { hasText: "yield 1" }).waitFor();
    expect(await page.evaluate(`performance.getEntriesByName("keystroke to graph").length > 0`)).to.equal(true);
    await typeSource(page, "async function* one( {");
    await page.locator("#messages .error").first().waitFor();
    expect(await page.locator("#graph [data-state]").count()).to.be.greaterThan(0);
    await typeSource(page, "const a = 1;");
    await page.locator("#graph .empty").waitFor();
    expect(await page.locator("#messages li").count()).to.equal(0);
  });

  it("draws anew what a letter changes, and leaves the rest as it is", async () => {
    await withProgram("export async function* two() {\n  yield 'first';\n  yield 'second';\n}\n", "two()");
    const first = await page.locator("#graph [data-state]", { hasText: "first" }).elementHandle();
    await page.locator("#source .cm-line", { hasText: "second" }).click();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.insertText("s");
    await page.locator("#graph [data-state]", { hasText: "seconds" }).waitFor();
    expect(await first!.evaluate((element) => element.isConnected)).to.equal(true);
    await page.keyboard.insertText(" and more letters than fit into the box");
    await page.locator("#graph [data-state]", { hasText: "than fit" }).waitFor();
    expect(await page.locator("#graph [data-state]").count()).to.equal(3);
    await page.locator("#emitted .cm-line", { hasText: "than fit" }).waitFor();
  });

  it("links states, source lines and emitted lines", async () => {
    await withProgram(cleaning, "steps(1)");
    const yielding = page.locator('#graph [data-state]:has-text("yield i")');
    await hover(yielding, page.locator("#source .cm-linked", { hasText: "yield i" }));
    await page.locator("#emitted .cm-linked", { hasText: "$.op = 18" }).waitFor();
    const cleaned = page.locator("#source .cm-line", { hasText: "console.log" });
    await hover(cleaned, page.locator("#graph .is-linked", { hasText: "console.log" }));
    await page.locator("#emitted .cm-linked", { hasText: "console.log" }).waitFor();
    const emitted = page.locator("#emitted .cm-line", { hasText: "$.op = 18" });
    await hover(emitted, page.locator("#source .cm-linked", { hasText: "yield i" }));
    // With the keyboard alone.
    await page.locator('#graph [data-state="0"]').focus();
    await page.keyboard.press("ArrowDown");
    expect(await page.evaluate("document.activeElement.dataset.state")).to.equal("1");
    await page.locator('#graph [data-state="1"].is-linked').waitFor();
  });

  it("steps a generator to its finally, as the engine does", async () => {
    await withProgram(cleaning, "steps(3)");
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
    await withProgram(waiting, "slow()");
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

  it("says of locals that are generators what they are", async () => {
    const inner = "async function* inner() { yield 0; }\n";
    await withProgram(`${inner}export async function* f(source = inner()) { yield 1; return source; }\n`, "f()");
    await page.click('[data-action="next"]');
    await page.locator("#locals dd", { hasText: /^AsyncGenerator$/ }).waitFor();
  });

  it("runs what an abandoned generator owes", async () => {
    await withProgram(cleaning, "steps(3)");
    await page.click('[data-action="next"]');
    await logged(page, "{ value: 0, done: false }", 2);
    await page.click('[data-action="abandon"]');
    await logged(page, "cleaned");
    await page.locator("#cleanup .ran").waitFor();
    expect(await log(page, "native")).not.to.include("cleaned");
  });

  it("restores text, options, call and steps from a link", async () => {
    await withProgram(cleaning, "steps(7)");
    await page.selectOption("#close", "interrupt");
    await page.click('[data-action="next"]');
    await logged(page, "{ value: 0, done: false }", 2);
    await page.fill("#argument", "new Error('x')");
    await page.click('[data-action="throw"]');
    await logged(page, "Error: x", 2);
    await page.click("#share");
    await page.locator("#toast.is-shown").waitFor();
    const link = await page.evaluate("location.hash");
    const other = await open(link as string);
    await logged(other, "Error: x", 2);
    expect(await other.locator("#source .cm-content").innerText()).to.contain('console.log("cleaned")');
    expect(await other.locator("#call").inputValue()).to.equal("steps(7)");
    expect(await other.locator("#close").inputValue()).to.equal("interrupt");
    expect(await log(other, "compiled")).to.deep.equal(await log(page, "compiled"));
    await other.close();
    const broken = await open("#nonsense");
    await broken.locator("#toast", { hasText: "not from this explorer" }).waitFor();
    await broken.close();
  });

  it("ends a loop without an end, and says what goes wrong before a run", async () => {
    await withProgram("export async function* f() { yield 1; for (;;); }\n", "f()");
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

  it("says where the text is wrong, and leads there", async () => {
    await withProgram(cleaning, "steps(3)");
    await page.click('[data-action="next"]');
    await typeSource(page, "async function* f() {\n  const x = ;\n}");
    await page.click("#messages button");
    await page.keyboard.type("1");
    await page.locator("#graph [data-state]", { hasText: "const x = 1" }).waitFor();
    await page.locator("#messages li").waitFor({ state: "detached" });
    await typeSource(page, "async function* f() { /*");
    await page.click("#again");
    await logged(page, "1:25 '*/' expected.", 2);
  });

  it("runs what the engine does not know yet, and modules that await", async () => {
    const text = `const noted = (value: unknown, { name }: { name: PropertyKey }) => (console.log(name), value as undefined);
const base = await Promise.resolve(3);
export async function* f() {
  class A { @noted static x = base; }
  await using log = { async [Symbol.asyncDispose]() { console.log("disposed"); } };
  yield A.x;
}\n`;
    await withProgram(text, "f()");
    await page.click('[data-action="next"]');
    await logged(page, "{ value: 3, done: false }", 2);
    await page.click('[data-action="return"]');
    await logged(page, "{ value: undefined, done: true }", 2);
    expect(await log(page, "compiled")).to.include.members(["x", "disposed"]);
    expect(await page.locator("#log .differs").count()).to.equal(0);
  });

  it("tells functions of the same name apart", async () => {
    const text = "class A { async *rows() { yield 1; } }\nclass B { async *rows() { yield 2; yield 3; } }\n";
    const options = { ticks: "spec", close: "queue", debug: true } as const;
    const steps = [{ action: "next", argument: "", atOnce: false }] as const;
    await follow(toHash({ text, call: "new B().rows()", shown: "rows", options, steps }));
    await page.locator("#cleanup", { hasText: "the states of rows are not shown" }).waitFor();
    expect(await current(page)).to.deep.equal([]);
    expect(await page.locator("#shown option").allTextContents()).to.deep.equal(["rows, line 1", "rows, line 2"]);
    await page.selectOption("#shown", { label: "rows, line 2" });
    await page.locator("#graph .is-current", { hasText: "yield 2" }).waitFor();
  });

  it("stays alive when a program speaks or waits without end", async () => {
    await withProgram(
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
    await withProgram(cleaning, "steps(3)");
    await page.click('[data-action="next"]');
    await logged(page, "{ value: 0, done: false }", 2);
    const selection = () => page.evaluate(() => String(getSelection()));
    await page.evaluate(() => getSelection()!.selectAllChildren(document.querySelector("#log td.value")!));
    await page.click('[data-action="next"]');
    await logged(page, "{ value: 1, done: false }", 2);
    expect(await selection()).to.equal("{ value: 0, done: false }");
  });

  it("keeps the program when the reader skips to the editor, or follows a link that is broken", async () => {
    await withProgram(cleaning, "steps(3)");
    await page.focus(".skip");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement!.getAttribute("aria-label"))).to.equal("TypeScript source");
    await follow("#nonsense");
    await page.locator("#toast", { hasText: "not from this explorer" }).waitFor();
    expect(await page.locator("#source .cm-content").innerText()).to.contain("cleaned");
  });

  it("goes by keys from the picture to its states, and on past all of them", async () => {
    await withProgram(cleaning, "steps(3)");
    await page.focus("#graph");
    const state = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset["state"]);
    for (const expected of ["0", "1"]) {
      await page.keyboard.press("ArrowDown");
      expect(await state()).to.equal(expected);
    }
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement!.getAttribute("aria-label"))).to.equal("Emitted code");
  });

  it("says which example it is, and that it is none any more", async () => {
    await page.selectOption("#example", "1");
    await page.locator("#graph [data-state]", { hasText: "await db.begin()" }).waitFor();
    await page.click("#source .cm-content");
    await page.keyboard.insertText(" ");
    expect(await page.locator("#example option:checked").textContent()).to.equal("Your own");
    await page.selectOption("#example", "1");
    expect(await page.locator("#source .cm-content").innerText()).to.match(/^"use aclose";/);
  });

  it("scrolls its panels, and not the page, where that is small", async () => {
    await page.setViewportSize({ width: 900, height: 700 });
    await page.selectOption("#example", "0");
    await page.waitForFunction(() => document.querySelector("#emitted .cm-scroller")!.scrollTop > 0);
    expect(await page.evaluate(() => document.querySelector("main")!.scrollTop)).to.equal(0);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it("keeps what runs away from the page and from the network", async () => {
    await withProgram(
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

  it("fits a phone, and names everything that can be focused", async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    const width = await page.evaluate("document.documentElement.scrollWidth");
    expect(width).to.be.at.most(360);
    const tops = await page
      .locator("main > .panel")
      .evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().left)));
    expect(new Set(tops).size).to.equal(1);
    const nameless = await page.locator("button, select, input, [tabindex='0']").evaluateAll((all) =>
      all
        .filter((each) => {
          const labels = (each as HTMLInputElement).labels;
          return !(
            each.getAttribute("aria-label") ||
            each.textContent?.trim() ||
            labels?.length ||
            each.closest(".cm-editor")
          );
        })
        .map((each) => each.outerHTML.slice(0, 80)),
    );
    expect(nameless).to.deep.equal([]);
  });

  it("throws nothing in the page", () => {
    expect(errors).to.deep.equal([]);
  });
});
