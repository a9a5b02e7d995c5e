import { open } from "node:fs/promises";
import type { Row } from "./extract.js";
import { enter } from "./stages.js";

export interface Sale {
  readonly date: string;
  readonly customer: string;
  readonly amount: number;
  readonly currency: string;
}

/** What is wrong with a row, in words. */
function problemIn({ date = "", customer, amount = "", currency = "" }: Row["fields"]): string | undefined {
  if (Number.isNaN(Date.parse(date))) return `"${date}" is no date`;
  if (!customer) return "no customer";
  if (!/^\d+(\.\d\d)?$/.test(amount)) return `"${amount}" is no amount`;
  if (!/^[A-Z]{3}$/.test(currency)) return `"${currency}" is no currency`;
  return undefined;
}

/** Passes good rows on and writes a line about each bad one. Fails when there are more bad rows than the limit. */
export async function* validate(rows: AsyncIterable<Row>, rejects: string, limit: number): AsyncGenerator<Sale> {
  using _stage = enter("validate");
  await using file = await open(rejects, "w");
  let bad = 0;
  for await (const { line, fields } of rows) {
    const problem = problemIn(fields);
    if (problem === undefined) {
      const { date, customer, amount, currency } = fields;
      yield { date: date!, customer: customer!, amount: Number(amount), currency: currency! };
      continue;
    }
    await file.write(`line ${line}: ${problem}\n`);
    if (++bad > limit) throw new Error(`more than ${limit} bad rows; line ${line}: ${problem}`);
  }
}
