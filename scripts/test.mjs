/**
 * Runs the tests, each group in a process of its own: the judges of microtask order compare with an engine that no
 * other test has touched, and a runtime that is loaded twice would answer for the other's generators.
 *
 * `npm test` runs all groups; `npm test -- language runtime` runs some. Two groups run at once. What they say comes out one after the
 * other: that of the group begun first as it is said. The last line is "N passed, N failed".
 */

import { spawn } from "node:child_process";
import { createRequire } from "node:module";

/** The one that takes longest comes first: with two at once, as long as all others together. */
const groups = {
  toolchain: ["test/toolchain/**/*.test.ts"],
  language: [
    "test/language/**/*.test.ts",
    "test/support/**/*.test.ts",
    "test/fuzz.test.ts",
    "test/test262/**/*.test.ts",
  ],
  transformer: ["test/transformer/**/*.test.ts", "test/picture/**/*.test.ts", "test/rules/**/*.test.ts"],
  runtime: ["test/runtime/**/*.test.ts"],
  cleanup: ["test/cleanup/**/*.test.ts"],
  fused: ["test/cleanup/**/*.test.ts", "test/runtime/cleanup/**/*.test.ts", "test/runtime/python-oracle.test.ts"],
  examples: ["test/examples/**/*.test.ts", "test/openai.test.ts"],
  docs: ["test/docs/**/*.test.ts"],
  doors: ["test/doors/**/*.test.ts"],
  explorer: ["test/explorer/**/*.test.ts"],
};

/** What a group runs under. The suites of cleanup hold in both ways of running. */
const environments = { fused: { ACLOSE_TICKS: "fused" } };

const mocha = createRequire(import.meta.url).resolve("mocha/bin/mocha.js");

/** What the groups say, in the order in which they have begun. */
const transcripts = [];

function flush() {
  while (transcripts.length > 0) {
    const [first] = transcripts;
    process.stdout.write(Buffer.concat(first.said.splice(0)));
    if (!first.isComplete) return;
    transcripts.shift();
  }
}

/** Runs one group. Gives its counts. */
function run(name, files) {
  const env = { ...process.env, ...environments[name] };
  const transcript = { said: [Buffer.from(`\n=== ${name}\n`)], isComplete: false };
  transcripts.push(transcript);
  const say = (data) => {
    transcript.said.push(data);
    flush();
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [mocha, ...files], { stdio: ["ignore", "pipe", "pipe"], env });
    let tail = "";
    child.stdout.on("data", (data) => {
      tail = (tail + data).slice(-2000);
      say(data);
    });
    child.stderr.on("data", say);
    child.on("close", (code) => {
      const [, passed = 0, failed = 0, skipped = 0] =
        /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/.exec(tail) ?? [];
      const counts = { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
      // A group that dies or finds no tests is a failure, whatever it counted.
      if ((code !== 0 && counts.failed === 0) || counts.passed + counts.failed === 0) {
        say(Buffer.from(`The tests of "${name}" ended with exit code ${code}.\n`));
        counts.failed++;
      }
      transcript.isComplete = true;
      flush();
      resolve(counts);
    });
  });
}

const chosen = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(groups);
const unknown = chosen.filter((name) => !(name in groups));
if (unknown.length > 0) {
  console.error(`No test group ${unknown.join(", ")}. The groups are: ${Object.keys(groups).join(", ")}.`);
  process.exit(2);
}
const total = { passed: 0, failed: 0, skipped: 0 };
const waiting = [...chosen];
async function runWaiting() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const counts = await run(name, groups[name]);
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
}
await Promise.all([runWaiting(), runWaiting()]);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
process.exitCode = total.failed > 0 ? 1 : 0;
