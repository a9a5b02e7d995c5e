"use aclose";

export async function* orbit(n) {
  let x = 0.5;
  let y = 0.25;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < 20; k++) {
      const next = x * 0.99 + y * 0.13;
      y = y * 0.98 - x * 0.11 + 0.01;
      x = next;
    }
    yield x + y;
  }
}

export async function run({ orbit }, n) {
  let sum = 0;
  for await (const each of orbit(n)) sum += each;
  return sum;
}
