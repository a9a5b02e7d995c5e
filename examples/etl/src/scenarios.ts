/** What becomes of a job: the same text for both compilers. */

import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aclosing } from "aclose";
import { comesTrue } from "./comes-true.js";
import { batches } from "./load.js";
import { run } from "./pipeline.js";
import { stages } from "./stages.js";
import { type Rate, transform } from "./transform.js";
import type { Sale } from "./validate.js";

/** Tells what came of it, line by line. */
type Scenario = (folder: string) => AsyncIterable<string>;

const csv = `\uFEFFdate,customer,amount,currency
2025-01-02,"Müller, Söhne & Co.",10.50,EUR
2025-01-03,"The ""Old"" Mill",20,USD
2025-01-04,Ōtani,3000,JPY
yesterday,Ada,1.00,EUR
2025-01-05,"Two
lines",40.00,EUR
2025-01-06,Grace,50 or so,USD
2025-01-07,Alan,60.00,USD
`;

const rates: Record<string, number> = { EUR: 1, USD: 0.9, JPY: 0.006 };
const answering: Rate = async (currency) => rates[currency]!;
const failing: Rate = async (currency) => {
  if (currency === "JPY") throw new Error("no rate for JPY today");
  return rates[currency]!;
};
const hanging: Rate = (currency) => (currency === "JPY" ? new Promise(() => {}) : answering(currency));

/** A folder with the file to read, and the result of yesterday. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "aclose-etl-"));
  writeFileSync(join(folder, "sales.csv"), csv);
  writeFileSync(join(folder, "sales.ndjson"), "yesterday's\n");
  stages.open.clear();
  stages.closed.length = 0;
  return folder;
}

/** What is there once everything had the time to be cleaned up. */
export async function state(folder: string): Promise<string[]> {
  await comesTrue(() => stages.open.size === 0);
  return [`closed: ${stages.closed.join(", ") || "NOTHING"}`, `files: ${readdirSync(folder).sort().join(", ")}`];
}

const read = (folder: string, name: string): string[] => readFileSync(join(folder, name), "utf8").trimEnd().split("\n");

async function* complete(folder: string): AsyncGenerator<string> {
  for await (const count of run({ folder, rate: answering })) yield `${count} loaded`;
  yield* read(folder, "sales.ndjson");
  yield* read(folder, "rejects.txt");
}

async function* failed(job: AsyncGenerator<number>, folder: string): AsyncGenerator<string> {
  try {
    for await (const count of job) yield `${count} loaded`;
  } catch (error) {
    yield String(error).replace(folder, "");
  }
}

async function* noFolder(folder: string): AsyncGenerator<string> {
  yield* failed(run({ folder: join(folder, "elsewhere"), rate: answering }), folder);
}

/** `await using` closes the job at the end of the block. */
async function* stopped(folder: string): AsyncGenerator<string> {
  await using job = aclosing(run({ folder, rate: answering }));
  const { value } = await job.value.next();
  yield `${value} loaded`;
}

/** The third record waits for a rate that does not come. */
async function* calledOff(folder: string): AsyncGenerator<string> {
  const job = run({ folder, rate: hanging });
  yield `${(await job.next()).value} loaded`;
  void job.next();
  void job.return(undefined);
}

async function* forgotten(folder: string): AsyncGenerator<string> {
  yield `${(await run({ folder, rate: answering }).next()).value} loaded`;
}

/** Counts microtasks in which nothing but the stages run. */
async function* turns(): AsyncGenerator<string> {
  const COUNT = 1000;
  async function* sales(): AsyncGenerator<Sale> {
    for (let i = 0; i < COUNT; i++) yield { date: "2025-01-02", customer: "Ada", amount: i, currency: "EUR" };
  }
  let count = 0;
  let isDone = false;
  const counting = (async () => {
    for (; !isDone; count++) await null;
  })();
  for await (const _ of batches(transform(sales(), answering), 10));
  isDone = true;
  await counting;
  yield `${count} microtask turns for ${COUNT} records`;
}

export const scenarios: Record<string, Scenario> = {
  "a whole job": complete,
  "too many bad rows": (folder) => failed(run({ folder, rate: answering, badRows: 1 }), folder),
  "no rate": (folder) => failed(run({ folder, rate: failing }), folder),
  "no folder": noFolder,
  "stopped after a batch": stopped,
  "called off while it waits": calledOff,
  forgotten,
  speed: turns,
};
