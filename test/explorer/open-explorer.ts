/** What the tests of the explorer share: a build of it with a page, programs for it, and what it shows of them. */

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { toHash } from "../../explorer/page/permalink.js";
// @ts-expect-error: a script without types
import { buildExplorer } from "../../scripts/explorer.mjs";
import { chromium, type Explorer, startExplorer } from "./explorer-page.js";

export const cleaning = `export async function* steps(n) {
  try {
    for (let i = 0; i < n; i++) yield i;
  } finally {
    await null;
    console.log("cleaned");
  }
}
`;

interface OpenExplorer {
  explorer: Explorer;
  page: Page;
  /** What pages threw. */
  readonly errors: string[];
  open(hash?: string): Promise<Page>;
}

/** In a `describe`: there from its `before` on. */
export function openExplorer(): OpenExplorer {
  let folder: string | undefined;
  const opened = {
    errors: [] as string[],
    async open(hash?: string): Promise<Page> {
      const page = await opened.explorer.open(hash);
      page.on("pageerror", (error) => opened.errors.push(String(error)));
      return page;
    },
  } as OpenExplorer;
  before(async function () {
    if (!existsSync(chromium)) {
      console.log(`      skipped: there is no ${chromium}, which .ci/run installs`);
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), "aclose-explorer-"));
    opened.explorer = await startExplorer(await buildExplorer(folder));
    opened.page = await opened.open();
  });
  after(async () => {
    await opened.explorer?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });
  return opened;
}

export function follow(page: Page, link: string): Promise<void> {
  return page.evaluate((hash) => {
    location.hash = hash;
  }, link);
}

/** The page with this program, without steps. */
export async function withProgram(page: Page, text: string, call: string): Promise<Page> {
  const shown = /\w+/.exec(call)![0];
  const options = { ticks: "spec", close: "queue", debug: true } as const;
  await follow(page, toHash({ text, call, shown, options, steps: [] }));
  await page.waitForFunction(
    (name) => (document.getElementById("shown") as HTMLSelectElement).value.startsWith(`${name}$`),
    shown,
  );
  await page.locator("#emitted .cm-line", { hasText: `function ${shown}$step` }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll("#log tr").length === 0);
  await page.waitForFunction(() => document.querySelector('#graph .is-current[data-state="0"]'));
  return page;
}

export async function log(page: Page, side: "native" | "compiled"): Promise<string[]> {
  const cells = page.locator(`#log td:nth-child(${side === "native" ? 1 : 2})`);
  return (await cells.allTextContents()).filter((text) => text !== "—");
}

export async function logged(page: Page, text: string, count = 1): Promise<void> {
  await page.waitForFunction(
    ([wanted, times]) =>
      [...document.querySelectorAll("#log td")].filter((cell) => cell.textContent === wanted).length >= times,
    [text, count] as const,
  );
}

/** The states in which the generator stands. */
export function current(page: Page): Promise<(string | undefined)[]> {
  return page
    .locator("#graph .is-current")
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset["state"]));
}
