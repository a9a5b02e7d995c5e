/** The consumers: the same text for both compilers. */

import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { addFinalizer, bindSignal, isCompiledAsyncGenerator } from "aclose";
import { chunks } from "./file.js";
import { download } from "./http.js";
import { call } from "./ledger.js";
import { batches, type Reading } from "./pipeline.js";

export interface Inputs {
  /** The path of a file of NDJSON. */
  readonly file: string;
  /** A server: `/steady` sends records and ends; `/slow` pauses after the first two, then hangs; `/hang` hangs after them. */
  readonly server: string;
}

export interface Scenario {
  /** When to look: after a second with collections of garbage, or when the process ends. */
  readonly look: "after" | "at exit";
  run(inputs: Inputs): Promise<unknown>;
}

type Batches = AsyncGenerator<Reading[]>;

const fromFile = async ({ file }: Inputs): Promise<Batches> => batches(chunks(await open(file)));
const fromServer =
  (path: string) =>
  async ({ server }: Inputs): Promise<Batches> =>
    batches(download(server + path));

/** What is referred to until the end, so that it is not collected as garbage. */
const held: unknown[] = [];

type Source = (inputs: Inputs) => Promise<Batches>;
const after = (run: Scenario["run"]): Scenario => ({ look: "after", run });

const readAll = (source: Source): Scenario =>
  after(async (inputs) => {
    for await (const _ of await source(inputs));
  });

const breakEarly = (source: Source): Scenario =>
  after(async (inputs) => {
    for await (const _ of await source(inputs)) break;
  });

const throwEarly = (source: Source): Scenario =>
  after(async (inputs) => {
    try {
      for await (const _ of await source(inputs)) throw new Error("the consumer failed");
    } catch {}
  });

const abandon = (source: Source): Scenario =>
  after(async (inputs) => {
    await readOne(source, inputs);
  });

async function readOne(source: Source, inputs: Inputs): Promise<Batches> {
  const generator = await source(inputs);
  await call(generator.next());
  return generator;
}

/** The second `next()` loses against a timer. */
async function race(source: Source, inputs: Inputs): Promise<Batches> {
  const generator = await readOne(source, inputs);
  await Promise.race([call(generator.next()), sleep(50)]);
  return generator;
}

const walkAway = (source: Source): Scenario =>
  after(async (inputs) => {
    await race(source, inputs);
  });

/** Given to a signal's care, which no native generator can be. */
const raceThenBind = (source: Source): Scenario =>
  after(async (inputs) => {
    const generator = await race(source, inputs);
    if (isCompiledAsyncGenerator(generator)) bindSignal(generator, AbortSignal.timeout(100));
  });

const raceThenReturn = (source: Source): Scenario =>
  after(async (inputs) => {
    const generator = await race(source, inputs);
    void call(generator.return(undefined));
  });

/** `finally` cannot close the file: the body is never entered. A finalizer can, which no native generator has. */
async function closeUnstarted({ file }: Inputs): Promise<void> {
  const handle = await open(file);
  const generator = chunks(handle);
  if (isCompiledAsyncGenerator(generator)) addFinalizer(generator, () => handle.close());
  held.push(handle);
  await call(generator.return(undefined));
}

export const scenarios: Record<string, Scenario> = {
  "file: read to the end": readAll(fromFile),
  "file: break after one batch": breakEarly(fromFile),
  "file: consumer throws": throwEarly(fromFile),
  "file: closed before its first next()": after(closeUnstarted),
  "file: abandoned": abandon(fromFile),
  "file: open at the program's end": {
    look: "at exit",
    run: async (inputs) => held.push(await readOne(fromFile, inputs)),
  },
  "http: read to the end": readAll(fromServer("/steady")),
  "http: break after one batch": breakEarly(fromServer("/hang")),
  "http: consumer throws": throwEarly(fromServer("/hang")),
  "http: abandoned": abandon(fromServer("/hang")),
  "http: race lost, abandoned, late answer": walkAway(fromServer("/slow")),
  "http: race lost, abandoned, no answer": walkAway(fromServer("/hang")),
  "http: race lost, bound signal, no answer": raceThenBind(fromServer("/hang")),
  "http: race lost, return(), no answer": raceThenReturn(fromServer("/hang")),
};
