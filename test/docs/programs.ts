/** The programs in the documentation, as files of a project that a reader could have. */

import { execFile } from "node:child_process";
import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { transformSync as lower } from "esbuild";
import ts from "typescript";
import { transform } from "../../transformer/index.js";
import { root } from "../doors/project.js";
import { type Block, blocks, placeOf } from "./pages.js";

/** Here every package of ours is found; `aclose` itself is a link. */
const folder = join(root, "node_modules/.cache", `aclose-docs-${process.pid}`);

const extensions: Record<string, string> = { ts: ".ts", js: ".js", tsx: ".tsx", mts: ".ts", mjs: ".js" };
const mocha = createRequire(import.meta.url).resolve("mocha/bin/mocha.js");

export interface Program extends Block {
  /** The file as the reader would write it. */
  readonly file: string;
  readonly source: string;
}

/** What the reference shows is generated from the sources, and no programs. */
const generated = "docs/reference.md";

/** Every block of JavaScript or TypeScript, but for those that show a file or say why nothing is done with them. */
export const programs: readonly Program[] = blocks
  .filter(({ page, language }) => page !== generated && language in extensions)
  .filter(({ notes }) => !notes.has("file") && !notes.has("not checked"))
  .map((block) => programOf(block));

/** A directive must stay the first statement. */
function directiveFirst(text: string, before: string): string {
  const [, directive = "", rest = ""] = /^((?:"[^"]*";\n)?)([\s\S]*)$/.exec(text) as RegExpExecArray;
  return `${directive}${before}\n${rest}`;
}

/** A block as a program; `name` is its file's. */
export function programOf(block: Block, name = `${block.page.replaceAll("/", "-")}-${block.line}`): Program {
  const before = block.notes.get("before");
  const source = before === undefined ? block.text : directiveFirst(block.text, before);
  return { ...block, file: join(folder, "src", `${name}${extensions[block.language]}`), source };
}

export function writePrograms(written: readonly Program[] = programs): void {
  mkdirSync(join(folder, "src"), { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/aclose"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }\n');
  for (const { file, source } of written) writeFileSync(file, source);
}

export function removePrograms(): void {
  rmSync(folder, { recursive: true, force: true });
}

const checkerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts", "lib.dom.asynciterable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  strict: true,
  allowJs: true,
  skipLibCheck: true,
  noEmit: true,
  types: ["node", "mocha"],
};

/** What TypeScript says of files, of all at once because loading the libraries takes the time: file → messages. */
export function typeErrors(files: readonly string[]): Map<string, string[]> {
  const program = ts.createProgram(files, checkerOptions, {
    ...ts.createCompilerHost(checkerOptions),
    getCurrentDirectory: () => folder,
  });
  const found = new Map<string, string[]>();
  for (const { file, messageText, start } of ts.getPreEmitDiagnostics(program)) {
    const name = file === undefined ? "" : file.fileName;
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    const text = `line ${line} of the block: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    found.set(name, [...(found.get(name) ?? []), text]);
  }
  return found;
}

export interface Outcome {
  readonly status: string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Compiles the program as a build of the reader's would. Throws when aclose has something to say. */
export function compile({ file, source, ...block }: Program): string {
  const { code, diagnostics } = transform(source, { fileName: file, module: "esm", sourceMap: false });
  if (diagnostics.length > 0) {
    throw new Error(
      diagnostics.map(({ line, message }) => `${placeOf({ ...block })} line ${line}: ${message}`).join("\n"),
    );
  }
  // For `using`, which Node 20 does not have, and the types.
  return lower(code, { loader: "ts", target: "node20", format: "esm", supported: { "async-generator": true } }).code;
}

/** Runs the compiled program. A program that does not end is killed, and its status is a signal. */
export function run(program: Program, timeout = 30_000): Promise<Outcome> {
  const compiled = program.file.replace(/\.[jt]sx?$/, ".mjs");
  writeFileSync(compiled, compile(program));
  const [command = "node", ...flags] = (program.notes.get("run") ?? "node").split(/\s+/);
  const argv = command === "mocha" ? [mocha, "--no-config", ...flags, compiled] : [...flags, compiled];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      argv,
      { cwd: realpathSync(folder), timeout, encoding: "utf8" },
      (error, stdout, stderr) =>
        resolve({ status: String(error === null ? 0 : (error.code ?? error.signal)), stdout, stderr }),
    );
  });
}

/** What the page says that the program prints: the block after it, or the comments `// → value` in it. */
export function expectedOutput({ text, output }: Block): string | undefined {
  if (output !== undefined) return output;
  const comments = [...text.matchAll(/\/\/ → (.*)$/gm)].map(([, value = ""]) => value.trimEnd());
  return comments.length > 0 ? comments.join("\n") : undefined;
}
