/** `aclose/report` in processes of its own. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "chai";
import { transform } from "../../transformer/index.js";
import { Project } from "../doors/project.js";

const source = `"use aclose";
export async function* inner(log) {
  try {
    yield 1;
    yield await new Promise(() => {});
  } finally {
    log("inner closed");
  }
}
export async function* outer(log) {
  for await (const item of inner(log)) yield item;
}
`;
const { code } = transform(source, { fileName: "rows.mjs", sourceMap: false });
const report = (rest: string): RegExp =>
  new RegExp(
    `2 async generators are still open:\\n {2}outer \\(rows\\.mjs:10\\): ${rest.replaceAll("/", "; open for [^;\\n]*")}\\n`,
  );
const atYield = report("at a yield, rows\\.mjs:11/\\n {2}└─ inner \\(rows\\.mjs:2\\): at a yield, rows\\.mjs:4/");
const waiting = report(
  "reads async generator inner \\(rows\\.mjs:2\\), rows\\.mjs:11/; 1 request waits\\n {2}└─ inner \\(rows\\.mjs:2\\): awaits a promise, rows\\.mjs:5/",
);

describe("aclose/report", () => {
  let project: Project;
  before(() => {
    project = new Project({ "package.json": '{ "type": "module" }', "rows.mjs": code });
  });
  after(() => project.remove());

  function run(app: string, ...before: string[]): string {
    project.write({ "app.mjs": `import { inner, outer } from "./rows.mjs";\n${app}` });
    const { status, output } = project.node(...before, "--import", "aclose/report", "app.mjs");
    expect(status, output).to.equal(0);
    return output;
  }
  const open = "const g = globalThis.g = outer(console.log); await g.next();";

  it("prints the tree at the end, before what is open is closed", () => {
    const output = run(open);
    expect(output).to.match(atYield);
    expect(output).to.contain("inner closed");
    expect(output.match(/still open/g)).to.have.length(1);
  });

  it("prints it at process.exit() too", () => {
    expect(run(`${open} void g.next(); setImmediate(() => process.exit());`)).to.match(waiting);
  });

  it("prints it where the intrinsics are frozen", () => {
    expect(run(open, "--frozen-intrinsics", "--no-warnings")).to.match(atYield);
  });

  it("prints nothing when nothing is open", () => {
    expect(run("for await (const item of outer(console.log)) break;")).to.equal("inner closed\n");
  });

  it("has console.log say where a generator stands", () => {
    expect(run(`${open} console.log(g); await g.return();`)).to.match(
      /^AsyncGenerator outer \(rows\.mjs:10\): at a yield, rows\.mjs:11;? .*\{.*\n/,
    );
  });

  for (const signal of ["SIGUSR2", "SIGHUP"]) {
    it(`prints it on ${signal}, and goes on`, async () => {
      project.write({
        "app.mjs": `import { outer } from "./rows.mjs";\n${open} void g.next();
const timer = setInterval(() => {}, 1000);
process.on("SIGTERM", () => { clearInterval(timer); console.log("goes on"); process.exit(); });
console.log("ready");`,
      });
      const env = { ...process.env, ...(signal === "SIGUSR2" ? {} : { ACLOSE_REPORT_SIGNAL: signal }) };
      const child = spawn("node", ["--import", "aclose/report", "app.mjs"], { cwd: project.folder, env });
      let output = "";
      const until = (text: RegExp | string): Promise<void> =>
        new Promise((resolve) => {
          const look = (): void => {
            if (typeof text === "string" ? output.includes(text) : text.test(output)) resolve();
          };
          for (const stream of [child.stdout, child.stderr]) stream.on("data", look);
          look();
        });
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
      await until("ready");
      child.kill(signal as NodeJS.Signals);
      await until(waiting);
      child.kill("SIGTERM");
      const [status] = await once(child, "exit");
      expect(status).to.equal(0);
      expect(output).to.contain("goes on");
    });
  }

  it("says what is wrong with a signal", () => {
    project.write({ "app.mjs": "" });
    const { status, output } = project.node(
      "--input-type=module",
      "-e",
      'import { reportOpenAsyncGenerators } from "aclose"; reportOpenAsyncGenerators({ signal: "SIGNIX" });',
    );
    expect(status).to.equal(1);
    expect(output).to.contain("TypeError: unknown signal SIGNIX");
  });

  it("is a function too, which can be undone", () => {
    project.write({
      "app.mjs": `import { outer } from "./rows.mjs";
import { reportOpenAsyncGenerators } from "aclose";
const texts = [];
const undo = reportOpenAsyncGenerators({ signal: null, write: (text) => texts.push(text) });
${open}
process.emit("beforeExit");
undo();
process.emit("exit");
console.log(texts.length, process.listenerCount("SIGUSR2"), texts[0]);`,
    });
    const { output } = project.node("app.mjs");
    expect(output).to.match(/^1 0 2 async generators are still open:\n/);
  });
});
