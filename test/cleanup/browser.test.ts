import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Browser, CDPSession, Page } from "playwright-core";
import { transform } from "../../transformer/index.js";
import { ticks } from "../runtime/support/compile.js";

const chromium = "/usr/bin/chromium";
const root = fileURLToPath(new URL("../../", import.meta.url));
const flags = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync", "--js-flags=--expose-gc"],
];

interface Suite {
  run(api: unknown, gc: () => void): Promise<Record<string, string>>;
  runMethods(gc: () => void): Promise<string[]>;
}

/** What the page's own scripts see. */
interface PageGlobals {
  gc(): void;
  suite: Suite;
  __acloseModule: unknown;
}

/** Serves the build, and an empty page for everything else. */
async function serve(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = `${root}${request.url}`;
    if (request.url?.startsWith("/dist/") && existsSync(path)) {
      response.setHeader("content-type", "text/javascript").end(await readFile(path));
    } else response.setHeader("content-type", "text/html").end("<!doctype html><title>aclose</title>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** Compiles the tests against the runtime behind a global, and leaves them in the page. */
async function loadSuite(page: Page, global: string): Promise<void> {
  const fileName = fileURLToPath(new URL("./browser-tests.js", import.meta.url));
  const source = await readFile(fileName, "utf8");
  const { code } = transform(source, {
    fileName,
    include: "all",
    runtime: { global },
    module: "script",
    sourceMap: false,
    ticks,
  });
  await page.evaluate(`window.suite = {}; (function (exports) {${code}\n})(window.suite);`);
}

interface RemoteObject {
  readonly objectId?: string;
  readonly customPreview?: { readonly header: string; readonly bodyGetterId?: string };
}

/** What the developer tools get to show of what is logged. */
function loggedObject(tools: CDPSession, log: () => Promise<unknown>) {
  return new Promise<RemoteObject>((resolve, reject) => {
    tools.once("Runtime.consoleAPICalled", ({ args }) => resolve(args[0]!));
    log().catch(reject);
  });
}

describe("in a browser", function () {
  this.timeout(60_000);
  let server: Server;
  let browser: Browser;
  let url: string;

  before(async function () {
    if (!existsSync(chromium)) {
      console.log(`      skipped: there is no ${chromium}, which .ci/run installs`);
      this.skip();
    }
    const playwright = await import("playwright-core");
    server = await serve();
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await playwright.chromium.launch({ executablePath: chromium, args: flags });
  });

  after(async () => {
    await browser?.close();
    server?.close();
  });

  it("cleans up with the ES modules", async () => {
    const page = await browser.newPage();
    await page.goto(url);
    const load = `Promise.all([import("/dist/esm/runtime/runtime.js"), import("/dist/esm/runtime/index.js")])`;
    await page.evaluate(
      `${load}.then(([runtime, api]) => { window.__acloseRuntime = runtime; window.__acloseModule = api; })`,
    );
    await loadSuite(page, "__acloseRuntime");
    const results = await page.evaluate(() => {
      const { suite, __acloseModule, gc } = globalThis as unknown as PageGlobals;
      return suite.run(__acloseModule, gc);
    });
    expect(Object.keys(results).length).to.equal(11);
    for (const [name, result] of Object.entries(results)) expect(result, name).to.equal("passed");
    expect(await page.evaluate("typeof process")).to.equal("undefined");
  });

  it("cleans up with the classic script", async () => {
    const page = await browser.newPage();
    await page.goto(url);
    await page.addScriptTag({ url: "/dist/aclose.global.js" });
    await loadSuite(page, "__aclose");
    const results = await page.evaluate(() => {
      const { suite, gc } = globalThis as unknown as PageGlobals;
      return suite.runMethods(gc);
    });
    expect(results).to.deep.equal([
      ...[1, "interrupted", "CancelledError"],
      ...["finally", "finally", "outer finally", "finally", "outer finally", "caught", "finally"],
      ...["abandoned:", "finally"],
    ]);
  });

  it("finds what a test of Vitest's browser mode leaves open", async () => {
    const page = await browser.newPage();
    await page.goto(url);
    const vitest = `export const beforeEach = (fn) => { window.begin = fn; }, onTestFinished = () => {};`;
    const imports = { vitest: `data:text/javascript,${encodeURIComponent(vitest)}` };
    await page.addScriptTag({ type: "importmap", content: JSON.stringify({ imports }) });
    await page.evaluate(
      `Promise.all([import("/dist/esm/runtime/runtime.js"), import("/dist/esm/integrations/testing/vitest.mjs")])
        .then(([runtime]) => { window.__acloseRuntime = runtime; })`,
    );
    await loadSuite(page, "__acloseRuntime");
    const leaves = "window.open = suite.programs({ log() {} }).simple(), open.next()";
    const found = await page.evaluate(`(async () => {
      let end;
      begin({ onTestFinished(fn) { end = fn; } });
      await (${leaves});
      return end().catch(String);
    })()`);
    expect(found).to.match(/^Error: 1 async generator is still open:\s+1\. simple /);
  });

  it("says in the console of the developer tools where a generator stands, with custom formatters switched on", async () => {
    const page = await browser.newPage();
    await page.goto(url);
    const tools = await page.context().newCDPSession(page);
    await tools.send("Runtime.enable");
    // What the setting "Custom formatters" does.
    await tools.send("Runtime.setCustomObjectFormatterEnabled", { enabled: true });
    await page.evaluate(
      `import("/dist/esm/runtime/runtime.js").then((runtime) => { window.__acloseRuntime = runtime; })`,
    );
    await page.evaluate(
      `import("/dist/esm/runtime/index.js").then((api) => { window.uninstall = api.installDevtoolsFormatter(); })`,
    );
    const source = `async function* poll() {\n  try {\n    await new Promise(() => {});\n  } finally {\n  }\n}\nwindow.opened = poll();`;
    const options = { fileName: "poll.js", include: "all", module: "script", sourceMap: false } as const;
    const { code } = transform(source, { ...options, runtime: { global: "__acloseRuntime" } });
    await page.evaluate(`{${code}\nvoid opened.next(); }`);
    const found = await loggedObject(tools, () => page.evaluate("console.log(opened)"));
    const preview = found.customPreview;
    expect(preview?.header.replace(/open for \d+ ms/, "open for … ms")).to.equal(
      '["span",{},"AsyncGenerator poll (poll.js:1): awaits a promise, poll.js:3; open for … ms; 1 request waits"]',
    );
    const { result: body } = await tools.send("Runtime.callFunctionOn", {
      objectId: found.objectId as string,
      functionDeclaration: "function (body) { return body.call(this); }",
      arguments: [{ objectId: preview?.bodyGetterId as string }],
      returnByValue: true,
    });
    const [tag, , [, , label, [kind, { description }]]] = body.value as any;
    expect([tag, label, kind, description]).to.deep.equal(["div", "awaited: ", "object", "Promise"]);
    await page.evaluate("uninstall()");
    const { result } = await tools.send("Runtime.evaluate", { expression: "opened" });
    expect(result).to.not.have.property("customPreview");
  });
});
