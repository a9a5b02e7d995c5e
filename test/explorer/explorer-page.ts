/** The explorer in a headless Chromium, for its tests and its measurements. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { Browser, Page } from "playwright-core";

export const chromium = "/usr/bin/chromium";
const types: Readonly<Record<string, string>> = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript" };

export interface Explorer {
  readonly url: string;
  /** A new page with nothing kept from another one. */
  open(hash?: string, size?: { width: number; height: number }): Promise<Page>;
  close(): Promise<void>;
}

/** Serves a build of the explorer and starts the browser. */
export async function startExplorer(folder: string): Promise<Explorer> {
  const server = await serve(folder);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const playwright = await import("playwright-core");
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  const browser: Browser = await playwright.chromium.launch({ executablePath: chromium, args });
  return {
    url,
    async open(hash = "", viewport = { width: 1440, height: 900 }) {
      const context = await browser.newContext({ viewport });
      await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: url });
      const page = await context.newPage();
      page.setDefaultTimeout(100_000);
      await page.goto(url + hash);
      await page.waitForSelector("#graph [data-state]");
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

async function serve(folder: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = join(folder, new URL(request.url!, "http://local").pathname.replace(/\/$/, "/index.html"));
    if (!existsSync(path)) return void response.writeHead(404).end();
    response.setHeader("content-type", types[extname(path)] ?? "text/plain").end(await readFile(path));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** Replaces the whole source as if it were typed. */
export async function typeSource(page: Page, text: string): Promise<void> {
  await page.click("#source .cm-content");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}
