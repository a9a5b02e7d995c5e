import { enter } from "./stages.js";
import type { Sale } from "./validate.js";

/** What one unit of a currency is worth in euros. */
export type Rate = (currency: string) => Promise<number>;

export interface EuroSale {
  readonly date: string;
  readonly customer: string;
  readonly euros: number;
}

/** Converts amounts. Asks for each rate once. */
export async function* transform(sales: AsyncIterable<Sale>, rate: Rate): AsyncGenerator<EuroSale> {
  using _stage = enter("transform");
  const rates = new Map<string, number>();
  for await (const { date, customer, amount, currency } of sales) {
    if (!rates.has(currency)) rates.set(currency, await rate(currency));
    yield { date, customer, euros: Math.round(amount * rates.get(currency)! * 100) / 100 };
  }
}
