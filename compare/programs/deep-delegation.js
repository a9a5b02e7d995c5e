export const title = "`yield*` through 20,000 generators";
export const wanted = "gives the item";
export const isAlone = true;

async function* nested(depth) {
  if (depth === 0) yield "gives the item";
  else yield* nested(depth - 1);
}

export default async function run() {
  try {
    return (await nested(20_000).next()).value;
  } catch (error) {
    return error.constructor.name;
  }
}
