/** `npm run release` in a repository of its own, whose scripts leave a trace. */

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../doors/project.js";

describe("npm run release", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "aclose-release-"));
    mkdirSync(join(folder, "scripts"));
    mkdirSync(join(folder, "runtime"));
    cpSync(join(root, "scripts/release.mjs"), join(folder, "scripts/release.mjs"));
    git("init", "-q", "-b", "main");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.invalid", ...args], { cwd: folder });

  function commit(changes: { version?: string; changelog?: string; manifest?: object } = {}): void {
    const { version = "1.2.0", changelog = "## Unreleased\n\n## 1.2.0 - 2026-01-31\n\n- New.\n", manifest } = changes;
    // Inside .git, so that the tree stays clean.
    const trace = (name: string) => `node -e "fs.appendFileSync('.git/trace', '${name} ')"`;
    const scripts = { build: trace("build"), test: trace("test"), "check:package": trace("check") };
    const repository = { type: "git", url: "git+https://github.com/owner/name.git" };
    const all = { name: "released", version: "1.2.0", repository, scripts, ...manifest };
    writeFileSync(join(folder, "package.json"), JSON.stringify(all));
    writeFileSync(join(folder, "CHANGELOG.md"), `# Changelog\n\n${changelog}`);
    writeFileSync(join(folder, "runtime/abi.ts"), `export const VERSION = "${version}";\n`);
    git("add", ".");
    git("commit", "-q", "-m", "Files");
  }
  function release(...args: string[]) {
    const env = { ...process.env, ACTIONS_ID_TOKEN_REQUEST_URL: undefined };
    return spawnSync(process.execPath, ["scripts/release.mjs", ...args], { cwd: folder, encoding: "utf8", env });
  }
  const traced = (): string => readFileSync(join(folder, ".git/trace"), "utf8");

  it("runs everything, shows what would be published, and publishes nothing", () => {
    commit();
    const { status, stdout, stderr } = release();
    expect(status, stderr).to.equal(0);
    expect(traced()).to.equal("build test check ");
    expect(stderr).to.contain("released-1.2.0.tgz");
    expect(stdout).to.contain("Nothing was published: that takes --publish.");
  });

  it("takes a checked out tag whose commit is one of main's", () => {
    commit();
    git("tag", "v1.2.0");
    git("update-ref", "refs/remotes/origin/main", "HEAD");
    git("checkout", "-q", "--detach", "v1.2.0");
    expect(release("--dry-run").status).to.equal(0);
  });

  it("stops when something runs that fails", () => {
    commit({ manifest: { scripts: { build: "node -e 0", test: "node -e process.exit(3)" } } });
    const { status, stderr } = release();
    expect(status).to.equal(1);
    expect(stderr).to.contain("release: npm run test failed");
  });

  const cases: Record<string, [() => void, string, ...string[]]> = {
    "an unclean tree": [() => writeFileSync(join(folder, "new.txt"), ""), "The tree is not clean"],
    "another branch": [() => git("checkout", "-q", "-b", "other"), "This is not a commit of main."],
    "a compiler of another version": [() => commit({ version: "1.1.0" }), "they must agree"],
    "a version that is not in the changelog": [
      () => commit({ changelog: "## 1.1.0 - 2025-01-31\n\n- Old.\n" }),
      'nothing under "## 1.2.0 - <date>"',
    ],
    "changes that are not released": [
      () => commit({ changelog: "## Unreleased\n\n- Newer.\n\n## 1.2.0 - 2026-01-31\n\n- New.\n" }),
      'changes under "## Unreleased"',
    ],
    "a tag on another commit": [
      () => {
        git("tag", "v1.2.0");
        commit({ manifest: { description: "later" } });
      },
      "released already",
    ],
    "no repository": [() => commit({ manifest: { repository: undefined } }), "`repository` must be set"],
    "no identity to sign with": [() => {}, "Provenance needs a runner", "--publish"],
  };
  for (const [name, [prepare, message, ...args]] of Object.entries(cases))
    it(`runs nothing with ${name}`, () => {
      commit();
      prepare();
      const { status, stderr } = release(...args);
      expect(stderr).to.contain(message).and.to.contain("release: nothing was run");
      expect(stderr.match(/^problem: /gm)).to.have.length(1);
      expect(status).to.equal(1);
      expect(traced).to.throw();
    });

  it("does not guess what an argument means", () => {
    commit();
    expect(release("--publsh")).to.include({ status: 2, stdout: "" });
    expect(release("--publish", "--dry-run").stderr).to.equal("release: say either --publish or --dry-run\n");
  });
});
