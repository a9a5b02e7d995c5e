"use aclose";

export const log = { closed: 0 };

export async function* guarded(n) {
  try {
    for (let i = 0; i < n; i++) yield i;
  } finally {
    log.closed++;
  }
}

export async function run({ guarded, log }, n) {
  let sum = 0;
  log.closed = 0;
  for (let i = 0; i < n; i++) {
    let taken = 0;
    for await (const each of guarded(10)) {
      sum += each;
      if (++taken === 3) break;
    }
  }
  return sum + log.closed;
}
