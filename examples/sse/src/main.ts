import { scenarios } from "./scenarios.js";
import { startServer } from "./server.js";

for (const [title, scenario] of Object.entries(scenarios)) {
  console.log(title);
  // One each: what a scenario leaves open is not the next one's.
  const server = await startServer();
  for await (const line of scenario(server)) console.log(`  ${line}`);
  server.close();
}
// Natively there may be calls left that nobody answers.
process.exit();
