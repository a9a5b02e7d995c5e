export const title = "Microtask turns that a `for await` over three items takes";
export const wanted = "as native";

async function* three() {
  yield 1;
  yield 2;
  yield 3;
}

/** Counts turns until the loop is done. */
export default async function run() {
  let done = false;
  const loop = (async () => {
    for await (const _ of three());
    done = true;
  })();
  let turns = 0;
  while (!done) {
    turns++;
    await null;
  }
  await loop;
  return String(turns);
}
