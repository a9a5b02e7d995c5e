/**
 * `npm run release`: everything that must hold before a version is published, then the contents of the package.
 * `npm run release -- --publish` publishes it with provenance, which only the workflow `.github/workflows/release.yml`
 * can do: a runner's identity token is what signs the package. Exit codes: 0 done, 1 something does not hold, 2 wrong arguments.
 */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const read = (name) => readFileSync(join(root, name), "utf8");

function git(...args) {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  return { ok: status === 0, text: (stdout ?? "").trim() };
}

/** A tag is checked out without a branch: then its commit must be one of main's. */
function isOnMain() {
  const { text: branch } = git("rev-parse", "--abbrev-ref", "HEAD");
  return branch === "main" || (branch === "HEAD" && git("merge-base", "--is-ancestor", "HEAD", "origin/main").ok);
}

/** The text under each heading of the changelog: `## 1.2.0 - 2026-01-31`, `## Unreleased`. */
function changelog() {
  const sections = read("CHANGELOG.md").split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [heading, ...lines] = section.split("\n");
      return [heading.replace(/[[\]]/g, "").split(" ")[0], lines.join("\n").trim()];
    }),
  );
}

function* problems(publish) {
  if (git("status", "--porcelain").text !== "")
    yield "The tree is not clean: commit or remove what `git status` shows.";
  if (!isOnMain()) yield "This is not a commit of main.";
  const { version, repository } = JSON.parse(read("package.json"));
  const [, ownVersion] = / VERSION = "([^"]+)"/.exec(read("runtime/abi.ts")) ?? [];
  if (ownVersion !== version) yield `package.json says ${version}, runtime/abi.ts ${ownVersion}: they must agree.`;
  const sections = changelog();
  if (!sections.get(version)) yield `CHANGELOG.md has nothing under "## ${version} - <date>".`;
  if (sections.get("Unreleased"))
    yield `CHANGELOG.md has changes under "## Unreleased": they belong under "## ${version} - <date>".`;
  const tag = `v${version}`;
  const tagged = git("rev-list", "-n", "1", tag);
  if (tagged.ok && tagged.text !== git("rev-parse", "HEAD").text)
    yield `The tag ${tag} is on another commit: this version is released already.`;
  const url = typeof repository === "string" ? repository : repository?.url;
  if (!url)
    yield '`repository` must be set in package.json: { "type": "git", "url": "git+https://github.com/<owner>/<name>.git" }. The registry compares it with the repository that the provenance names.';
  if (publish && !process.env.ACTIONS_ID_TOKEN_REQUEST_URL)
    yield "Provenance needs a runner with `id-token: write`: push the tag, and the workflow publishes.";
}

function run(command, ...args) {
  console.log(`\n> ${command} ${args.join(" ")}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed`);
}

function release(publish) {
  const found = [...problems(publish)];
  for (const problem of found) console.error(`problem: ${problem}`);
  if (found.length > 0) throw new Error("nothing was run");
  for (const script of ["build", "test", "check:package"]) run("npm", "run", script);
  if (publish) return run("npm", "publish", "--provenance", "--access", "public");
  run("npm", "pack", "--dry-run", "--ignore-scripts");
  console.log("\nAll is ready. Nothing was published: that takes --publish.");
}

function flags() {
  const options = { publish: { type: "boolean" }, "dry-run": { type: "boolean" } };
  const { values } = parseArgs({ options });
  if (values.publish && values["dry-run"]) throw new Error("say either --publish or --dry-run");
  return values;
}

let publish;
try {
  publish = flags().publish === true;
} catch (error) {
  console.error(`release: ${error.message}`);
  process.exit(2);
}
try {
  release(publish);
} catch (error) {
  console.error(`release: ${error.message}`);
  process.exitCode = 1;
}
