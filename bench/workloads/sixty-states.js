"use aclose";

export async function* sixty(n) {
  for (; n > 0; n--) {
    yield 0;
    yield 1;
    if (n & 4) yield 2;
    else yield n + 2;
    yield 3;
    yield 4;
    if (n & 1) yield 5;
    else yield n + 5;
    yield 6;
    yield 7;
    if (n & 8) yield 8;
    else yield n + 8;
    yield 9;
    yield 10;
    if (n & 2) yield 11;
    else yield n + 11;
    yield 12;
    yield 13;
    if (n & 16) yield 14;
    else yield n + 14;
    yield 15;
    yield 16;
    if (n & 4) yield 17;
    else yield n + 17;
    yield 18;
    yield 19;
    if (n & 1) yield 20;
    else yield n + 20;
    yield 21;
    yield 22;
    if (n & 8) yield 23;
    else yield n + 23;
    yield 24;
    yield 25;
    if (n & 2) yield 26;
    else yield n + 26;
    yield 27;
    yield 28;
    if (n & 16) yield 29;
    else yield n + 29;
    yield 30;
    yield 31;
    if (n & 4) yield 32;
    else yield n + 32;
    yield 33;
    yield 34;
    if (n & 1) yield 35;
    else yield n + 35;
    yield 36;
    yield 37;
    if (n & 8) yield 38;
    else yield n + 38;
    yield 39;
    yield 40;
    if (n & 2) yield 41;
    else yield n + 41;
    yield 42;
    yield 43;
    if (n & 16) yield 44;
    else yield n + 44;
  }
}

export async function run({ sixty }, n) {
  let sum = 0;
  for await (const each of sixty(n)) sum += each;
  return sum;
}
