/** Where the segments of the output's map lead: to the source, or through the map that the source has already to what it comes from. */

import { type GenMapping, maybeAddSegment, setIgnore, setSourceContent } from "@jridgewell/gen-mapping";
import { decodedMappings, type SourceMapSegment, type TraceMap, traceSegment } from "@jridgewell/trace-mapping";
import { lineEnd } from "./line-ends.js";
import { firstNotBefore } from "./search.js";

/** 0-based, as gen-mapping takes segments. */
export interface Position {
  line: number;
  column: number;
}

export interface Origin {
  /** What stands at `generated` in the output stands for what is at `original` in the source. */
  add(generated: Position, original: Position, name?: string): void;
  /** The same for a slice of the source that goes on to `end` there, with all that is in it. Moves the positions. */
  addSlice(text: string, generated: Position, original: Position, end: Position, name?: string): void;
}

/** Where in a slice a debugger or a stack trace may point: every word and sign; and the ends of lines. */
const points = new RegExp(String.raw`(${lineEnd.source})|[\p{ID_Continue}$]+|[^\p{ID_Continue}$\s]`, "gu");

/** The source itself. */
export class SourceOrigin implements Origin {
  constructor(
    private readonly map: GenMapping,
    private readonly file: string,
    text: string,
  ) {
    setSourceContent(map, file, text);
  }

  add(generated: Position, original: Position, name?: string): void {
    addSegment(this.map, generated.line, generated.column, this.file, original.line, original.column, name);
  }

  /** Both ends of the mappings move on as the text does. */
  addSlice(text: string, generated: Position, original: Position, _end: Position, name?: string): void {
    this.add(generated, original, name);
    let last = 0;
    for (const { 0: found, 1: newLine, index } of text.matchAll(points)) {
      if (newLine === undefined) {
        generated.column += index - last;
        original.column += index - last;
        last = index;
        if (index > 0) this.add(generated, original);
      } else {
        generated.line++;
        original.line++;
        generated.column = original.column = 0;
        last = index + found.length;
      }
    }
  }
}

/** What the source comes from, as its own map says. */
export class EarlierOrigin implements Origin {
  private readonly lines: readonly (readonly SourceMapSegment[])[];
  private readonly seen = new Set<number>();

  constructor(
    private readonly map: GenMapping,
    private readonly input: TraceMap,
  ) {
    this.lines = decodedMappings(input);
  }

  add(generated: Position, original: Position, name?: string): void {
    const segment = traceSegment(this.input, original.line, original.column);
    if (segment !== null) this.addTraced(generated.line, generated.column, segment, name);
  }

  /** What the map has within the slice moves as the slice does. */
  addSlice(_text: string, generated: Position, original: Position, end: Position, name?: string): void {
    this.add(generated, original, name);
    let shift = generated.column - original.column;
    let from = original.column;
    for (let { line } = original; line <= end.line; line++) {
      const segments = this.lines[line] ?? [];
      for (let i = firstNotBefore(segments, ([column]) => column <= from); i < segments.length; i++) {
        const segment = segments[i] as SourceMapSegment;
        if (line === end.line && segment[0] >= end.column) break;
        this.addTraced(generated.line + line - original.line, segment[0] + shift, segment);
      }
      shift = 0;
      from = -1;
    }
  }

  private addTraced(line: number, column: number, segment: Readonly<SourceMapSegment>, name?: string): void {
    const { input, map } = this;
    if (segment.length === 1 || input.sources[segment[1]] === null) return maybeAddSegment(map, line, column);
    const source = input.resolvedSources[segment[1]] as string;
    const own = segment.length === 5 ? input.names[segment[4]] : name;
    addSegment(map, line, column, source, segment[2], segment[3], own);
    if (this.seen.has(segment[1])) return;
    this.seen.add(segment[1]);
    setSourceContent(map, source, input.sourcesContent?.[segment[1]] ?? null);
    if (input.ignoreList?.includes(segment[1])) setIgnore(map, source);
  }
}

function addSegment(
  map: GenMapping,
  generatedLine: number,
  generatedColumn: number,
  source: string,
  line: number,
  column: number,
  name: string | undefined,
): void {
  if (name === undefined) maybeAddSegment(map, generatedLine, generatedColumn, source, line, column);
  else maybeAddSegment(map, generatedLine, generatedColumn, source, line, column, name);
}
