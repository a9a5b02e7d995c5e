/** Many files: what has nothing to compile is passed on unparsed; the rest is compiled here, or in worker threads when that pays. */

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { concernPattern, type Options } from "../../transformer/index.js";
import { isDeclaration } from "../file-kinds.js";
import { type Compiled, compileFile, type Source, unchanged, undecoded } from "./compile-file.js";
import { decoded, readBytes } from "./files.js";
import { progress } from "./progress.js";
import { inThreads } from "./threads.js";

export interface Target {
  readonly file: string;
  readonly path: string;
}

export interface Work {
  /** For the progress line: what is being done. */
  readonly title: string;
  readonly options: Options;
  /** The number of threads; undefined: as many as the work is worth. */
  readonly jobs: number | undefined;
}

/**
 * Characters of source for each thread: with less, loading the compiler once more and running it cold costs more than
 * the other processor saves (measured: 1.4 s a thread, 1.3 s for a million characters).
 */
const worthOneThread = 1_500_000;

/**
 * What the machine runs at once, for each thread: the engine collects garbage and compiles beside it, and two processors that are one core
 * are slower with two threads (measured: 2,000 files 4.9 s, and 4.6 with one).
 */
const processorsOfThread = 2;

/** What all emitted code calls: a file that is replaced may be compiled already. */
const emittedCall = ".requireAbi(";

/** The results are in the order of the targets, however many threads there are. */
export async function compileFiles(targets: readonly Target[], { title, options, jobs }: Work): Promise<Compiled[]> {
  const line = progress(title, targets.length);
  const results: (Compiled | undefined)[] = [];
  const sources: Source[] = [];
  const concern = concernPattern(options.include);
  for (const { file, path } of targets) {
    const bytes = readBytes(file);
    const text = decoded(bytes);
    // A directive is of ASCII's letters, which UTF-16 has with zeros between them.
    const letters = text ?? bytes.toString("latin1").replaceAll("\0", "");
    // Declarations have no bodies, and a compiler's output folder has as many of them as of the others.
    const isConcerned = !isDeclaration(path) && concern.test(letters);
    if (text !== undefined && isConcerned) {
      sources.push({ file, path, text });
      results.push(undefined);
      continue;
    }
    results.push(
      text === undefined
        ? undecoded(file, path, bytes, isConcerned)
        : unchanged({ file, path, text }, options, { isPlain: !text.includes(emittedCall) }),
    );
    line.step();
  }
  const compiled = await compileAll(sources, options, threadsFor(sources, jobs), line.step);
  line.end();
  return results.map((result) => result ?? (compiled.shift() as Compiled));
}

/** 1 means: in this thread. */
function threadsFor(sources: readonly Source[], jobs: number | undefined): number {
  if (jobs !== undefined) return Math.min(jobs, sources.length);
  const size = sources.reduce((sum, { text }) => sum + text.length, 0);
  return Math.min(
    Math.floor(availableParallelism() / processorsOfThread),
    sources.length,
    Math.floor(size / worthOneThread),
  );
}

async function compileAll(
  sources: readonly Source[],
  options: Options,
  threads: number,
  done: () => void,
): Promise<Compiled[]> {
  if (threads > 1) return inThreads(join(__dirname, "worker.js"), threads, sources, options, compileFile, done);
  return sources.map((source) => {
    const compiled = compileFile(source, options);
    done();
    return compiled;
  });
}
