"use aclose interrupt";

import { enter, leave } from "./ledger.js";

export interface Reading {
  readonly id: number;
  readonly celsius: number;
}

async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const whole = (rest + chunk).split("\n");
    rest = whole.pop()!;
    yield* whole;
  }
  if (rest !== "") yield rest;
}

async function* records(chunks: AsyncIterable<string>): AsyncGenerator<Reading> {
  for await (const line of lines(chunks)) yield JSON.parse(line);
}

/** The records of NDJSON text, some at a time. */
export async function* batches(chunks: AsyncIterable<string>, size = 2): AsyncGenerator<Reading[]> {
  let batch: Reading[] = [];
  enter();
  try {
    for await (const record of records(chunks)) {
      if (batch.push(record) < size) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    leave();
  }
}
