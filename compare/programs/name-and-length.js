export const title = "`name`, `length`, and what `new` does";
export const wanted = "rows 1 TypeError";

async function* rows(_from, _to = 3) {}

export default async function run() {
  let failure = "no error";
  try {
    new rows();
  } catch (error) {
    failure = error.constructor.name;
  }
  return `${rows.name} ${rows.length} ${failure}`;
}
