/** `aclose build`: source files → source files. */

import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { Command } from "commander";
import { type Diagnostic, type Options, transform } from "../../transformer/index.js";
import { addCompilerFlags, type CompilerFlags, toOptions } from "./compiler-options.js";
import { ExitCode, UsageError } from "./exit.js";
import { commonFolder, readText, sourceFiles, writeWhole } from "./files.js";
import { composedMap, withoutMapComment } from "./input-map.js";
import { progress } from "./progress.js";
import { report } from "./report.js";

interface BuildFlags extends CompilerFlags {
  outDir?: string;
  inPlace?: boolean;
  rootDir?: string;
}

interface Output {
  readonly path: string;
  readonly text: string;
  /** The file whose permissions it takes. */
  readonly like: string;
}

interface Built {
  readonly outputs: readonly Output[];
  readonly diagnostics: readonly Diagnostic[];
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
    );
  return addCompilerFlags(command).action(build);
}

async function build(patterns: string[], flags: BuildFlags): Promise<void> {
  if ((flags.outDir === undefined) !== (flags.inPlace === true))
    throw new UsageError("say either --out-dir or --in-place");
  const files = await sourceFiles(patterns, flags.outDir);
  const root = resolve(flags.rootDir ?? commonFolder(files));
  const options = toOptions(flags);
  const line = progress("Compiling", files.length);
  const built = files.map((file) => {
    line.step();
    return buildFile(file, flags.outDir === undefined ? file : placeIn(flags.outDir, root, file), options);
  });
  line.end();
  if (report(built.flatMap(({ diagnostics }) => diagnostics))) {
    process.exitCode = ExitCode.Errors;
    return;
  }
  for (const { path, text, like } of built.flatMap(({ outputs }) => outputs)) writeWhole(path, text, like);
}

function placeIn(outDir: string, root: string, file: string): string {
  const place = relative(root, file);
  if (place === ".." || place.startsWith(`..${sep}`)) throw new UsageError(`${file} is outside --root-dir ${root}`);
  return resolve(outDir, place);
}

function buildFile(file: string, path: string, options: Options): Built {
  const text = readText(file);
  const [mark, source] = text.startsWith("\ufeff") ? ["\ufeff", text.slice(1)] : ["", text];
  const { code, map, diagnostics } = transform(source, { ...options, fileName: file });
  if (code === source || /\.d\.[cm]?ts$/.test(file)) {
    return { outputs: path === file ? [] : [{ path, text, like: file }], diagnostics };
  }
  if (!map) return { outputs: [{ path, text: mark + code, like: file }], diagnostics };
  const mapPath = `${path}.map`;
  const full = composedMap(map, source, file);
  const relativeTo = (name: string) =>
    relative(dirname(path), resolve(dirname(file), name))
      .split(sep)
      .join("/");
  const written = { ...full, file: basename(path), sources: full.sources.map((name) => relativeTo(name ?? "")) };
  const body = withoutMapComment(code);
  const end = `${body === "" || body.endsWith("\n") ? "" : "\n"}//# sourceMappingURL=${basename(mapPath)}\n`;
  // The map first: the moment the new code is there, its map is too.
  return {
    outputs: [
      { path: mapPath, text: JSON.stringify(written), like: file },
      { path: join(path), text: mark + body + end, like: file },
    ],
    diagnostics,
  };
}
