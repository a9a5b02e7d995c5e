export const title = "A synchronous iterator in `for await`, one of whose promises rejects";
export const wanted = "is closed";

export default async function run() {
  const log = [];
  const iterable = {
    [Symbol.iterator]: () => ({
      next: () => ({ value: Promise.reject(new Error("rejected")), done: false }),
      return: () => {
        log.push("is closed");
        return {};
      },
    }),
  };
  async function* reads() {
    for await (const item of iterable) yield item;
  }
  await reads()
    .next()
    .catch(() => {});
  return log[0] ?? "stays open";
}
