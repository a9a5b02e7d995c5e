/** Chunks → text and source map. */

import { GenMapping, maybeAddMapping, maybeAddSegment, setSourceContent, toEncodedMap } from "@jridgewell/gen-mapping";
import type { Chunk } from "./chunk.js";

/** A source map, version 3. */
export interface SourceMap {
  version: 3;
  file: string;
  sources: string[];
  sourcesContent: string[];
  names: string[];
  mappings: string;
}

export function textOf(chunks: readonly Chunk[]): string {
  return chunks.map((chunk) => chunk.text).join("");
}

/** As engines count lines, whose stacks the map is asked about. */
function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** 1-based line and 0-based column, as gen-mapping takes them. */
function locate(lineStarts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] as number) };
}

/** Where in a slice a debugger or a stack trace may point: its start, and every word and sign. */
function pointsIn(text: string): number[] {
  const points = text === "" ? [] : [0];
  for (const match of text.matchAll(/[\p{ID_Continue}$]+|[^\p{ID_Continue}$\s]/gu)) {
    if (match.index > 0) points.push(match.index);
  }
  return points;
}

/** The source map of the output. Generated text that stands for nothing in the source maps to nothing. */
export function mapOf(chunks: readonly Chunk[], source: string, fileName: string): SourceMap {
  const map = new GenMapping();
  const file = fileName.replaceAll("\\", "/");
  setSourceContent(map, file, source);
  const sourceLines = lineStartsOf(source);
  const outputLines = lineStartsOf(textOf(chunks));

  function add(at: number, origin: number, name?: string): void {
    const generated = locate(outputLines, at);
    const original = locate(sourceLines, origin);
    if (name === undefined) maybeAddMapping(map, { generated, original, source: file });
    else maybeAddMapping(map, { generated, original, source: file, name });
  }

  let at = 0;
  for (const { text, start, origin = -1, name, continues, bound } of chunks) {
    if (bound !== undefined) {
      add(at, bound);
    } else if (start >= 0) {
      for (const point of pointsIn(text)) add(at + point, start + point, point === 0 ? name : undefined);
    } else if (origin >= 0) {
      add(at, origin, name);
    } else if (text !== "" && !continues) {
      const { line, column } = locate(outputLines, at);
      maybeAddSegment(map, line - 1, column);
    }
    at += text.length;
  }
  const { names, mappings } = toEncodedMap(map);
  return { version: 3, file, sources: [file], sourcesContent: [source], names: [...names], mappings };
}

/** The comment that carries a source map inside the file itself. */
export function inlineMapComment(map: SourceMap): string {
  const bytes = new TextEncoder().encode(JSON.stringify(map));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `//# sourceMappingURL=data:application/json;charset=utf-8;base64,${btoa(binary)}`;
}
