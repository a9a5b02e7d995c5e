/**
 * Compiles this project twice, with tsc and with the patched tsc, runs every scenario in a process of its own and
 * prints what each left open. `--json` prints the results as JSON.
 */

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { records, startServer } from "./server.mjs";
import { footnote, legend, table } from "./table.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const execute = promisify(execFile);
const node = (args, options) => execute(process.execPath, args, { cwd: here, ...options });

const compilers = {
  native: require.resolve("typescript/bin/tsc"),
  aclose: join(dirname(require.resolve("ts-patch/package.json")), "bin/tspc.js"),
};
const AT_A_TIME = 4;

async function compile(name) {
  try {
    await node([compilers[name], "-p", ".", "--outDir", `dist/${name}`]);
  } catch (error) {
    throw new Error(`${compilers[name]} failed:\n${error.stdout || error.message}`);
  }
}

/** Runs a scenario; asks the server for its view as soon as the process has looked at itself. */
async function runScenario(compiler, title, file, server) {
  const client = encodeURIComponent(`${compiler} ${title}`);
  const args = ["--expose-gc", `dist/${compiler}/main.js`, title, file, `${server.url}/${client}`];
  const running = node(args, { timeout: 10_000 });
  let requests = 0;
  running.child.stdout.once("data", () => setTimeout(() => (requests = server.openRequests(client)), 100));
  const { stdout, stderr } = await running;
  const [measurement, end] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const closedByNode = stderr.split(/Closing file descriptor|was closed during garbage collection/).length - 1;
  return { ...measurement, requests, ...end, closedByNode };
}

async function runAll(titles, file, server) {
  const rows = titles.map((title) => ({ title }));
  const jobs = rows.flatMap((row) => Object.keys(compilers).map((name) => ({ row, name })));
  const work = async () => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift())
      job.row[job.name] = await runScenario(job.name, job.row.title, file, server);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return rows;
}

async function main() {
  await Promise.all(Object.keys(compilers).map(compile));
  const { scenarios } = await import("./dist/native/scenarios.js");
  const folder = mkdtempSync(join(tmpdir(), "aclose-ndjson-"));
  const file = join(folder, "readings.ndjson");
  writeFileSync(file, records(1000));
  const server = await startServer();
  try {
    const rows = await runAll(Object.keys(scenarios), file, server);
    if (process.argv.includes("--json")) console.log(JSON.stringify(rows));
    else console.log(`\n${table(rows)}\n${legend}${footnote(rows)}`);
  } finally {
    server.stop();
    rmSync(folder, { recursive: true });
  }
}

await main();
