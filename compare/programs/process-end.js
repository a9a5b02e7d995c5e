export const title = "A generator that is open when the program ends";
export const wanted = "cleans up";
export const isWish = true;

async function* holds(log) {
  try {
    yield 1;
  } finally {
    await null;
    log.push("cleans up");
  }
}

/** Must stay reachable, so that it is not collected. */
export let open;

/** The answer is asked for when the process exits. */
export default async function run() {
  const log = [];
  open = holds(log);
  await open.next();
  return () => log[0] ?? "stays open";
}

export async function withRepeater({ Repeater }) {
  const log = [];
  open = new Repeater(async (push, stop) => {
    push(1);
    await stop;
    log.push("cleans up");
  });
  await open.next();
  return () => log[0] ?? "stays open";
}
