/** `npm run update-goldens`: writes what the compiler makes of the fixtures now. Read the difference before you commit it. */

import { register } from "tsx/esm/api";

register();
const { updateGoldens } = await import("../test/transformer/goldens.ts");
const changed = updateGoldens();
for (const path of changed) console.log(path);
console.log(`${changed.length} goldens changed`);
