/** One file's text → what is to be written. Pure but for reading the source map that the file names: it also runs in worker threads. */

import { basename, dirname, relative, resolve } from "node:path";
import { type CompiledFunction, type Diagnostic, type Options, transform } from "../../transformer/index.js";
import { composedMap, withoutMapComment } from "../input-map.js";
import { toPosix, toUri } from "./files.js";

export interface Source {
  readonly file: string;
  readonly text: string;
  /** Where its output goes; the file itself when it is replaced. */
  readonly path: string;
}

export interface Output {
  readonly path: string;
  readonly text: string;
  /** The file whose permissions it takes. */
  readonly like: string;
}

export interface Compiled {
  /** In the order in which they are to be written; none when the file stays as it is. */
  readonly outputs: readonly Output[];
  readonly diagnostics: readonly Diagnostic[];
  readonly functions: readonly CompiledFunction[];
}

/** With two letters or more: one is a drive of Windows. */
const isUrl = /^[a-z][a-z\d+.-]+:/i;

/** A file without anything to compile: copied, or left where it is. */
export function unchanged({ file, text, path }: Source, result: Partial<Compiled> = {}): Compiled {
  const outputs = path === file ? [] : [{ path, text, like: file }];
  return { diagnostics: [], functions: [], ...result, outputs };
}

/** Whatever is wrong with the text is in the diagnostics: what is thrown is a fault of the compiler. */
export function compileFile(source: Source, options: Options): Compiled {
  try {
    return compile(source, options);
  } catch (cause) {
    throw new Error(`while compiling ${source.file}`, { cause });
  }
}

function compile(source: Source, options: Options): Compiled {
  const { file, text, path } = source;
  const [mark, input] = text.startsWith("\ufeff") ? ["\ufeff", text.slice(1)] : ["", text];
  const wantsMap = options.sourceMap !== false;
  const { code, map, diagnostics, functions } = transform(input, { ...options, sourceMap: wantsMap, fileName: file });
  if (code === input || /\.d\.[cm]?ts$/.test(file)) return unchanged(source, { diagnostics, functions });
  if (!map) return { outputs: [{ path, text: mark + code, like: file }], diagnostics, functions };
  const full = composedMap(map, input, file);
  const fromOutput = (name: string): string => toPosix(relative(dirname(path), resolve(dirname(file), name)));
  // What a map holds are addresses: those of the input's are so already, and may be of the web.
  const address = full === map ? (name: string) => fromOutput(name).replace(/[%?#]/g, encodeURIComponent) : fromOutput;
  const sources = full.sources.map((name) => (name === null || isUrl.test(name) ? name : address(name)));
  const written = JSON.stringify({ ...full, file: basename(path), sources });
  const body = withoutMapComment(code);
  const isInline = options.sourceMap === "inline";
  const url = isInline
    ? `data:application/json;charset=utf-8;base64,${Buffer.from(written).toString("base64")}`
    : `${toUri(basename(path))}.map`;
  const end = `${body === "" || body.endsWith("\n") ? "" : "\n"}//# sourceMappingURL=${url}\n`;
  const output = { path, text: mark + body + end, like: file };
  // The map first: the moment the new code is there, its map is too.
  const outputs = isInline ? [output] : [{ path: `${path}.map`, text: written, like: file }, output];
  return { outputs, diagnostics, functions };
}
