import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import * as api from "../../runtime/index.js";
import { collect, settle } from "../runtime/support/collect.js";
import { compileScript, runScriptNatively } from "../runtime/support/compile.js";

type Kind = "native" | "compiled";
type Generator = AsyncGenerator<unknown, unknown, unknown>;

const loaded = {
  native: runScriptNatively("./pains/programs.js", import.meta.url),
  compiled: compileScript("./pains/programs.js", import.meta.url),
};

/** Long enough for everything that happens at all. */
const BOUND = 60;

async function outcome(promise: PromiseLike<unknown>): Promise<string> {
  const hangs = new Promise<string>((resolve) => setTimeout(resolve, BOUND, "hangs"));
  return Promise.race([Promise.resolve(promise).then(() => "ends"), hangs]);
}

function load(
  kind: Kind,
  extra: object = {},
): { lines: string[]; make: Record<string, (...args: unknown[]) => Generator> } {
  const lines: string[] = [];
  const gate = new Promise(() => {});
  return { lines, make: loaded[kind].programs({ log: (line: string) => lines.push(line), gate, ...extra }) };
}

/** Starts a generator and leaves it behind a race, in a frame of its own so that nothing keeps it. */
async function abandonAfterRace(make: () => Generator): Promise<void> {
  const generator = make();
  await generator.next();
  expect(await Promise.race([generator.next(), settle().then(() => "the timeout")])).to.equal("the timeout");
}

/** A server that never finishes its answer, and says when the client hangs up. */
async function slowServer(): Promise<{ url: string; hungUp: Promise<void>; close(): void }> {
  let hangUp!: () => void;
  const hungUp = new Promise<void>((resolve) => (hangUp = resolve));
  const server = createServer((request, response) => {
    request.on("close", hangUp);
    response.writeHead(200).write("partial");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, hungUp, close: () => void server.close().closeAllConnections() };
}

async function download(url: string, signal: AbortSignal): Promise<string> {
  return (await fetch(url, { signal })).text();
}

describe("users' pains", () => {
  afterEach(async () => {
    await api.shutdownAsyncGenerators({ interrupt: true, timeoutMs: 20 });
    api.resetAsyncGeneratorShutdown();
  });

  describe("return() behind a pending next()", () => {
    it("hangs natively", async () => {
      const { make, lines } = load("native");
      const g = make["waits"]!();
      await g.next();
      void g.next();
      expect(await outcome(g.return(undefined))).to.equal("hangs");
      expect(lines).to.deep.equal([]);
    });

    it("is let through compiled, when the close interrupts", async () => {
      const { make, lines } = load("compiled");
      const g = make["waits"]!();
      await g.next();
      const pending = g.next();
      expect(await outcome(api.aclose(g, { interrupt: true }))).to.equal("ends");
      expect(lines).to.deep.equal(["cleaned up"]);
      expect(await pending).to.deep.equal({ value: undefined, done: true });
    });
  });

  describe("a generator abandoned after Promise.race", () => {
    for (const kind of ["native", "compiled"] as const) {
      it(`${kind === "native" ? "is never cleaned up natively" : "is cleaned up compiled"}`, async () => {
        let open!: (value?: unknown) => void;
        const { make, lines } = load(kind, { gate: new Promise((resolve) => (open = resolve)) });
        await abandonAfterRace(() => make["waits"]!());
        open();
        await collect(() => lines.length > 0, kind === "native" ? 5 : 20);
        expect(lines).to.deep.equal(kind === "native" ? [] : ["cleaned up"]);
      });
    }
  });

  describe("a generator closed before its first next()", () => {
    it("runs no finally natively: what was opened for it leaks", async () => {
      const { make, lines } = load("native");
      await make["waits"]!().return(undefined);
      expect(lines).to.deep.equal([]);
    });

    it("runs its finalizer compiled", async () => {
      const { make, lines } = load("compiled");
      const g = make["waits"]!();
      api.addFinalizer(g, () => lines.push("finalized"));
      await g.return(undefined);
      await settle();
      expect(lines).to.deep.equal(["finalized"]);
    });
  });

  describe("a close while a fetch is pending", () => {
    it("waits for the fetch natively", async () => {
      const server = await slowServer();
      const controller = new AbortController();
      try {
        const { make, lines } = load("native", { get: download, signal: () => controller.signal });
        const g = make["downloads"]!(server.url);
        await g.next();
        const pending = g.next().catch(() => {});
        expect(await outcome(g.return(undefined))).to.equal("hangs");
        expect(lines).to.deep.equal([]);
        controller.abort();
        await pending;
      } finally {
        server.close();
      }
    });

    it("aborts it compiled, before finally runs", async () => {
      const server = await slowServer();
      try {
        const { make, lines } = load("compiled", { get: download, signal: () => api.asyncGeneratorSignal(g) });
        const g = make["downloads"]!(server.url);
        await g.next();
        void g.next();
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(await outcome(api.aclose(g, { interrupt: true }))).to.equal("ends");
        expect(lines).to.deep.equal(["cleaned up, aborted: true"]);
        expect(await outcome(server.hungUp)).to.equal("ends");
      } finally {
        server.close();
      }
    });
  });

  describe("1,000 generators that are open when the process ends", () => {
    const program = fileURLToPath(new URL("./pains/process.ts", import.meta.url));
    const run = async (kind: Kind): Promise<string> => {
      const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program, kind]);
      return stdout.trim();
    };

    it("are lost natively", async () => expect(await run("native")).to.equal("0 of 1000 cleaned up"));
    it("are cleaned up compiled", async () => expect(await run("compiled")).to.equal("1000 of 1000 cleaned up"));
  });
});
