/** Files in and out. Output appears whole or not at all. */

import {
  closeSync,
  type Dirent,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdir,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { escapePath, glob, isDynamicPattern } from "tinyglobby";
import { isSourceFile } from "../../transformer/file-kinds.js";
import { UsageError } from "./exit.js";

export const toPosix = (path: string): string => (sep === "\\" ? path.replaceAll("\\", "/") : path);
/** As a relative reference, for what reads addresses. */
export const toUri = (path: string): string => encodeURI(toPosix(path)).replace(/[?#:]/g, encodeURIComponent);

/** As a message names a file. */
export const shownPath = (file: string): string => relative(process.cwd(), file) || file;

export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

const realPath = (path: string): string => (existsSync(path) ? realpathSync(path) : resolve(path));

/** The JavaScript and TypeScript files that the patterns name, sorted, without those in node_modules and in `except`. */
export const findFiles = async (patterns: readonly string[], except?: string): Promise<string[]> =>
  (await search(patterns, except)).files;

interface Search {
  readonly files: string[];
  /** Why folders could not be read. */
  readonly refusals: readonly NodeJS.ErrnoException[];
}

async function search(patterns: readonly string[], except: string | undefined): Promise<Search> {
  // A name that a shell has put in place of a pattern may look like one: src/[id].ts.
  const posix = patterns.map((pattern) => (existsSync(pattern) ? escapePath(toPosix(pattern)) : toPosix(pattern)));
  const refusals: NodeJS.ErrnoException[] = [];
  const list = (path: string, options: { withFileTypes: true }, done: (...result: Listed) => void): void =>
    readdir(path, options, (error, entries) => {
      // The glob also lists the folders with a dot before their names, whose files it passes over.
      if (error && ["EACCES", "EPERM"].includes(error.code ?? "") && !isHidden(path)) refusals.push(error);
      done(error, entries);
    });
  const fs = { readdir: list as typeof readdir };
  const found = await glob(posix, { absolute: true, ignore: ["**/node_modules/**"], dot: false, fs });
  const excluded = except === undefined ? undefined : realPath(except) + sep;
  const files = found
    .map((file) => resolve(file))
    .filter((file) => isSourceFile(file) && !(excluded && (realPath(dirname(file)) + sep).startsWith(excluded)));
  return { files: [...new Set(files)].sort(), refusals };
}

const isHidden = (path: string): boolean => /(?:^|\/)\.[^./]/.test(toPosix(relative(process.cwd(), path)));

type Listed = [error: NodeJS.ErrnoException | null, entries: Dirent[]];

/**
 * The same; none is an error, and so is a name of nothing, and a folder that cannot be read: beside others nobody would see that it was not
 * compiled.
 */
export async function sourceFiles(patterns: readonly string[], except?: string): Promise<string[]> {
  const missing = patterns.find((pattern) => !existsSync(pattern) && !isDynamicPattern(toPosix(pattern)));
  if (missing !== undefined) throw new UsageError(`no such file or folder: ${missing}`);
  const { files, refusals } = await search(patterns, except);
  const [refusal] = refusals;
  if (refusal) throw new UsageError(`cannot read ${refusal.path}: ${refusal.message}`);
  if (files.length > 0) return files;
  const isExcepted = except !== undefined && (await findFiles(patterns)).length > 0;
  const isDependency = patterns.some((pattern) => toPosix(pattern).split("/").includes("node_modules"));
  const why = isDependency ? ": files in node_modules are left alone" : "";
  throw new UsageError(
    isExcepted
      ? `all files are in the output folder ${except}: say --in-place to replace them`
      : `no JavaScript or TypeScript files match ${shownPatterns(patterns)}${why}`,
  );
}

/** A shell may have put hundreds of names in the place of one pattern. */
function shownPatterns(patterns: readonly string[]): string {
  const [first, ...others] = patterns;
  return others.length > 3 ? `${first} and ${others.length} others` : patterns.join(" ");
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`);
  }
}

/** Undefined where it is not UTF-8: no text with replacement characters. */
export function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Through a symbolic link, as any editor would write; a map beside the link would not be found. */
export const writtenPath = (file: string): string =>
  existsSync(file) && lstatSync(file).isSymbolicLink() ? realpathSync(file) : file;

/**
 * The new text, or what was there before, also where the disk is full; what it gives back puts that there again. It is written
 * over the old one. To write another file and rename that would leave no moment between the two, but takes up to a millisecond
 * where many files have just been removed (ext4 looks for a number that none of them had, and each rename removes one), and
 * those who watch the folder see files come and go.
 */
export function writeWhole(file: string, text: string | Uint8Array, modeOf = file): () => void {
  try {
    const there = statSync(file, { throwIfNoEntry: false });
    if (there?.isFile()) return overwrite(file, Buffer.from(text as Uint8Array));
    return create(file, text, modeLike(modeOf), there === undefined);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${(error as Error).message}`);
  }
}

/** Sources may be read-only, as a sandbox has them: what is made of them is written again. */
function modeLike(file: string): number | undefined {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  return mode === undefined ? undefined : mode | 0o200;
}

function overwrite(file: string, after: Buffer): () => void {
  const before = readFileSync(file);
  const opened = openSync(file, "r+");
  try {
    writeAll(opened, after);
    if (after.length < before.length) ftruncateSync(opened, after.length);
    return () => void overwrite(file, before);
  } catch (error) {
    writeAll(opened, before);
    ftruncateSync(opened, before.length);
    throw error;
  } finally {
    closeSync(opened);
  }
}

function writeAll(opened: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(opened, bytes, at, bytes.length - at, at);
}

function create(file: string, text: string | Uint8Array, mode: number | undefined, isNew: boolean): () => void {
  const remove = (): void => {
    if (isNew) rmSync(file, { force: true });
  };
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, text, { mode });
  } catch (error) {
    remove();
    throw error;
  }
  return remove;
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
