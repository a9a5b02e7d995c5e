import { once } from "node:events";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { type Info, parse } from "csv-parse";
import { enter } from "./stages.js";

/** A row of a CSV file by the names in its first line. */
export interface Row {
  /** The line that it ends in, from 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

interface Parsed {
  readonly info: Info;
  readonly record: Record<string, string>;
}

/** The rows of a CSV file (RFC 4180). */
export async function* extract(path: string): AsyncGenerator<Row> {
  using _stage = enter("extract");
  const file = createReadStream(path);
  try {
    const parser = parse({ bom: true, columns: true, info: true });
    // Errors reach whoever reads the parser.
    pipeline(file, parser, () => {});
    for await (const { info, record } of parser as AsyncIterable<Parsed>) yield { line: info.lines, fields: record };
  } finally {
    file.destroy();
    if (!file.closed) await once(file, "close");
  }
}
