import { AsyncLocalStorage } from "node:async_hooks";

export const title = "`AsyncLocalStorage` in a cleanup: whose store";
export const wanted = "the closer's";

const storage = new AsyncLocalStorage();

async function* holds(log) {
  try {
    yield 1;
  } finally {
    await null;
    log.push(storage.getStore());
  }
}

export default async function run() {
  const log = [];
  const generator = holds(log);
  await storage.run("the opener's", () => generator.next());
  await storage.run("the closer's", () => generator.return());
  return String(log[0]);
}

export async function withRepeater({ Repeater }) {
  const log = [];
  const repeater = new Repeater(async (push, stop) => {
    push(1);
    await stop;
    log.push(storage.getStore());
  });
  await storage.run("the opener's", () => repeater.next());
  await storage.run("the closer's", () => repeater.return());
  return String(log[0]);
}
