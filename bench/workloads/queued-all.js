"use aclose";

export async function* ticketsForAll() {
  for (let i = 0; ; i++) yield i;
}

export async function run({ ticketsForAll }, n) {
  let sum = 0;
  const generator = ticketsForAll();
  for (let i = 0; i < n; i++) {
    const four = await Promise.all([generator.next(), generator.next(), generator.next(), generator.next()]);
    sum += four[0].value + four[3].value;
  }
  return sum;
}
