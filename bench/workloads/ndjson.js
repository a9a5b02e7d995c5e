"use aclose";

const texts = new Map();

/** Built once: the text is not what is measured. */
export function textOf(n) {
  if (!texts.has(n)) {
    let text = "";
    for (let i = 0; i < n; i++)
      text += `${JSON.stringify({ id: i, name: `item ${i}`, tags: ["a", "b"], price: i / 4 })}\n`;
    texts.set(n, text);
  }
  return texts.get(n);
}

async function* chunks(text) {
  for (let at = 0; at < text.length; at += 512) yield text.slice(at, at + 512);
}

async function* lines(source) {
  let rest = "";
  for await (const chunk of source) {
    rest += chunk;
    let from = 0;
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n", from)) {
      yield rest.slice(from, end);
      from = end + 1;
    }
    rest = rest.slice(from);
  }
  if (rest !== "") yield rest;
}

async function* parsed(source) {
  for await (const line of source) yield JSON.parse(line);
}

async function* batched(source, size) {
  let batch = [];
  for await (const each of source) {
    batch.push(each);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

export const records = (text) => batched(parsed(lines(chunks(text))), 64);

export async function run({ records, textOf }, n) {
  let sum = 0;
  for await (const batch of records(textOf(n))) {
    for (const each of batch) sum += each.price + each.id;
  }
  return sum;
}
