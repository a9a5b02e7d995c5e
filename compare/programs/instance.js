export const title = "`generator instanceof its function`";
export const wanted = "true";

async function* empty() {}

export default async function run() {
  return String(empty() instanceof empty);
}
