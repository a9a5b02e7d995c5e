export const title = "`next()`, `return()`, `next()` at once: who is answered first";
export const wanted = "next, return, next";

async function* one() {
  yield 1;
  yield 2;
}

export default async function run({ settle }) {
  const generator = one();
  const order = [];
  generator.next().then(() => order.push("next"));
  generator.return(Promise.resolve()).then(() => order.push("return"));
  generator.next().then(() => order.push("next"));
  await settle();
  return order.join(", ");
}

export async function withRepeater({ settle, Repeater }) {
  const repeater = new Repeater(async (push) => {
    await push(1);
    await push(2);
  });
  const order = [];
  repeater.next().then(() => order.push("next"));
  repeater.return(Promise.resolve()).then(() => order.push("return"));
  repeater.next().then(() => order.push("next"));
  await settle();
  return order.join(", ");
}
