/** `aclose build`: source files → source files. */

import { relative, resolve, sep } from "node:path";
import { Command } from "commander";
import type { Compiled } from "./compile-file.js";
import type { Target, Work } from "./compile-files.js";
import { addCompilerFlags, addMapFlags, type CompilerFlags, toOptions } from "./compiler-options.js";
import { ExitCode, UsageError } from "./exit.js";
import { commonFolder, shownPath, sourceFiles, writeWhole, writtenPath } from "./files.js";
import { addJobsFlag } from "./jobs.js";
import { hasErrors, noteIfPlain, report } from "./report.js";
import { type Change, watchFiles } from "./watch.js";

interface BuildFlags extends CompilerFlags {
  outDir?: string;
  inPlace?: boolean;
  rootDir?: string;
  jobs?: number;
  watch?: boolean;
}

export function buildCommand(): Command {
  const command = new Command("build")
    .description("Compile files. Nothing is written when one of them has an error.")
    .argument("<files...>", "files, folders or globs")
    .option("--out-dir <folder>", "write the output there")
    .option("--in-place", "replace the files; files without anything to compile are not touched")
    .option(
      "--root-dir <folder>",
      "what places in --out-dir are relative to (default: the folder that all files are in)",
    )
    .option("--watch", "go on, and compile what changes; a file with an error keeps its last output");
  return addMapFlags(addCompilerFlags(addJobsFlag(command))).action(build);
}

async function build(patterns: string[], flags: BuildFlags): Promise<void> {
  const { outDir, inPlace, rootDir, jobs, watch } = flags;
  if ((outDir === undefined) !== (inPlace === true)) throw new UsageError("say either --out-dir or --in-place");
  if (inPlace && rootDir !== undefined) throw new UsageError("--root-dir goes with --out-dir");
  const work = { title: "Compiling", options: { ...(await toOptions(flags)), annotate: true }, jobs };
  const files = await sourceFiles(patterns, outDir);
  const root = resolve(rootDir ?? commonFolder(files));
  const target = (file: string): Target => {
    if (outDir !== undefined) return { file, path: writtenPath(placeIn(outDir, root, file)) };
    const path = writtenPath(file);
    return { file: path, path };
  };
  const remains = inPlace ? "" : "; its output stays";
  if (watch) return watchFiles(patterns, outDir, (change) => rebuild(change, target, work, remains));
  const { compileFiles } = await import("./compile-files.js");
  const compiled = await compileFiles(files.map(target), work);
  noteIfPlain(compiled, work.options.include);
  if (report(compiled.flatMap(({ diagnostics }) => diagnostics))) process.exitCode = ExitCode.Errors;
  else compiled.forEach(write);
}

function placeIn(outDir: string, root: string, file: string): string {
  const place = relative(root, file);
  if (place === ".." || place.startsWith(`..${sep}`))
    throw new UsageError(`${file} is outside of ${root}, which all output is relative to: give another --root-dir`);
  return resolve(outDir, place);
}

/** All of a file's outputs, or none: beside another text than its own a source map is wrong, and the next run would lead through it. */
function write({ outputs }: Compiled): void {
  const undone: (() => void)[] = [];
  try {
    for (const { path, text, like } of outputs) undone.unshift(writeWhole(path, text, like));
  } catch (error) {
    for (const undo of undone) undo();
    throw error;
  }
}

/** Each file by itself: one with an error does not hold up the others. */
async function rebuild(
  { files, gone }: Change,
  target: (file: string) => Target,
  work: Work,
  remains: string,
): Promise<void> {
  const { compileFiles } = await import("./compile-files.js");
  for (const file of gone) console.log(`${shownPath(file)}: removed${remains}`);
  const compiled = await compileFiles(files.map(target), work);
  report(compiled.flatMap(({ diagnostics }) => diagnostics));
  compiled.forEach((result, index) => {
    const isBroken = hasErrors(result.diagnostics);
    if (!isBroken) write(result);
    const isCompiled = result.functions.some(({ rewritten }) => rewritten);
    const done = isBroken ? "has errors; its last output stays" : isCompiled ? "compiled" : "copied";
    // What was found in its place already is not news: the commonest cause is that it was just put there.
    if (isBroken || result.outputs.length > 0) console.log(`${shownPath(files[index] as string)}: ${done}`);
  });
}
