/** Chunks → text and source map. */

import { GenMapping, maybeAddSegment, toEncodedMap } from "@jridgewell/gen-mapping";
import type { TraceMap } from "@jridgewell/trace-mapping";
import type { Chunk } from "./chunk.js";
import { lineEnd } from "./line-ends.js";
import { EarlierOrigin, type Position, SourceOrigin } from "./origin.js";
import { firstNotBefore } from "./search.js";

/** A source map, version 3. */
export interface SourceMap {
  version: 3;
  file: string;
  sources: string[];
  sourcesContent: string[];
  names: string[];
  mappings: string;
}

/** One that leads through the map that the source has already. */
export interface ComposedMap extends Omit<SourceMap, "sourcesContent"> {
  /** Null where the earlier map has no text; missing where it has none at all. */
  sourcesContent?: readonly (string | null)[];
  ignoreList?: readonly number[];
}

export function textOf(chunks: readonly Chunk[]): string {
  return chunks.map((chunk) => chunk.text).join("");
}

/** As engines count lines, whose stacks the map is asked about. */
class Lines {
  private readonly starts = [0];
  private last = 0;

  constructor(text: string) {
    for (const match of text.matchAll(new RegExp(lineEnd, "g"))) this.starts.push(match.index + match[0].length);
  }

  /** Most are asked for one after the other. */
  locate(offset: number): Position {
    const { starts } = this;
    let line = this.last;
    if (!this.has(line, offset) && !this.has(++line, offset))
      line = firstNotBefore(starts, (start) => start <= offset) - 1;
    this.last = line;
    return { line, column: offset - (starts[line] as number) };
  }

  private has(line: number, offset: number): boolean {
    return offset >= (this.starts[line] ?? Infinity) && offset < (this.starts[line + 1] ?? Infinity);
  }
}

/**
 * The source map of the output, whose text is `code`. Generated text that stands for nothing in the source maps to nothing. With `input`,
 * the map that the source has already, it leads to what the source comes from.
 */
export function mapOf(chunks: readonly Chunk[], code: string, source: string, fileName: string): SourceMap;
export function mapOf(
  chunks: readonly Chunk[],
  code: string,
  source: string,
  fileName: string,
  input: TraceMap | undefined,
): ComposedMap;
export function mapOf(
  chunks: readonly Chunk[],
  code: string,
  source: string,
  fileName: string,
  input?: TraceMap,
): ComposedMap {
  const map = new GenMapping();
  const file = fileName.replaceAll("\\", "/");
  const origin = input ? new EarlierOrigin(map, input) : new SourceOrigin(map, file, source);
  const sourceLines = new Lines(source);
  const outputLines = new Lines(code);
  let at = 0;
  for (const { text, start, origin: stands = -1, name, continues, bound } of chunks) {
    const generated = outputLines.locate(at);
    if (bound !== undefined) origin.add(generated, sourceLines.locate(bound));
    else if (start >= 0)
      origin.addSlice(text, generated, sourceLines.locate(start), sourceLines.locate(start + text.length), name);
    else if (stands >= 0) origin.add(generated, sourceLines.locate(stands), name);
    else if (text !== "" && !continues) maybeAddSegment(map, generated.line, generated.column);
    at += text.length;
  }
  const { sources, sourcesContent, names, mappings, ignoreList } = toEncodedMap(map);
  return {
    version: 3,
    file,
    sources: sources as string[],
    // Some readers take it that there is a text where there is a list of texts.
    ...(sourcesContent?.some((content) => content !== null) && { sourcesContent }),
    names: [...names],
    mappings,
    ...(ignoreList?.length && { ignoreList }),
  };
}
