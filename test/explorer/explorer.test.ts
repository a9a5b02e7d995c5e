import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { toHash } from "../../explorer/page/permalink.js";
import { typeSource } from "./explorer-page.js";
import { cleaning, current, follow, log, logged, openExplorer, withProgram } from "./open-explorer.js";

describe("the explorer", function () {
  this.timeout(120_000);
  const opened = openExplorer();
  const { errors, open } = opened;
  let page: Page;
  before(() => {
    page = opened.page;
  });
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
    await withProgram(page, "export async function* two() {\n  yield 'first';\n  yield 'second';\n}\n", "two()");
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
    await withProgram(page, cleaning, "steps(1)");
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

  it("restores text, options, call and steps from a link", async () => {
    await withProgram(page, cleaning, "steps(7)");
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

  it("says where the text is wrong, and leads there", async () => {
    await withProgram(page, cleaning, "steps(3)");
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

  it("tells functions of the same name apart", async () => {
    const text = "class A { async *rows() { yield 1; } }\nclass B { async *rows() { yield 2; yield 3; } }\n";
    const options = { ticks: "spec", close: "queue", debug: true } as const;
    const steps = [{ action: "next", argument: "", atOnce: false }] as const;
    await follow(page, toHash({ text, call: "new B().rows()", shown: "rows", options, steps }));
    await page.locator("#cleanup button", { hasText: "show the states of rows" }).waitFor();
    expect(await current(page)).to.deep.equal([]);
    expect(await page.locator("#shown option").allTextContents()).to.deep.equal(["rows, line 1", "rows, line 2"]);
    await page.click("#cleanup button");
    await page.locator("#graph .is-current", { hasText: "yield 2" }).waitFor();
    expect(await page.locator("#shown option:checked").innerText()).to.equal("rows, line 2");
  });

  it("keeps the program when the reader skips to the editor, or follows a link that is broken", async () => {
    await withProgram(page, cleaning, "steps(3)");
    await page.focus(".skip");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement!.getAttribute("aria-label"))).to.equal("TypeScript source");
    await follow(page, "#nonsense");
    await page.locator("#toast", { hasText: "not from this explorer" }).waitFor();
    expect(await page.locator("#source .cm-content").innerText()).to.contain("cleaned");
  });

  it("goes by keys from the picture to its states, and on past all of them", async () => {
    await withProgram(page, cleaning, "steps(3)");
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
    const long = "a".repeat(80);
    await withProgram(page, `export async function* ${long}() { yield 1; }\n`, `${long}()`);
    const right = async (selector: string): Promise<number> => {
      const box = (await page.locator(selector).boundingBox())!;
      return box.x + box.width;
    };
    expect(await right("#larger")).to.be.below(await right(".panel.graph"));
  });

  it("fits a phone, and names everything that can be focused", async () => {
    await page.selectOption("#example", "3");
    for (const width of [320, 360]) {
      await page.setViewportSize({ width, height: 740 });
      expect(await page.evaluate("document.documentElement.scrollWidth")).to.be.at.most(width);
    }
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

  it("says when its compiler cannot be loaded, and does without what the browser does not keep", async () => {
    const context = await page.context().browser()!.newContext();
    const broken = await context.newPage();
    broken.on("pageerror", (error) => errors.push(String(error)));
    await broken.addInitScript(() => {
      Object.defineProperty(globalThis, "localStorage", {
        get() {
          throw new DOMException("no storage", "SecurityError");
        },
      });
    });
    await broken.route("**/compiler.js", (route) => route.abort());
    await broken.goto(opened.explorer.url);
    await broken.locator("#messages .error", { hasText: "The compiler cannot be loaded" }).waitFor();
    await broken.click("#theme");
    expect(await broken.evaluate(() => document.documentElement.dataset["theme"])).to.equal("light");
    await context.close();
  });

  it("throws nothing in the page", () => {
    expect(errors).to.deep.equal([]);
  });
});
