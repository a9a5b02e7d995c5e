/** What the program knows of its own: `try` blocks that were entered, and calls that wait for an answer. */

export const ledger = { blocks: 0, calls: 0 };

/** Stands where a `try` block with a `finally` begins. */
export function enter(): void {
  ledger.blocks++;
}

/** Stands in its `finally`. */
export function leave(): void {
  ledger.blocks--;
}

/** Counts a call of a generator's method until it is settled. */
export async function call<T>(promise: Promise<T>): Promise<T> {
  ledger.calls++;
  try {
    return await promise;
  } finally {
    ledger.calls--;
  }
}
