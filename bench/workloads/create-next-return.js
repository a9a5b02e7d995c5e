"use aclose";

export async function* once(value) {
  yield value;
  yield value + 1;
}

export async function run({ once }, n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const generator = once(i);
    sum += (await generator.next()).value;
    sum += (await generator.return(1)).value;
  }
  return sum;
}
