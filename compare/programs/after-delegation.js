export const title = "Code after a `yield*` that `return()` left";
export const wanted = "does not run";

async function* inner() {
  yield 1;
}

async function* outer(log) {
  yield* inner();
  log.push("runs");
}

export default async function run() {
  const log = [];
  const generator = outer(log);
  await generator.next();
  await generator.return();
  return log[0] ?? "does not run";
}
