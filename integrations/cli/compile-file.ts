/** One file's text → what is to be written. Pure but for reading the source map that the file names: it also runs in worker threads. */

import { basename, dirname, relative, resolve } from "node:path";
import { type CompiledFunction, type Diagnostic, messages, type Options, transform } from "../../transformer/index.js";
import { dataUrlOf, withMapComment } from "../../transformer/map-comment.js";
import { inputMap, ownMap, type WrittenMap, withoutMapComment } from "../input-map.js";
import { toPosix, toUri } from "./files.js";

export interface Source {
  readonly file: string;
  readonly text: string;
  /** Where its output goes; the file itself when it is replaced. */
  readonly path: string;
}

export interface Output {
  readonly path: string;
  readonly text: string | Uint8Array;
  /** The file whose permissions it takes. */
  readonly like: string;
}

export interface Compiled {
  /** In the order in which they are to be written; none when the file stays as it is. */
  readonly outputs: readonly Output[];
  readonly diagnostics: readonly Diagnostic[];
  readonly functions: readonly CompiledFunction[];
  /** It has not even the text of what could be compiled, or was. */
  readonly isPlain?: boolean;
}

/** With two letters or more: one is a drive of Windows. */
const isUrl = /^[a-z][a-z\d+.-]+:/i;

/** A file without anything to compile: copied, with the map that it names, or left where it is. */
export function unchanged(source: Source, options: Options, result: Partial<Compiled> = {}): Compiled {
  const { file, text, path } = source;
  const map = path === file || options.sourceMap === false ? undefined : ownMap(text, file);
  const copies = path === file ? [] : [{ path, text, like: file }];
  const outputs = map ? mapped(source, text, { ...map, sources: fromOutput(source, map.sources) }) : copies;
  return { diagnostics: [], functions: [], ...result, outputs };
}

/** A file that is not UTF-8: without anything to compile it is passed on as it is. */
export function undecoded(file: string, path: string, bytes: Buffer, isConcerned: boolean): Compiled {
  if (isConcerned) return { outputs: [], diagnostics: [notUtf8(file, bytes)], functions: [] };
  const outputs = path === file ? [] : [{ path, text: bytes, like: file }];
  return { outputs, diagnostics: [], functions: [], isPlain: true };
}

export function notUtf8(file: string, bytes: Buffer): Diagnostic {
  const text = bytes.toString();
  const again = Buffer.from(text);
  const before = bytes.subarray(
    0,
    bytes.findIndex((byte, index) => byte !== again[index]),
  );
  return messages.notUtf8.at({ fileName: file, text, start: before.toString().length, length: 1 });
}

export function compileFile(source: Source, options: Options): Compiled {
  const { file, text, path } = source;
  const [mark, input] = text.startsWith("\ufeff") ? ["\ufeff", text.slice(1)] : ["", text];
  const wantsMap = options.sourceMap !== false;
  let earlier: ReturnType<typeof inputMap>;
  const { code, map, diagnostics, functions } = transform(
    input,
    { ...options, sourceMap: wantsMap, fileName: file },
    () => (earlier = inputMap(input, file)),
  );
  if (code === input) return unchanged(source, options, { diagnostics, functions });
  if (!map) return { outputs: [{ path, text: mark + code, like: file }], diagnostics, functions };
  const found = fromOutput(source, map.sources);
  // What a map holds are addresses: those of the input's are so already.
  const sources = earlier ? found : found.map((name) => name?.replace(/[%?#]/g, encodeURIComponent) ?? null);
  const isInline = options.sourceMap === "inline";
  return { outputs: mapped(source, mark + code, { ...map, sources }, isInline), diagnostics, functions };
}

/** A map's sources as seen from the output, but for those of the web. */
function fromOutput({ file, path }: Source, sources: WrittenMap["sources"]): (string | null)[] {
  const moved = (name: string): string => toPosix(relative(dirname(path), resolve(dirname(file), name)));
  return sources.map((name) => (name === null || isUrl.test(name) ? name : moved(name)));
}

function mapped({ file, path }: Source, code: string, map: WrittenMap, isInline = false): Output[] {
  const named = { ...map, file: basename(path) };
  const textWith = (url: string) => withMapComment(withoutMapComment(code), url);
  if (isInline) return [{ path, text: textWith(dataUrlOf(named)), like: file }];
  // The map first: the moment the new code is there, its map is too.
  return [
    { path: `${path}.map`, text: JSON.stringify(named), like: file },
    { path, text: textWith(`${toUri(basename(path))}.map`), like: file },
  ];
}
