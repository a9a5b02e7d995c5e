"use aclose";

async function* numbers(n) {
  for (let i = 0; i < n; i++) yield i;
}

async function* map(source, fn) {
  for await (const each of source) yield fn(each);
}

async function* filter(source, accepts) {
  for await (const each of source) if (accepts(each)) yield each;
}

async function* running(source) {
  let sum = 0;
  for await (const each of source) yield (sum = (sum + each) | 0);
}

export function pipeline(n) {
  const doubled = map(numbers(n), (each) => each * 2);
  const kept = filter(doubled, (each) => each % 10 !== 0);
  return running(map(kept, (each) => each + 1));
}

export async function run({ pipeline }, n) {
  let sum = 0;
  for await (const each of pipeline(n)) sum ^= each;
  return sum;
}
