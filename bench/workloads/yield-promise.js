"use aclose";

export async function* promises(n) {
  for (let i = 0; i < n; i++) yield Promise.resolve(i);
}

export async function run({ promises }, n) {
  let sum = 0;
  for await (const each of promises(n)) sum += each;
  return sum;
}
