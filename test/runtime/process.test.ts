import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { expect } from "chai";
import { build } from "esbuild";
import * as api from "../../runtime/index.js";

interface Ended {
  readonly lines: string[];
  readonly errors: string;
  readonly code: number | null;
  readonly signal: string | null;
}

function run(
  mode: string,
  react: (child: ChildProcess, line: string) => void = () => {},
  [command, ...words]: readonly string[] = [process.execPath],
): Promise<Ended> {
  const program = fileURLToPath(new URL("./cleanup/process-program.ts", import.meta.url));
  const child = spawn(command as string, [...words, "--import", "tsx", program, mode], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk;
    for (const line of String(chunk).split("\n")) react(child, line);
  });
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk));
  return new Promise((resolve) => {
    child.on("close", (code, signal) => resolve({ lines: out.trim().split("\n"), errors, code, signal }));
  });
}

const terminate = (child: ChildProcess, line: string): void => {
  if (line === "ready") child.kill("SIGTERM");
};

describe("the end of the process", () => {
  it("closes 1,000 open generators at beforeExit", async () => {
    const { lines, code, errors } = await run("end");
    expect([code, errors]).to.deep.equal([0, ""]);
    expect(lines.filter((line) => line === "finally").length).to.equal(1000);
    expect(lines.filter((line) => line === "finally-2").length).to.equal(1000);
  });

  it("comes where the program has put another class in place of Promise", async () => {
    const { lines, code } = await run("promise");
    expect(code).to.equal(0);
    expect(lines).to.include("finally");
  });

  it("closes what was opened just before", async () => {
    const { lines, code } = await run("at-once");
    expect(code).to.equal(0);
    expect(lines).to.include("finally");
  });

  it("closes what another listener opens there", async () => {
    const { lines, code } = await run("late");
    expect(code).to.equal(0);
    expect(lines.filter((line) => line === "finally").length).to.equal(2);
  });

  it("interrupts cleanups that hang for ever", async () => {
    const { lines, code, errors } = await run("hung");
    expect([code, errors]).to.deep.equal([0, ""]);
    expect(lines.filter((line) => line === "inner finally").length).to.equal(3);
  });

  it("is not kept up by a generator that refuses to close", async () => {
    const { lines, code, errors } = await run("refuse");
    expect(code).to.equal(0);
    expect(lines).to.include("finally");
    expect(errors.match(/ignored GeneratorExit/g)?.length).to.equal(1);
  });

  it("closes generators that hang and dies of the signal", async () => {
    const { lines, signal } = await run("signal", terminate);
    expect(signal).to.equal("SIGTERM");
    expect(lines.filter((line) => line === "finally").length).to.equal(2);
  });

  it("says which cleanups failed before it dies of the signal", async () => {
    const { errors, signal } = await run("signal-refuse");
    expect(signal).to.equal("SIGTERM");
    expect(errors.match(/ignored GeneratorExit/g)?.length).to.equal(2);
  });

  it("is not promised for a signal that does not exist, or that nobody can listen to", () => {
    const before = process.listenerCount("SIGINT");
    expect(() => api.closeOnSignals(["SIGINT", "SIGTEM"])).to.throw(TypeError, "unknown signal SIGTEM");
    expect(() => api.closeOnSignals("SIGTERM" as never)).to.throw(TypeError, "an array of names, got SIGTERM");
    expect(() => api.closeOnSignals(["SIGINT", "SIGKILL"])).to.throw(TypeError, "cannot be listened to");
    expect(process.listenerCount("SIGINT")).to.equal(before);
    const atEnd = process.listenerCount("beforeExit");
    expect(() => api.reportOpenAsyncGenerators({ signal: "SIGKILL" })).to.throw(
      TypeError,
      "SIGKILL cannot be listened to",
    );
    expect(process.listenerCount("beforeExit")).to.equal(atEnd);
  });

  it("is told to be in vain in a worker thread, which gets no signals", async function () {
    this.timeout(60_000);
    const entryPoints = [fileURLToPath(new URL("../../runtime/index.ts", import.meta.url))];
    const { outputFiles } = await build({ entryPoints, bundle: true, write: false, format: "cjs", platform: "node" });
    const text = `${outputFiles[0]!.text}
      const api = module.exports;
      const onWarning = ({ message }) => require("node:worker_threads").parentPort.postMessage(message);
      api.configureAsyncGenerators({ onWarning });
      api.closeOnSignals()();`;
    const worker = new Worker(`const module = { exports: {} };\n${text}`, { eval: true });
    const [message] = await once(worker, "message");
    await worker.terminate();
    expect(message).to.match(/^closeOnSignals\(\): a worker thread gets no signals/);
  });

  it("does not come with a signal before the cleanup is over, however often that was asked for", async () => {
    const { lines, signal } = await run("signal-twice", terminate);
    expect(signal).to.equal("SIGTERM");
    expect(lines.filter((line) => line === "inner finally").length).to.equal(2);
  });

  it("comes after the cleanup where a library kills the process as soon as nobody else listens", async () => {
    const { lines, signal } = await run("signal-library", terminate);
    expect(signal).to.equal("SIGTERM");
    expect(lines.slice(-3)).to.deep.equal(["inner finally", "inner finally", "killed by the library"]);
  });

  it("comes with a signal for the first process of a container too, which no signal kills", async function () {
    const inContainer = ["unshare", "--user", "--map-root-user", "--pid", "--fork"];
    if (spawnSync("unshare", [...inContainer.slice(1), "true"]).status !== 0) this.skip();
    const { lines, code } = await run("signal-self", undefined, [...inContainer, process.execPath]);
    expect(code).to.equal(128 + 15);
    expect(lines.filter((line) => line === "finally").length).to.equal(2);
  });
});
