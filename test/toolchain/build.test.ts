/** `aclose build` as a process of its own: worker threads, watching, what a terminal shows, and how it ends. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect } from "chai";
import type { Context } from "mocha";
import { root } from "../doors/project.js";

const main = join(root, "dist/cjs/integrations/cli/main.js");

const generator = (name: string, value = 1): string =>
  `export async function* ${name}() {\n  "use aclose";\n  yield ${value};\n}\n`;

describe("aclose build", function () {
  this.timeout(60_000);
  let folder: string;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "aclose-build-"));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  function put(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  function aclose(args: readonly string[], env: Record<string, string> = {}) {
    const options = { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], options);
    return { status, stdout, stderr };
  }
  function tree(name: string): Record<string, string> {
    const files = readdirSync(join(folder, name), { recursive: true, encoding: "utf8" }).sort();
    return Object.fromEntries(
      files.filter((file) => statSync(join(folder, name, file)).isFile()).map((file) => [file, read(join(name, file))]),
    );
  }

  it("leaves a file as it was that it cannot write whole", function () {
    if (process.platform === "win32") this.skip();
    const source = `${generator("a")}// ${"x".repeat(1000)}\n`;
    put({ "src/a.js": source });
    // The largest file that the system lets the process write, in units of 512 bytes or of 1024, as shells have it.
    const limited = `ulimit -f 1; exec "$@"`;
    const build = (...args: string[]) =>
      spawnSync("sh", ["-c", limited, "sh", process.execPath, main, "build", "src", "--source-map", "false", ...args], {
        cwd: folder,
        encoding: "utf8",
      });
    for (const [args, file] of [
      [["--in-place"], "src/a.js"],
      [["--out-dir", "out"], "out/a.js"],
    ] as const) {
      const { status, stderr } = build(...args);
      expect(stderr).to.match(/^aclose: cannot write .*a\.js: EFBIG: /, file);
      expect(status, file).to.equal(2);
    }
    expect(tree("src")).to.deep.equal({ "a.js": source });
    expect(tree("out")).to.deep.equal({});
    // What is shorter than before leaves nothing of it behind.
    put({ "out/a.js": "x".repeat(100_000) });
    expect(aclose(["build", "src", "--out-dir", "out", "--source-map", "false"]).status).to.equal(0);
    expect(read("out/a.js")).to.match(/^import .*\n\/\/ x+\n$/s);
  });

  it("leaves no source map of a file that it cannot write", () => {
    put({ "src/a.js": generator("a"), "src/b.js": generator("b"), "out/a.js/in the way": "", "out/a.js.map": "old" });
    const failing = () => {
      const { status, stderr } = aclose(["build", "src", "--out-dir", "out"]);
      expect(stderr).to.match(/^aclose: cannot write .*a\.js: EISDIR: /);
      expect(status).to.equal(2);
      return tree("out");
    };
    expect(failing()).to.deep.equal({ "a.js/in the way": "", "a.js.map": "old" });
    rmSync(join(folder, "out/a.js.map"));
    expect(failing()).to.deep.equal({ "a.js/in the way": "" });
  });

  describe("--jobs", () => {
    it("writes the same files, whatever the number of threads", () => {
      for (let index = 0; index < 12; index++)
        put({
          [`src/d${index % 3}/f${index}.ts`]: index % 4 ? generator(`f${index}`) : `export const a = ${index};\n`,
        });
      const outputs = ["1", "2", "4"].map((jobs) => {
        expect(aclose(["build", "src", "--out-dir", jobs, "--jobs", jobs])).to.include({ status: 0, stderr: "" });
        return tree(jobs);
      });
      expect(Object.keys(outputs[0] as object)).to.have.length(12 + 9);
      for (const output of outputs.slice(1)) expect(output).to.deep.equal(outputs[0]);
    });

    it("says the same in the same order, whatever the number of threads", () => {
      for (let index = 0; index < 9; index++) {
        // The first files take longest.
        const long = `export const a = [${"1, ".repeat((9 - index) * 2000)}];\n`;
        put({ [`f${index}.ts`]: `${long}export async function* f() {\n  "use aclose fuzed";\n}\n` });
      }
      const said = ["1", "3"].map((jobs) => aclose(["check", ".", "--jobs", jobs]));
      expect(said[0]?.status).to.equal(1);
      expect(said[0]?.stderr.match(/^f\d/gm)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) => `f${index}`));
      for (const other of said.slice(1)) expect(other).to.deep.equal(said[0]);
    });
  });

  describe("exit codes", () => {
    it("are in the help of every command", () => {
      for (const command of [[], ["init"], ["build"], ["check"], ["explain"], ["doctor"]]) {
        const { status, stdout } = aclose([...command, "--help"]);
        expect(status).to.equal(0);
        for (const code of [0, 1, 2, 3]) expect(stdout).to.match(new RegExp(`^ {2}${code} {2}\\w`, "m"));
      }
    });

    for (const jobs of ["1", "2"])
      it(`3 is a fault of our own, with the file and nothing written (${jobs} threads)`, () => {
        put({
          "src/a.ts": generator("a"),
          "src/b.ts": generator("b"),
          "fault.cjs": `const path = require.resolve(${JSON.stringify(join(root, "node_modules/typescript"))});
            const real = require(path);
            require.cache[path].exports = { ...real, createSourceFile(name, ...rest) {
              if (name.endsWith("b.ts")) throw new Error("lower: no such block");
              return real.createSourceFile(name, ...rest);
            } };\n`,
        });
        const env = { NODE_OPTIONS: `--require ${join(folder, "fault.cjs")}` };
        const { status, stderr } = aclose(["build", "src", "--out-dir", "out", "--jobs", jobs], env);
        expect(stderr).to.match(/^aclose: this is a fault of aclose itself/);
        expect(stderr).to.match(/a fault of the compiler in .*src\/b\.ts: lower: no such block/);
        expect(status).to.equal(3);
        expect(readdirSync(folder).sort()).to.deep.equal(["fault.cjs", "src"]);
      });
  });

  describe("on a terminal", () => {
    /** What a command shows there. */
    function shown(context: Context, args: string, hasColours = false) {
      // The `script` of other systems takes other arguments.
      if (process.platform !== "linux") context.skip();
      const command = `'${process.execPath}' '${main}' ${args}`;
      const env = { ...process.env, CI: undefined, TERM: "xterm-256color", NO_COLOR: hasColours ? undefined : "1" };
      return spawnSync("script", ["-qefc", command, "/dev/null"], { cwd: folder, encoding: "utf8", env });
    }
    const eraseLine = "\r\x1b[K";

    it("shows its progress, and leaves the line empty", function () {
      put({ "src/a.ts": generator("a"), "src/b.ts": "export const b = 1;\n" });
      const { status, stdout } = shown(this, "build src --out-dir out");
      expect(stdout.startsWith(`${eraseLine}Compiling 1 of 2 files`), stdout).to.equal(true);
      expect(stdout.endsWith(eraseLine), stdout).to.equal(true);
      expect(status).to.equal(0);
    });

    it("shows the line of a message, with a mark under the place", function () {
      put({ "src/a.ts": 'async function* f() {\n\t"use aclose"; "use aclose sometimes";\n}\n' });
      const { status, stdout } = shown(this, "build src --out-dir out");
      const [said, ...frame] = stripVTControlCharacters(stdout).trimEnd().split("\r\n");
      expect(said).to.match(/src\/a\.ts:2:16 - error ACLOSE1003: /);
      expect(frame).to.deep.equal(['2 | \t"use aclose"; "use aclose sometimes";', "  | \t              ^"]);
      expect(status).to.equal(1);
    });

    it("colours errors red and warnings yellow, where that is wanted, wherever its standard output goes", function () {
      put({
        "error.js": '"use aclose sometimes";\n',
        "warning.js": '"use aclose";\nasync function* f() { eval(""); }\n',
      });
      const words = (args: string, hasColours: boolean) => shown(this, args, hasColours).stdout.match(/(?<= - )\S+/g);
      const coloured = ["\x1b[31merror\x1b[39m", "\x1b[33mwarning\x1b[39m"];
      const args = "check error.js warning.js";
      expect(words(args, true)).to.deep.equal(coloured);
      expect(words(`${args} > out.txt`, true)).to.deep.equal(coloured);
      expect(words(args, false)).to.deep.equal(["error", "warning"]);
    });
  });

  describe("--watch", () => {
    let asUser: number | undefined;
    afterEach(() => {
      asUser = undefined;
    });
    /** Waits for what the process says, never for time. */
    function watching(...args: string[]) {
      const child = spawn(process.execPath, [main, "build", ...args, "--watch"], { cwd: folder, uid: asUser });
      children.push(child);
      let unread = "";
      let waiting = (): void => {};
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (data: Buffer) => {
          unread += data;
          waiting();
        });
      const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
      return {
        child,
        ended,
        /** Everything up to and with the line. */
        until: (line: string) =>
          new Promise<string>((resolve, reject) => {
            waiting = () => {
              const end = unread.indexOf(`${line}\n`);
              if (end < 0) return;
              waiting = () => {};
              const text = unread.slice(0, end + line.length + 1);
              unread = unread.slice(text.length);
              resolve(text);
            };
            child.once("close", () => reject(new Error(`ended before it said "${line}": ${unread}`)));
            waiting();
          }),
      };
    }

    it("compiles only what changes, survives errors, takes new files, and ends by Ctrl-C", async () => {
      put({ "src/a.ts": generator("a"), "src/deep/b.ts": "export const b = 1;\n" });
      const { child, ended, until } = watching("src", "--out-dir", "out", "--source-map", "false");
      const first = await until("Watching 2 files. Ctrl-C ends.");
      expect(first).to.contain("src/a.ts: compiled\nsrc/deep/b.ts: copied\n");
      const untouched = statSync(join(folder, "out/deep/b.ts")).mtimeMs;

      put({ "src/a.ts": generator("a", 2) });
      expect(await until("src/a.ts: compiled")).to.equal("src/a.ts: compiled\n");
      expect(read("out/a.ts")).to.contain("2; // yield");
      expect(statSync(join(folder, "out/deep/b.ts")).mtimeMs).to.equal(untouched);

      put({ "src/a.ts": `${generator("a", 3)}export const = 1;\n` });
      const broken = await until("src/a.ts: has errors; its last output stays");
      expect(broken).to.contain("src/a.ts:5:14 - error TS1134");
      expect(read("out/a.ts")).to.contain("2; // yield");

      put({ "src/new/c.ts": generator("c") });
      await until("src/new/c.ts: compiled");
      expect(read("out/new/c.ts")).to.contain("c$step");

      // As editors save: a new file in the place of the old one.
      put({ "a.tmp": generator("a", 4) });
      renameSync(join(folder, "a.tmp"), join(folder, "src/a.ts"));
      await until("src/a.ts: compiled");
      expect(read("out/a.ts")).to.contain("4; // yield");

      rmSync(join(folder, "src/new/c.ts"));
      await until("src/new/c.ts: removed; its output stays");

      child.kill("SIGINT");
      expect(await ended).to.equal(0);
    });

    it("works in place on what a compiler writes, and does not take its own output for news", async () => {
      put({ "dist/a.js": generator("a"), "dist/node_modules/x.js": generator("x") });
      const { child, ended, until } = watching("dist/**/*.js", "--in-place");
      expect(await until("Watching 1 file. Ctrl-C ends.")).to.equal(
        "dist/a.js: compiled\nWatching 1 file. Ctrl-C ends.\n",
      );
      put({ "dist/a.js": generator("a", 2) });
      await until("dist/a.js: compiled");
      put({ "dist/b.js": generator("b") });
      // Nothing but this line: the file that was put in place is not compiled again.
      expect(await until("dist/b.js: compiled")).to.equal("dist/b.js: compiled\n");
      child.kill("SIGTERM");
      expect(await ended).to.equal(0);
      expect(read("dist/a.js")).to.contain("2; // yield");
      expect(read("dist/node_modules/x.js")).to.equal(generator("x"));
    });

    it("goes on when the folder is removed and written anew, as by a build from scratch", async () => {
      put({ "dist/a.js": generator("a"), "dist/deep/b.js": generator("b") });
      const { child, ended, until } = watching("dist", "--in-place");
      await until("Watching 2 files. Ctrl-C ends.");
      rmSync(join(folder, "dist"), { recursive: true });
      await until("dist/deep/b.js: removed");
      put({ "dist/deep/b.js": generator("b", 2) });
      await until("dist/deep/b.js: compiled");
      expect(read("dist/deep/b.js")).to.contain("2; // yield");
      child.kill("SIGINT");
      expect(await ended).to.equal(0);
    });

    it("says what to do about a new file that has no place in the output", async () => {
      put({ "src/a/a.ts": generator("a") });
      const { child, ended, until } = watching("src", "--out-dir", "out");
      await until("Watching 1 file. Ctrl-C ends.");
      put({ "src/b.ts": generator("b") });
      await until(
        `aclose: ${join(folder, "src/b.ts")} is outside of ${join(folder, "src/a")}, which all output is relative to: give another --root-dir`,
      );
      child.kill("SIGINT");
      expect(await ended).to.equal(0);
    });

    it("ends where there is a folder that it may not read, as without --watch", async function () {
      if (process.platform === "win32") this.skip();
      put({ "src/a.ts": generator("a"), "src/locked/b.ts": generator("b") });
      // Root may read everything.
      if (process.getuid?.() === 0) asUser = 65534;
      for (const name of [".", "src"]) chmodSync(join(folder, name), 0o777);
      chmodSync(join(folder, "src/locked"), 0);
      const { ended, until } = watching("src", "--out-dir", "out");
      expect(await until("Watching").catch(String)).to.match(/cannot read .*locked/);
      expect(await ended).to.equal(2);
      chmodSync(join(folder, "src/locked"), 0o777);
    });

    it("says what the system does not let it watch", function () {
      if (process.platform === "win32") this.skip();
      put({ "src/a.ts": generator("a") });
      symlinkSync(".", join(folder, "src/loop"));
      const { status, stderr } = aclose(["build", "src", "--out-dir", "out", "--watch"]);
      expect(stderr).to.match(/^aclose: cannot watch: ELOOP: .*\n$/);
      expect(status).to.equal(2);
    });

    it("goes on when a file cannot be written, and ends with 2 when there is nothing to watch", async () => {
      put({ "src/a.ts": generator("a"), "src/b.ts": generator("b") });
      const { child, ended, until } = watching("src", "--out-dir", "out");
      await until("Watching 2 files. Ctrl-C ends.");
      rmSync(join(folder, "out/a.ts"));
      mkdirSync(join(folder, "out/a.ts"));
      put({ "src/a.ts": generator("a", 3), "src/b.ts": generator("b", 2) });
      expect(await until(`${join("out", "a.ts")}'`)).to.contain("aclose: cannot write ");
      await until("src/b.ts: compiled");
      rmSync(join(folder, "out/a.ts"), { recursive: true });
      put({ "src/a.ts": generator("a", 5) });
      await until("src/a.ts: compiled");
      child.kill("SIGINT");
      expect(await ended).to.equal(0);
      expect(aclose(["build", "none", "--out-dir", "out", "--watch"])).to.include({
        status: 2,
        stderr: "aclose: no such file or folder: none\n",
      });
    });
  });
});
