/** `scripts/test.mjs` in a folder with tests of its own, which tell one another by files what has begun and what is over. */

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { projectsOfTests, root } from "../doors/project.js";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const configuration = JSON.stringify({
  extension: ["ts"],
  "node-option": [`import=${tsx}`],
  reporter: join(root, "scripts/reporter.cjs"),
  timeout: 60_000,
});
/** What the tests of a group do; `until` waits for another group. */
const group = (name: string, body: string): string => `
  const { existsSync, writeFileSync } = require("node:fs");
  const until = (state) => new Promise((resolve) => {
    const timer = setInterval(() => existsSync(state) && (clearInterval(timer), resolve()), 10);
  });
  it("${name}", async () => {
    writeFileSync("${name} begun", "");
    ${body}
    console.log("${name} said");
    writeFileSync("${name} over", "");
  });`;

describe("scripts/test.mjs", function () {
  this.timeout(120_000);
  const newProject = projectsOfTests();

  function run(groups: Record<string, string>, ...chosen: string[]) {
    const files = Object.entries(groups).map(([name, text]) => [`test/${name}/a.test.ts`, text]);
    const project = newProject({ ".mocharc.json": configuration, ...Object.fromEntries(files) });
    return project.node(join(root, "scripts/test.mjs"), ...chosen);
  }

  it("runs two groups at once, and tells what they say one after the other", () => {
    const third = 'if (!existsSync("docs over") && !existsSync("doors over")) throw new Error("a third at once");';
    const groups = {
      docs: group("docs", 'await until("doors over");'),
      doors: group("doors", 'await until("docs begun");'),
      runtime: group("runtime", third),
    };
    const { status, output } = run(groups, "docs", "doors", "runtime");
    expect(output.match(/^(?:=== )?(?:docs|doors|runtime)(?: said)?$/gm)).to.deep.equal(
      Object.keys(groups).flatMap((name) => [`=== ${name}`, `${name} said`]),
    );
    expect(output).to.match(/\n3 passed, 0 failed\n$/);
    expect(status).to.equal(0);
  });

  it("takes a group for failed that has a failure, that dies, or that has no tests", () => {
    const groups = { docs: group("docs", 'throw new Error("fails");'), doors: "process.exit(7);" };
    const { status, output } = run(groups, "docs", "doors", "runtime");
    expect(output).to.contain('The tests of "doors" ended with exit code 7.').and.not.to.contain('The tests of "docs"');
    expect(output).to.contain('The tests of "runtime" ended with exit code');
    expect(output).to.match(/\n0 passed, 3 failed\n$/);
    expect(status).to.equal(1);
  });

  it("refuses a name that is no group's", () => {
    const { status, output } = run({}, "docs", "doc");
    expect(output).to.match(/^No test group doc\. The groups are: toolchain, language,/);
    expect(status).to.equal(2);
  });
});
