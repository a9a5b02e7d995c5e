export const title = "`next` called on something else";
export const wanted = "rejects with TypeError";

async function* empty() {}

export default async function run() {
  const { next } = empty();
  try {
    return await next.call({}).then(
      () => "resolves",
      (error) => `rejects with ${error.constructor.name}`,
    );
  } catch (error) {
    return `throws ${error.constructor.name}`;
  }
}
