/** Builds an example by its own command, and natively, and runs what it has to show. */

import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));

const execute = promisify(execFile);

/** What an example printed: the lines under each title. */
export type Log = Record<string, readonly string[]>;
export type Compiler = "aclose" | "native";

export class Example {
  readonly folder: string;

  constructor(name: string) {
    this.folder = join(root, "examples", name);
    execFileSync(process.execPath, ["scripts/link-example.mjs", name], { cwd: root });
  }

  /** `npm run build`, and the same sources compiled by TypeScript alone. */
  async build(): Promise<void> {
    rmSync(join(this.folder, "dist"), { recursive: true, force: true });
    await this.npm("build");
    this.buildNatively();
  }

  /** Runs one of the scripts in the example's package.json; gives what it printed. */
  private npm(script: string): Promise<string> {
    return this.execute("npm", ["run", "--silent", script]);
  }

  /** What it writes to stderr is in the error when it fails, and else not of interest. */
  private async execute(command: string, args: readonly string[]): Promise<string> {
    const { stdout } = await execute(command, args, { cwd: this.folder, shell: command === "npm" });
    return stdout;
  }

  /** Without types: the build has checked them. */
  private buildNatively(): void {
    const { compilerOptions } = this.json("tsconfig.json");
    const module = this.json("package.json").type === "module" ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS;
    const options = { target: ts.ScriptTarget[compilerOptions.target as "ES2022"], module };
    const out = join(this.folder, "dist/native");
    mkdirSync(out, { recursive: true });
    for (const name of this.sources()) {
      const fileName = join(this.folder, "src", name);
      const { outputText } = ts.transpileModule(readFileSync(fileName, "utf8"), { fileName, compilerOptions: options });
      writeFileSync(join(out, name.replace(/ts$/, "js")), outputText);
    }
  }

  /** Runs the compiled `main.js` to its end. */
  async run(compiler: Compiler): Promise<Log> {
    const main = join(this.folder, `dist/${compiler}/main.js`);
    return parse(await this.execute(process.execPath, ["--expose-gc", main]));
  }

  /** What it prints compiled, and natively. */
  async buildAndRunBoth(): Promise<[compiled: Log, native: Log]> {
    await this.build();
    return Promise.all([this.run("aclose"), this.run("native")]);
  }

  /** Runs `npm start`. */
  async start(): Promise<Log> {
    return parse(await this.npm("start"));
  }

  /** The module that the build made of a source. */
  import(name: string): Promise<any> {
    return import(join(this.folder, "dist/aclose", name));
  }

  /** None of the generators that opted in, by a directive or all together, was left native. */
  expectCompiled(): void {
    const { plugins = [] } = this.json("tsconfig.json").compilerOptions;
    const optsIn = plugins[0]?.include === "all" ? /async\s+(function)?\s*\*/ : /^"use aclose/m;
    const opted = this.sources().filter((name) => optsIn.test(this.source(name)));
    expect(opted).not.to.be.empty;
    for (const name of opted) {
      const code = readFileSync(join(this.folder, "dist/aclose", name.replace(/ts$/, "js")), "utf8");
      expect(code)
        .to.contain("aclose/runtime")
        .and.not.to.match(/async\s+(function)?\s*\*|use aclose/);
    }
  }

  private sources(): string[] {
    return readdirSync(join(this.folder, "src")).filter((name) => name.endsWith(".ts"));
  }

  private source(name: string): string {
    return readFileSync(join(this.folder, "src", name), "utf8");
  }

  private json(name: string): any {
    return JSON.parse(readFileSync(join(this.folder, name), "utf8"));
  }
}

/** A title, and lines that belong to it, indented by two. */
function parse(output: string): Log {
  const log: Record<string, string[]> = {};
  let lines: string[] = [];
  for (const line of output.trimEnd().split("\n")) {
    if (line.startsWith("  ")) lines.push(line.slice(2));
    else log[line] = lines = [];
  }
  return log;
}
