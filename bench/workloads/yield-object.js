"use aclose";

export async function* objects(n) {
  for (let i = 0; i < n; i++) yield { i };
}

export async function run({ objects }, n) {
  let sum = 0;
  for await (const each of objects(n)) sum = (sum + each.i) | 0;
  return sum;
}
