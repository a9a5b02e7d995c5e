export const title = "`return()` while `next()` waits for something that never comes";
export const wanted = "cleans up";
export const isWish = true;

async function* waits(log) {
  try {
    await new Promise(() => {});
    yield;
  } finally {
    log.push("cleans up");
  }
}

export default async function run({ settle }) {
  const log = [];
  const generator = waits(log);
  generator.next();
  generator.return();
  await settle();
  return log[0] ?? "waits for ever";
}

export async function withRepeater({ settle, Repeater }) {
  const log = [];
  const repeater = new Repeater(async (_push, stop) => {
    await stop;
    log.push("cleans up");
  });
  repeater.next();
  repeater.return();
  await settle();
  return log[0] ?? "waits for ever";
}
