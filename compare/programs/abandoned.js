export const title = "A generator that is dropped, and collected";
export const wanted = "cleans up";
export const isWish = true;

async function* holds(log) {
  try {
    yield 1;
    yield 2;
  } finally {
    log.push("cleans up");
  }
}

async function dropAfterFirst(make) {
  await make().next();
}

export default async function run({ collect }) {
  const log = [];
  await dropAfterFirst(() => holds(log));
  await collect();
  return log[0] ?? "stays open";
}

export async function withRepeater({ collect, Repeater }) {
  const log = [];
  const make = () =>
    new Repeater(async (push, stop) => {
      push(1);
      await stop;
      log.push("cleans up");
    });
  await dropAfterFirst(make);
  await collect();
  return log[0] ?? "stays open";
}
