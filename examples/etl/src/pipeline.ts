import { join } from "node:path";
import { extract } from "./extract.js";
import { load } from "./load.js";
import { type Rate, transform } from "./transform.js";
import { validate } from "./validate.js";

export interface Job {
  /** Holds `sales.csv`; gets `rejects.txt` and `sales.ndjson`. */
  readonly folder: string;
  readonly rate: Rate;
  /** How many bad rows are accepted. */
  readonly badRows?: number;
  readonly batchSize?: number;
}

/** Everything from the file to the file. Yields how many records are loaded. */
export function run({ folder, rate, badRows = 2, batchSize = 2 }: Job): AsyncGenerator<number> {
  const rows = extract(join(folder, "sales.csv"));
  const sales = validate(rows, join(folder, "rejects.txt"), badRows);
  const euros = transform(sales, rate);
  return load(euros, join(folder, "sales.ndjson"), batchSize);
}
