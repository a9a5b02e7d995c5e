/** Files in and out. Output appears whole or not at all. */

import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { glob } from "tinyglobby";
import { UsageError } from "./exit.js";

const sourceFile = /\.[cm]?[jt]sx?$/;

/** The JavaScript and TypeScript files that the patterns name, sorted, without those in node_modules and in `except`. */
export async function sourceFiles(patterns: readonly string[], except?: string): Promise<string[]> {
  const posix = patterns.map((pattern) => (sep === "\\" ? pattern.replaceAll("\\", "/") : pattern));
  const found = await glob(posix, { absolute: true, ignore: ["**/node_modules/**"], dot: false });
  const excluded = except === undefined ? undefined : resolve(except) + sep;
  const files = found
    .map((file) => resolve(file))
    .filter((file) => sourceFile.test(file) && !(excluded && file.startsWith(excluded)));
  if (files.length === 0) throw new UsageError(`no JavaScript or TypeScript files match ${patterns.join(" ")}`);
  return [...new Set(files)].sort();
}

/** The text of a UTF-8 file. Another encoding is an error, not text with replacement characters. */
export function readText(file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`);
  }
}

/** Writes beside the file and renames, so that the file is the old one or the new one at every moment. */
export function writeWhole(file: string, text: string, modeOf = file): void {
  let temporary: string | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Through a symbolic link, as any editor would write; a rename would replace the link.
    const target = statSync(file, { throwIfNoEntry: false }) ? realpathSync(file) : file;
    const mode = statSync(modeOf, { throwIfNoEntry: false })?.mode ?? 0o666;
    temporary = `${target}.${process.pid}.tmp`;
    writeFileSync(temporary, text, { flag: "wx", mode });
    renameSync(temporary, target);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw new UsageError(`cannot write ${file}: ${(error as Error).message}`);
  }
}

/** The folder that all files are in: what their places in the output folder are relative to. */
export function commonFolder(files: readonly string[]): string {
  return files.map(dirname).reduce((common, folder) => {
    let shared = common;
    while (folder !== shared && !folder.startsWith(shared.endsWith(sep) ? shared : shared + sep))
      shared = dirname(shared);
    return shared;
  });
}
