"use aclose";

const ready = Promise.resolve(1);

export async function* countReady(n) {
  for (let i = 0; i < n; i++) {
    const step = await ready;
    yield i + step;
  }
}

export async function run({ countReady }, n) {
  let sum = 0;
  for await (const each of countReady(n)) sum += each;
  return sum;
}
