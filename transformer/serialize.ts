/** Chunks → text and source map. */

import { GenMapping, maybeAddSegment, setSourceContent, toEncodedMap } from "@jridgewell/gen-mapping";
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

/** 0-based, as gen-mapping takes segments. */
interface Position {
  line: number;
  column: number;
}

function locate(lineStarts: readonly number[], offset: number): Position {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, column: offset - (lineStarts[low] as number) };
}

/** Where in a slice a debugger or a stack trace may point: every word and sign; and the ends of lines. */
const points = /(\r\n|[\n\r\u2028\u2029])|[\p{ID_Continue}$]+|[^\p{ID_Continue}$\s]/gu;

/** The source map of the output, whose text is `code`. Generated text that stands for nothing in the source maps to nothing. */
export function mapOf(chunks: readonly Chunk[], code: string, source: string, fileName: string): SourceMap {
  const map = new GenMapping();
  const file = fileName.replaceAll("\\", "/");
  setSourceContent(map, file, source);
  const sourceLines = lineStartsOf(source);
  const outputLines = lineStartsOf(code);

  function add(generated: Position, original: Position, name?: string): void {
    if (name === undefined)
      maybeAddSegment(map, generated.line, generated.column, file, original.line, original.column);
    else maybeAddSegment(map, generated.line, generated.column, file, original.line, original.column, name);
  }

  /** Both ends of the mappings of a slice move on as its text does. */
  function addSlice(text: string, generated: Position, original: Position, name?: string): void {
    add(generated, original, name);
    let last = 0;
    for (const { 0: found, 1: newLine, index } of text.matchAll(points)) {
      if (newLine === undefined) {
        generated.column += index - last;
        original.column += index - last;
        last = index;
        if (index > 0) add(generated, original);
      } else {
        generated.line++;
        original.line++;
        generated.column = original.column = 0;
        last = index + found.length;
      }
    }
  }

  let at = 0;
  for (const { text, start, origin = -1, name, continues, bound } of chunks) {
    const generated = locate(outputLines, at);
    if (bound !== undefined) add(generated, locate(sourceLines, bound));
    else if (start >= 0) addSlice(text, generated, locate(sourceLines, start), name);
    else if (origin >= 0) add(generated, locate(sourceLines, origin), name);
    else if (text !== "" && !continues) maybeAddSegment(map, generated.line, generated.column);
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
