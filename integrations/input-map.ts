/** The source map that an input file has already: the output's map must lead through it to the first source. */

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { encodedMappings, FlattenMap, type TraceMap } from "@jridgewell/trace-mapping";
import type { ComposedMap } from "../transformer/index.js";

/** As the format has it: on a line of its own behind all code, without quotes. Elsewhere it is a text of the user's. */
const mapComment =
  /(?<=^|\n)[ \t]*\/\/[#@] ?sourceMappingURL=([^\s'"`]+)[ \t]*(?:\r?\n|$)(?=(?:[ \t]*(?:\/\/.*)?\r?\n)*[ \t]*(?:\/\/.*)?$)/g;

/** Looked for from the line on that first mentions one: the pattern alone tries every place of the text. */
function mapCommentIn(text: string): RegExpExecArray | null {
  const mention = text.indexOf("sourceMappingURL=");
  if (mention < 0) return null;
  mapComment.lastIndex = text.lastIndexOf("\n", mention) + 1;
  return mapComment.exec(text);
}

export function withoutMapComment(code: string): string {
  const found = mapCommentIn(code);
  return found ? code.slice(0, found.index) + code.slice(found.index + found[0].length) : code;
}

function textOf(url: string, file: string): string {
  const inline = /^data:[^,]*?(;base64)?,(.*)$/.exec(url);
  if (!inline) return readFileSync(resolve(dirname(file), decodeURIComponent(url)), "utf8");
  const [, base64, data = ""] = inline;
  return base64 ? Buffer.from(data, "base64").toString("utf8") : decodeURIComponent(data);
}

/** The map that the text names, or undefined when it names none or that cannot be read. */
export function inputMap(source: string, file: string): TraceMap | undefined {
  const url = mapCommentIn(source)?.[1];
  if (url === undefined) return undefined;
  try {
    // What it holds is relative to where it lies.
    return new FlattenMap(JSON.parse(textOf(url, file)), url.startsWith("data:") ? undefined : url);
  } catch {
    // As debuggers do: a map that is not there, or is none, is as good as none.
    return undefined;
  }
}

export interface WrittenMap extends Omit<ComposedMap, "sources"> {
  /** Null where nobody knows the file. */
  readonly sources: readonly (string | null)[];
}

/** The map of a file that stays as it is; undefined where it has none beside it. */
export function ownMap(source: string, file: string): WrittenMap | undefined {
  if (mapCommentIn(source)?.[1]?.startsWith("data:") !== false) return undefined;
  const input = inputMap(source, file);
  if (input === undefined) return undefined;
  const { resolvedSources, sourcesContent, names, ignoreList } = input;
  return {
    version: 3,
    file,
    sources: input.sources.map((name, i) => (name === null ? null : (resolvedSources[i] as string))),
    ...(sourcesContent?.some((content) => content !== null) && { sourcesContent }),
    names,
    mappings: encodedMappings(input),
    ...(ignoreList && { ignoreList }),
  };
}
