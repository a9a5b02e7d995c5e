export const title = "The value given to `return()` behind a `finally` that awaits";
export const wanted = "the value";

async function* waits() {
  try {
    yield 1;
  } finally {
    await "what is awaited";
  }
}

export default async function run() {
  const generator = waits();
  await generator.next();
  return String((await generator.return("the value")).value);
}

export async function withRepeater({ Repeater }) {
  const repeater = new Repeater(async (push, stop) => {
    push(1);
    await stop;
    await "what is awaited";
  });
  await repeater.next();
  return String((await repeater.return("the value")).value);
}
