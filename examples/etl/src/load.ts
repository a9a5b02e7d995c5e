import { open, rename, rm } from "node:fs/promises";
import { enter } from "./stages.js";

/** The values, so many at a time. */
export async function* batches<T>(values: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const value of values) {
    if (batch.push(value) < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Writes records as NDJSON, in batches; yields how many are written. The file appears when it is complete. */
export async function* load(records: AsyncIterable<unknown>, path: string, size: number): AsyncGenerator<number> {
  using _stage = enter("load");
  const part = `${path}.part`;
  try {
    yield* write(records, part, size);
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

async function* write(records: AsyncIterable<unknown>, path: string, size: number): AsyncGenerator<number> {
  await using file = await open(path, "w");
  let count = 0;
  for await (const batch of batches(records, size)) {
    await file.write(batch.map((record) => `${JSON.stringify(record)}\n`).join(""));
    count += batch.length;
    yield count;
  }
}
