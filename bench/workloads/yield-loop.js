"use aclose";

export async function* count(n) {
  for (let i = 0; i < n; i++) yield i;
}

export async function run({ count }, n) {
  let sum = 0;
  for await (const each of count(n)) sum += each;
  return sum;
}
