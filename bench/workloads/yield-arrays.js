"use aclose";

/** As whoever reads pages does. */
export async function* items(n) {
  for (let i = 0; i < n; i += 10) yield* [i, i + 1, i + 2, i + 3, i + 4, i + 5, i + 6, i + 7, i + 8, i + 9];
}

export async function run({ items }, n) {
  let sum = 0;
  for await (const each of items(n)) sum += each;
  return sum;
}
