"use aclose";

export async function* ticketsInTurn() {
  for (let i = 0; ; i++) yield i;
}

export async function run({ ticketsInTurn }, n) {
  let sum = 0;
  const generator = ticketsInTurn();
  for (let i = 0; i < n; i++) {
    const first = generator.next();
    const second = generator.next();
    const third = generator.next();
    const fourth = generator.next();
    sum += (await first).value - (await second).value + (await third).value + (await fourth).value;
  }
  return sum;
}
