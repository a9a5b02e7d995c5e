import { scenarios, state } from "./scenarios.js";
import { startServer } from "./server.js";

for (const [title, scenario] of Object.entries(scenarios)) {
  console.log(title);
  const server = await startServer();
  for await (const line of scenario(server)) console.log(`  ${line}`);
  for (const line of await state(server)) console.log(`  ${line}`);
  server.close();
}
// Natively something would wait until tomorrow.
process.exit();
