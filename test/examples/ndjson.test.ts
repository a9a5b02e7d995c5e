/** The example is the product's claim in numbers: what it prints is checked here, flattering or not. */

import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const folder = fileURLToPath(new URL("../../examples/ndjson", import.meta.url));

interface Result {
  readonly files: number;
  readonly sockets: number;
  readonly requests: number;
  readonly calls: number;
  readonly finally: number;
  readonly ends: boolean;
  readonly closedByNode: number;
}

const clean: Result = { files: 0, sockets: 0, requests: 0, calls: 0, finally: 0, ends: true, closedByNode: 0 };
const leakedRequest = { ...clean, sockets: 1, requests: 1, finally: 2, ends: false };
const hung = { ...leakedRequest, calls: 1 };

/** What a native program leaves open. */
const native: Record<string, Result> = {
  "file: read to the end": clean,
  "file: break after one batch": clean,
  "file: consumer throws": clean,
  "file: closed before its first next()": { ...clean, files: 1 },
  "file: abandoned": { ...clean, finally: 2, closedByNode: 1 },
  "file: open at the program's end": { ...clean, files: 1, finally: 2 },
  "http: read to the end": clean,
  "http: break after one batch": clean,
  "http: consumer throws": clean,
  "http: abandoned": leakedRequest,
  "http: race lost, abandoned, late answer": leakedRequest,
  "http: race lost, abandoned, no answer": hung,
  "http: race lost, bound signal, no answer": hung,
  "http: race lost, return(), no answer": { ...hung, calls: 2 },
};

/** Nobody asked for an interruption, and somebody might still hold the promise of the pending `next()`. */
const leftOpen: Record<string, Result> = { "http: race lost, abandoned, no answer": hung };

describe("examples/ndjson", function () {
  this.timeout(120_000);
  let rows: ({ title: string } & Record<"native" | "aclose", Result>)[];

  before(() => {
    execFileSync("node", ["scripts/link-example.mjs", "ndjson"], { cwd: join(folder, "../..") });
    const { status, stdout, stderr } = spawnSync("node", [join(folder, "run.mjs"), "--json"], { encoding: "utf8" });
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    rows = JSON.parse(stdout);
  });

  const results = (compiler: "native" | "aclose") =>
    Object.fromEntries(rows.map(({ title, [compiler]: result }) => [title, result]));

  it("leaves open natively what native generators leave open", () => {
    expect(results("native")).to.deep.equal(native);
  });

  it("leaves nothing open through aclose, but for what nobody may interrupt", () => {
    const expected = Object.fromEntries(Object.keys(native).map((title) => [title, leftOpen[title] ?? clean]));
    expect(results("aclose")).to.deep.equal(expected);
  });

  it("compiles every async generator of the project", () => {
    for (const name of ["file.js", "http.js", "pipeline.js"]) {
      const code = readFileSync(join(folder, "dist/aclose", name), "utf8");
      expect(code)
        .to.contain('from "aclose/runtime"')
        .and.not.to.match(/function\s*\*|\beval\b|\bFunction\b|use aclose/);
      expect(readFileSync(join(folder, "dist/native", name), "utf8")).to.match(/async function\s*\*/);
    }
  });

  it("emits the golden file", () => {
    expect(
      readFileSync(join(folder, "dist/aclose/file.js"), "utf8"),
      "If the change is meant: npm run update-goldens",
    ).to.equal(readFileSync(join(folder, "golden/file.js"), "utf8"));
  });
});
