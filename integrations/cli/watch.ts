/** Watches what the patterns of a command name, and hands on what changes until the user ends it. */

import { basename, dirname, resolve, sep } from "node:path";
import { watch } from "chokidar";
import { isDynamicPattern } from "tinyglobby";
import { isSourceFile } from "../../transformer/file-kinds.js";
import { UsageError } from "./exit.js";
import { findFiles, toPosix } from "./files.js";

export interface Change {
  /** Files that are new or have new text, sorted. */
  readonly files: readonly string[];
  /** Files that are no longer there, sorted. */
  readonly gone: readonly string[];
}

/** Milliseconds of quiet after which a change is complete: an editor or a compiler may write several times. */
const quiet = 50;

/**
 * Calls `onChange` with all files first, then with what changes, never twice at a time. Resolves after SIGINT or
 * SIGTERM, when the call that is under way has ended. A `UsageError` of a later call is printed and ends nothing.
 */
export async function watchFiles(
  patterns: readonly string[],
  except: string | undefined,
  onChange: (change: Change) => Promise<void>,
): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  const places = patterns.filter((pattern) => !pattern.startsWith("!")).map(watchedPlace);
  const excluded = except === undefined ? undefined : resolve(except);
  const isIgnored = (path: string): boolean =>
    path === excluded || !places.some((place) => isIn(place, path) || (isIn(path, place) && !isHidden(path)));
  const watcher = watch(places.map(lastingFolder), {
    ignoreInitial: true,
    ignored: (path) => isIgnored(resolve(path)),
    // What reads the files passes over such folders too.
    ignorePermissionErrors: true,
  });
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void>;
  const fault = new Promise<never>((_, reject) => {
    const next = async (): Promise<void> => {
      const paths = [...changed].sort();
      changed = new Set();
      const present = new Set(await findFiles(patterns, except));
      const change = {
        files: paths.filter((path) => present.has(path)),
        gone: paths.filter((path) => !present.has(path)),
      };
      await handOn(change, onChange);
    };
    watcher.on("error", (error) => reject(new UsageError(`cannot watch: ${(error as Error).message}`)));
    watcher.on("all", (event, path) => {
      if (event.endsWith("Dir") || !isSourceFile(path)) return;
      changed.add(resolve(path));
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(next).catch(reject);
      }, quiet);
    });
  });
  const start = async (): Promise<void> => {
    // Watching before reading: what changes in between is not lost.
    await new Promise<void>((resolve) => watcher.once("ready", resolve));
    const files = await findFiles(patterns, except);
    await onChange({ files, gone: [] });
    console.log(`Watching ${files.length} file${files.length === 1 ? "" : "s"}. Ctrl-C ends.`);
  };
  running = start();
  try {
    await Promise.race([running.then(() => ended), ended, fault]);
  } finally {
    clearTimeout(timer);
    await watcher.close();
  }
  await running;
}

/** A file that cannot be read or written does not hold up those that changed with it. */
async function handOn(change: Change, onChange: (change: Change) => Promise<void>): Promise<void> {
  try {
    await onChange(change);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { files } = change;
    if (files.length > 1) for (const file of files) await handOn({ files: [file], gone: [] }, onChange);
    else console.error(`aclose: ${error.message}`);
  }
}

const isHidden = (path: string): boolean => /^(?:\..*|node_modules)$/.test(basename(path));

const isIn = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** Where to watch a place from: a watcher of a folder that is removed, as before a build from scratch, never sees it again. */
function lastingFolder(place: string): string {
  const current = process.cwd();
  if (isIn(place, current)) return current;
  return isIn(current, place) ? place : dirname(place);
}

/** The folder or file in front of the first part that is a pattern. */
function watchedPlace(pattern: string): string {
  const parts = toPosix(pattern).split("/");
  const end = parts.findIndex((part) => isDynamicPattern(part));
  const fixed = end < 0 ? parts : parts.slice(0, end);
  return resolve(fixed.length === 1 && fixed[0] === "" ? sep : fixed.join("/"));
}
