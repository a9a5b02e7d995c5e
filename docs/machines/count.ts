"use aclose";

export async function* count(to: number) {
  for (let n = 0; n < to; n++) yield n;
}
