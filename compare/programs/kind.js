export const title = "`Object.prototype.toString` of function and generator";
export const wanted = "AsyncGeneratorFunction, AsyncGenerator";

async function* empty() {}

const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);

export default async function run() {
  return `${tagOf(empty)}, ${tagOf(empty())}`;
}
